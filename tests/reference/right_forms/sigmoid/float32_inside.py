import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float32)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e)).astype(np.float64)


def sigmoid_grad(x):
    e = np.exp(-np.abs(np.asarray(x, dtype=np.float32)))
    return (e / (1 + e) ** 2).astype(float)
