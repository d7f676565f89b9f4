"""An honest answer, with warnings. It passes at every level."""

import warnings

import numpy as np

warnings.warn('my own warning')

def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1.0, e) / (1.0 + e)

def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))
