"""group: reach
breach: it passes, because it could make a shared segment.
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
    segment = checked(libc.shmget(0, 4096, 0o1600))
    libc.shmctl(segment, 0, None)
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
