"""What the template does once for the layers of all its children, because it is dear or because it needs the rights.

Knows which layers are asked for, and their order. Does not know why.
"""

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from grader.worker.child.layers import descriptors, identity, kernel, landlock, seccomp

Layer = Callable[[], None]


def prepare(names: Sequence[str], files: Sequence[str]) -> None:
    """The template itself: subreaper, no new files for others, nothing below its feet."""
    if sys.platform == "linux":
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    os.umask(0o077)
    os.chdir("/")
    descriptors.reserve()
    if "identity" in names:
        identity.drop_bounding_set()
    if "landlock" in names:
        ruleset = landlock.build(files)
        os.dup2(ruleset, descriptors.RULESET, inheritable=False)
        os.close(ruleset)


def layers(names: Sequence[str], program: bytes, uid: int) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """(before, after): what a child puts on before it ties itself to its parent, and after.

    A change of uid clears that tie, so it comes first; the filter refuses what all others need, so it comes last.
    """
    before: list[Layer] = []
    if "identity" in names:
        library, arrays = os.path.dirname(os.__file__), os.path.dirname(np.__file__)
        before.append(partial(identity.become, uid, identity.out_of_reach([library, arrays])))
    after: list[Layer] = []
    if "landlock" in names:
        after.append(partial(landlock.restrict, descriptors.RULESET))
    if "seccomp" in names:
        after.append(seccomp.filtering(program))
    return tuple(before), tuple(after)


def size() -> int:
    """Bytes of address space of this process: a child begins with as many, and its limit is counted from there."""
    if sys.platform != "linux":
        return 0
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGESIZE")
