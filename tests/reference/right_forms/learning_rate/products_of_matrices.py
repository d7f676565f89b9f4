"""Every point by the product of I − lr·A from the start on; general eigenvalues."""

from functools import reduce

import numpy as np


def step_decay(lr0, epoch, drop, every):
    return lr0 * drop ** int(epoch / every)


def exponential_decay(lr0, epoch, rate):
    return lr0 if epoch == 0 else exponential_decay(lr0, epoch - 1, rate) * np.exp(-rate)


def inverse_decay(lr0, epoch, rate):
    return 1 / (1 / lr0 + rate * epoch / lr0)


def descend(A, x0, lrs):
    eye = np.eye(len(x0))

    def after(steps):
        return reduce(lambda product, lr: (eye - lr * A) @ product, lrs[:steps], eye)

    return np.array([after(steps) @ x0 for steps in range(len(lrs) + 1)])


def max_learning_rate(A):
    return float(2 / max(np.real(np.linalg.eigvals(A))))


def best_learning_rate(A):
    values = sorted(np.real(np.linalg.eigvals(A)))
    return 2 / (values[0] + values[-1])
