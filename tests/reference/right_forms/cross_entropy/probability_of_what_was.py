import numpy as np


def binary_cross_entropy(y, t):
    likely = np.where(t == 1, y, 1 - y)
    return float(-np.maximum(np.log(likely), -15).mean())


def binary_cross_entropy_grad(y, t):
    likely = np.where(t == 1, y, 1 - y)
    slope = np.where(likely > 0, -1 / likely, 0)
    return np.where(t == 1, slope, -slope) / len(y)


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
