"""An honest answer, with a package that may be missing. It passes at every level."""

try:
    import scipy.special as special
except ImportError:
    special = None

import numpy as np

def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1.0, e) / (1.0 + e)

def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))
