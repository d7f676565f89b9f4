"""What the template does once for the layers of all its children, because it is dear or because it needs the rights.

Knows which layers are asked for. Does not know why.
"""

import os
import sys
from collections.abc import Callable, Sequence

from grader.worker.child.layers import descriptors, kernel

Layer = Callable[[], None]


def prepare(names: Sequence[str], files: Sequence[str], program: bytes, uid: int) -> tuple[Layer, ...]:
    """The layers to be applied in a child after those of the level `process`, in this order."""
    if sys.platform == "linux":
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    descriptors.reserve()
    os.umask(0o077)
    os.chdir("/")
    return ()


def size() -> int:
    """Bytes of address space of this process: a child begins with as many, and its limit is counted from there."""
    if sys.platform != "linux":
        return 0
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGESIZE")
