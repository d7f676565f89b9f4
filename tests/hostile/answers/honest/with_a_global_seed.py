"""An honest answer, with a global seed. It passes at every level."""

import random

import numpy as np

np.random.seed(0)
random.seed(0)
print(np.random.rand(), random.random())

def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1.0, e) / (1.0 + e)

def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))
