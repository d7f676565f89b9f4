"""Layer: no file can be opened but those on a list, no TCP, no signal to the outside. Knows rules for paths.

The ruleset is built once in the template, because building costs more than a fork may; a child only applies it.
"""

import ctypes
import os
import stat
import struct
from collections.abc import Sequence

from grader.worker.child.layers import kernel

# How many rights over files each version of the interface knows, from 1 on.
FILE_RIGHTS = (13, 14, 15, 15, 16)
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
TCP = 0b11  # bind, connect
SCOPES = 0b11  # abstract sockets, signals


def version() -> int:
    """Of the interface that this kernel offers; OSError where there is none."""
    return kernel.call(kernel.LANDLOCK_CREATE, ctypes.c_void_p(None), ctypes.c_size_t(0), 1)


def build(files: Sequence[str]) -> int:
    """A ruleset that handles every right this kernel knows and grants reading of these files and folders.

    A path that ends with a slash is a folder that may be listed, without what is in it.
    """
    abi = version()
    rights = (1 << FILE_RIGHTS[min(abi, len(FILE_RIGHTS)) - 1]) - 1
    attributes = struct.pack("<QQQ", rights, TCP if abi >= 4 else 0, SCOPES if abi >= 6 else 0)
    attributes = attributes[: 8 if abi < 4 else 16 if abi < 6 else 24]
    ruleset = kernel.call(kernel.LANDLOCK_CREATE, ctypes.c_char_p(attributes), ctypes.c_size_t(len(attributes)), 0)
    for path in files:
        _allow(ruleset, path)
    return ruleset


def _allow(ruleset: int, path: str) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:  # a link to what bubblewrap leaves outside
        return
    folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
    rights = READ_DIR if path.endswith("/") else READ_FILE | READ_DIR if folder else READ_FILE
    rule = struct.pack("<Qi", rights, descriptor)
    kernel.call(kernel.LANDLOCK_ADD, ruleset, 1, ctypes.c_char_p(rule), 0)
    os.close(descriptor)


def restrict(ruleset: int) -> None:
    """From here on, for this thread and all that it starts; it cannot be undone."""
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.call(kernel.LANDLOCK_RESTRICT, ruleset, 0)
