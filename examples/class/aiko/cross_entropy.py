import numpy as np

tiny = 1e-10


def binary_cross_entropy(y, t):
    y = np.clip(y, tiny, 1 - tiny)
    return np.mean(-t * np.log(y) - (1 - t) * np.log(1 - y))


def binary_cross_entropy_grad(y, t):
    y = np.clip(y, tiny, 1 - tiny)
    return (-t / y + (1 - t) / (1 - y)) / y.size


def binary_cross_entropy_logits(u, t):
    return np.mean(np.logaddexp(0, u) - u * t)


def binary_cross_entropy_logits_grad(u, t):
    y = np.exp(-np.logaddexp(0, -u))
    return (y - t) / u.size


def log_softmax(u):
    u = u - np.max(u, axis=1, keepdims=True)
    return u - np.log(np.sum(np.exp(u), axis=1, keepdims=True))


def softmax_cross_entropy(u, t):
    return -(t * log_softmax(u)).sum(axis=1).mean()


def softmax_cross_entropy_grad(u, t):
    return (np.exp(log_softmax(u)) - t) / u.shape[0]
