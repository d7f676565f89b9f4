"""System calls that Python has no function for. Knows numbers and errno; decides nothing."""

import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long

# Numbers above 423 are the same on every architecture of Linux.
SECCOMP = {"x86_64": 317, "aarch64": 277, "riscv64": 277}
CAPSET = {"x86_64": 126, "aarch64": 91, "riscv64": 91}
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_CAPBSET_DROP = 1, 8, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38


def call(number: int, *arguments: object) -> int:
    """syscall(2); a refusal is an OSError. Arguments are ctypes values, or ints that fit a long."""
    result = int(_libc.syscall(ctypes.c_long(number), *[_wide(value) for value in arguments]))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result


def prctl(option: int, *arguments: int) -> int:
    values = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    result = int(_libc.prctl(ctypes.c_int(option), *values))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result


def _wide(value: object) -> object:
    return ctypes.c_long(value) if isinstance(value, int) else value
