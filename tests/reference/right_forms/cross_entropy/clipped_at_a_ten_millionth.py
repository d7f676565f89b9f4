import numpy as np


def binary_cross_entropy(y, t):
    y = np.clip(y, 1e-7, 1 - 1e-7)
    return -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y)) / len(t)


def binary_cross_entropy_grad(y, t):
    y = np.clip(y, 1e-7, 1 - 1e-7)
    return ((1 - t) / (1 - y) - t / y) / len(t)


def binary_cross_entropy_logits(u, t):
    return np.mean(np.logaddexp(0, u) - u * t)


def binary_cross_entropy_logits_grad(u, t):
    return (0.5 * (1 + np.tanh(u / 2)) - t) / u.size


def softmax_cross_entropy(u, t):
    m = u.max(axis=1)
    log_sum = m + np.log(np.exp(u - m[:, None]).sum(axis=1))
    return (log_sum - (u * t).sum(axis=1)).mean()


def softmax_cross_entropy_grad(u, t):
    e = np.exp(u - np.max(u, axis=1, keepdims=True))
    return (e / np.sum(e, axis=1, keepdims=True) - t) / u.shape[0]
