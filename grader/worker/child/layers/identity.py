"""Layer, for root only: another uid that owns nothing, and no capabilities. Knows ids; does not know why this one."""

import ctypes
import os
import platform
from collections.abc import Sequence

from grader.worker.child.layers import kernel

CAP_DAC_READ_SEARCH = 2
_VERSION_3 = 0x20080522


def drop_bounding_set() -> None:
    """In the template, once: no program that is run later can gain a capability. Unknown numbers end the list."""
    for capability in range(64):
        try:
            kernel.prctl(kernel.PR_CAPBSET_DROP, capability)
        except OSError:
            return


def out_of_reach(folders: Sequence[str]) -> bool:
    """Whether another uid cannot walk down to one of the folders: an interpreter below a private home folder."""
    for folder in folders:
        while folder != "/":
            if not os.stat(folder).st_mode & 0o001:
                return True
            folder = os.path.dirname(folder)
    return False


def become(uid: int, search: bool) -> None:
    """setresuid, then nothing but (with `search`) the right to walk through folders that belong to others.

    Landlock decides what can be opened below them: the right opens no file that is not on its list.
    """
    kept = 1 << CAP_DAC_READ_SEARCH if search else 0
    if kept:
        kernel.prctl(kernel.PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    capabilities_become(kept)


def capabilities_become(kept: int) -> None:
    header = (ctypes.c_uint32 * 2)(_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)(kept, kept, 0, 0, 0, 0)
    kernel.call(kernel.CAPSET[platform.machine()], ctypes.byref(header), ctypes.byref(sets))
