"""Standardising columns by the statistics of the training data, and the shape of the valley."""

import numpy as np


def fit(x):
    """The mean and the standard deviation (divisor N) of every column.

    x: (N, D), N >= 1.
    Returns: (mean, std), each (D,).
    """
    raise NotImplementedError("fit: not written yet")


def transform(x, mean, std):
    """Every column centred by mean and divided by std; where std is exactly 0, centred alone.

    x: (M, D), any data. mean, std: (D,), as fit gave them for the training data.
    Returns: (M, D).
    """
    raise NotImplementedError("transform: not written yet")


def inverse_transform(z, mean, std):
    """What transform made, back in the old units.

    z: (M, D). mean, std: (D,).
    Returns: (M, D).
    """
    raise NotImplementedError("inverse_transform: not written yet")


def condition_number(x):
    """The largest over the smallest eigenvalue of xᵀx / N.

    x: (N, D), of full column rank.
    Returns: a number, at least 1.
    """
    raise NotImplementedError("condition_number: not written yet")
