import numpy as np


class Loss:
    epsilon = 1e-10

    @classmethod
    def of(cls, y, t):
        y = np.array(y)
        np.clip(y, cls.epsilon, 1 - cls.epsilon, out=y)
        return np.array(-np.mean(t * np.log(y) + (1 - t) * np.log(1 - y)))


def binary_cross_entropy(y, t):
    return Loss.of(y, t)


def binary_cross_entropy_grad(y, t):
    safe = np.where(y == t, 0.5, y)
    safe = np.clip(safe, Loss.epsilon, 1 - Loss.epsilon)
    return np.where(y == t, 0.0, (y - t) / (safe * (1 - safe)) / len(y))


def binary_cross_entropy_logits(u, t):
    sign = 1 - 2 * t
    return np.logaddexp(0, sign * u).mean()


def binary_cross_entropy_logits_grad(u, t):
    u = np.clip(u, -60, 60)
    return (1 / (1 + np.exp(-u)) - t) / len(u)


def softmax_cross_entropy(u, t):
    wrong = u - np.einsum("nk,nk->n", u, t)[:, None]
    return np.logaddexp.reduce(wrong, axis=1).mean()


def softmax_cross_entropy_grad(u, t):
    log_sum = np.logaddexp.reduce(u, axis=1, keepdims=True)
    return ((np.exp(u - log_sum) - t).T / len(u)).T
