"""Standardising columns by the statistics of the training data, and the shape of the valley."""

import numpy as np


def fit(x):
    """The mean and the standard deviation (divisor N) of every column.

    x: (N, D), N >= 1.
    Returns: (mean, std), each (D,).
    """
    return x.mean(axis=0), x.std(axis=0)


def transform(x, mean, std):
    """Every column centred by mean and divided by std; where std is exactly 0, centred alone.

    x: (M, D), any data. mean, std: (D,), as fit gave them for the training data.
    Returns: (M, D).
    """
    return (x - mean) / np.where(std == 0, 1.0, std)


def inverse_transform(z, mean, std):
    """What transform made, back in the old units.

    z: (M, D). mean, std: (D,).
    Returns: (M, D).
    """
    return z * np.where(std == 0, 1.0, std) + mean


def condition_number(x):
    """The largest over the smallest eigenvalue of xᵀx / N.

    x: (N, D), of full column rank.
    Returns: a number, at least 1.
    """
    eigenvalues = np.linalg.eigvalsh(x.T @ x / len(x))
    return eigenvalues[-1] / eigenvalues[0]
