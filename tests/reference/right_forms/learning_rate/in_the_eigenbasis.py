"""The path in closed form along the axes of the valley."""

import numpy as np


def step_decay(lr0, epoch, drop, every):
    return np.float64(lr0) * np.power(float(drop), np.floor(epoch / every))


def exponential_decay(lr0, epoch, rate):
    return np.array(lr0 * np.exp(-rate) ** epoch)


def inverse_decay(lr0, epoch, rate):
    return np.divide(lr0, 1 + rate * epoch)


def descend(A, x0, lrs):
    curvatures, axes = np.linalg.eigh(A)
    factors = np.vstack([np.ones(len(x0)), 1 - np.outer(lrs, curvatures)])
    return (np.cumprod(factors, axis=0) * (axes.T @ x0)) @ axes.T


def max_learning_rate(A):
    return 2 / np.linalg.eigh(A).eigenvalues[-1]


def best_learning_rate(A):
    return 1 / np.mean(np.linalg.eigvalsh(A)[[0, -1]])
