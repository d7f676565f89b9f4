"""Schedules by loops and math, the border by the spectral norm."""

import math

import numpy as np


def step_decay(lr0, epoch, drop, every):
    lr = lr0
    for k in range(1, epoch + 1):
        if k % every == 0:
            lr *= drop
    return lr


def exponential_decay(lr0, epoch, rate):
    return lr0 / math.exp(rate * epoch)


def inverse_decay(lr0, epoch, rate):
    return lr0 * (1 + rate * epoch) ** -1


def descend(A, x0, lrs):
    x = np.array(x0)
    path = [x.copy()]
    for lr in lrs:
        x -= lr * np.dot(A, x)
        path.append(x.copy())
    return np.array(path)


def max_learning_rate(A):
    return 2 / np.linalg.norm(A, 2)


def best_learning_rate(A):
    singular = np.linalg.svd(A, compute_uv=False)
    return 2 / (singular[0] + singular[-1])
