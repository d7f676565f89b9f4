import numpy as np

EPS = 1e-12


def binary_cross_entropy(y, t):
    y = np.minimum(np.maximum(y, EPS), 1 - EPS)
    return np.average(-np.log(y) * t - np.log(1 - y) * (1 - t))


def binary_cross_entropy_grad(y, t):
    y = np.minimum(np.maximum(y, EPS), 1 - EPS)
    N = y.shape[0]
    return (y - t) / (y - y * y) / N


def _rows(u):
    return np.stack([np.zeros_like(u), u], axis=1)


def binary_cross_entropy_logits(u, t):
    return softmax_cross_entropy(_rows(u), np.stack([1 - t, t], axis=1))


def binary_cross_entropy_logits_grad(u, t):
    return softmax_cross_entropy_grad(_rows(u), np.stack([1 - t, t], axis=1))[:, 1]


def softmax_cross_entropy(u, t):
    rows, classes = np.arange(len(u)), t.argmax(axis=1)
    shifted = u - u.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)).mean() - shifted[rows, classes].mean()


def softmax_cross_entropy_grad(u, t):
    rows, classes = np.arange(len(u)), t.argmax(axis=1)
    p = np.exp(u - u.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[rows, classes] -= 1
    return p / len(u)
