"""Two branches each, written through masks into arrays of floats."""

import numpy as np


def _floats(x):
    return np.array(x, dtype=float)


def sigmoid(x):
    out = _floats(x)
    left = out < 0
    grown = np.exp(out[left])
    out[~left] = 1 / (1 + np.exp(-out[~left]))
    out[left] = grown / (1 + grown)
    return out


def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))


def tanh(x):
    e = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - e) / (1 + e)


def tanh_grad(x):
    return (1 - tanh(x)) * (1 + tanh(x))


def relu(x):
    out = _floats(x)
    out[out < 0] = 0
    return out


def relu_grad(x):
    out = np.zeros_like(x, dtype=float)
    out[np.asarray(x) > 0] = 1
    return out


def leaky_relu(x, alpha=0.01):
    out = _floats(x)
    out[out < 0] *= alpha
    return out


def leaky_relu_grad(x, alpha=0.01):
    out = np.full(np.shape(x), float(alpha))
    out[np.asarray(x) > 0] = 1
    return out
