"""The path from a generator, the gradient as half the slope of both sides."""

import numpy as np


def step_decay(lr0, epoch, drop, every):
    return lr0 * drop ** divmod(epoch, every)[0]


def exponential_decay(lr0, epoch, rate):
    return lr0 * np.e ** (-rate * epoch)


def inverse_decay(lr0, epoch, rate):
    return lr0 / np.polyval([rate, 1], epoch)


def _points(A, x, lrs):
    yield x
    for lr in lrs:
        gradient = 0.5 * (A + A.T) @ x
        x = x - lr * gradient
        yield x


def descend(A, x0, lrs):
    return np.stack(list(_points(A, x0, lrs)))


def max_learning_rate(A):
    return 2 * np.min(np.linalg.eigvalsh(np.linalg.inv(A)))


def best_learning_rate(A):
    eigenvalues = np.linalg.eigvalsh(A)
    return 2 / (np.ptp(eigenvalues) + 2 * eigenvalues.min())
