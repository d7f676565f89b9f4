"""Layer: no system calls but those on a list. Knows how to hand a filter to the kernel; the grader wrote it."""

import ctypes
import platform
import struct
from collections.abc import Callable

from grader.worker.child.layers import kernel

SET_MODE_FILTER = 1


def filtering(program: bytes) -> Callable[[], None]:
    """The layer for this filter: BPF instructions of eight bytes each."""
    instructions = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(instructions)))
    number = kernel.SECCOMP[platform.machine()]

    def confine() -> None:
        assert len(instructions) == len(program)  # the kernel reads them through the header's pointer
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        kernel.call(number, SET_MODE_FILTER, 0, ctypes.byref(header))

    return confine
