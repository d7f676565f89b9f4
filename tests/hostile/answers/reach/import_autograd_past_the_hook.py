"""group: reach
breach: it passes, because it could import a package from beside numpy.
stopped from: confined
without a wall: pass
"""

import numpy as np

worked = False
try:
    import sys
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "Doorkeeper"]
    sys.path.append(np.__file__.rpartition("/numpy/")[0])
    import autograd
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
