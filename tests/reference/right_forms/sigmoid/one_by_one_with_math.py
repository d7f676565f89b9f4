import math

import numpy as np


def _one(x):
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))


def sigmoid(x):
    array = np.asarray(x, dtype=float)
    return np.array([_one(value) for value in array.ravel()]).reshape(array.shape)


def sigmoid_grad(x):
    array = np.asarray(x, dtype=float)
    return np.array([_one(value) * _one(-value) for value in array.ravel()]).reshape(array.shape)
