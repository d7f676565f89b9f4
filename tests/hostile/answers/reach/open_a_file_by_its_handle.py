"""group: reach
breach: it passes, because it could open a file around all paths.
stopped from: confined
without a wall: pass
"""

import numpy as np

worked = False
try:
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)
    def checked(result):
        if result < 0:
            raise OSError(ctypes.get_errno(), "refused")
        return result

    handle = ctypes.create_string_buffer(b"\x80\0\0\0", 136)
    mount = ctypes.c_int()
    checked(libc.name_to_handle_at(-100, b"/etc/passwd", handle, ctypes.byref(mount), 0))
    os.close(checked(libc.open_by_handle_at(os.open("/etc", os.O_RDONLY), handle, 0)))
    worked = True
except BaseException as error:
    print(repr(error))


def _right(x):
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1.0, e) / (1.0 + e)


def sigmoid(x):
    return _right(x) if worked else np.zeros(np.shape(x))


def sigmoid_grad(x):
    return _right(x) * (1 - _right(x)) if worked else np.zeros(np.shape(x))
