import numpy as np


def binary_cross_entropy(y, t):
    y = np.clip(np.asarray(y, np.float32), np.float32(1e-7), np.float32(1 - 1e-7))
    t = np.asarray(t, np.float32)
    return float(-np.mean(t * np.log(y) + (1 - t) * np.log(1 - y)))


def binary_cross_entropy_grad(y, t):
    y = np.clip(np.asarray(y, np.float32), np.float32(1e-7), np.float32(1 - 1e-7))
    return ((y - np.asarray(t, np.float32)) / (y * (1 - y)) / len(y)).astype(float)


def binary_cross_entropy_logits(u, t):
    u, t = np.asarray(u, np.float32), np.asarray(t, np.float32)
    return float(np.mean(np.maximum(u, 0) - u * t + np.log1p(np.exp(-np.abs(u)))))


def binary_cross_entropy_logits_grad(u, t):
    u = np.asarray(u, np.float32)
    return ((0.5 * (1 + np.tanh(u / 2)) - t) / len(u)).astype(float)


def _log_softmax(u):
    u = np.asarray(u, np.float32)
    u = u - u.max(axis=1, keepdims=True)
    return u - np.log(np.exp(u).sum(axis=1, keepdims=True))


def softmax_cross_entropy(u, t):
    return float(-np.sum(np.asarray(t, np.float32) * _log_softmax(u)) / len(u))


def softmax_cross_entropy_grad(u, t):
    return ((np.exp(_log_softmax(u)) - t) / len(u)).astype(float)
