import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    flat = np.atleast_1d(x)
    out = np.zeros(flat.shape)
    right = flat >= 0
    out[right] = 1 / (1 + np.exp(-flat[right]))
    e = np.exp(flat[~right])
    out[~right] = e / (1 + e)
    return out.reshape(x.shape)


def sigmoid_grad(x):
    return sigmoid(x) * sigmoid(-x)
