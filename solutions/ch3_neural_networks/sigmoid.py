"""The sigmoid and its derivative."""

import numpy as np


def sigmoid(x):
    """σ(x) = 1 / (1 + e^(−x)), entry by entry.

    x: numbers, any shape, or a single number.
    Returns: the same shape, every entry between 0 and 1.
    """
    e = np.exp(-np.abs(x))  # never larger than 1, so that nothing overflows
    return np.where(np.greater_equal(x, 0), 1.0, e) / (1.0 + e)


def sigmoid_grad(x):
    """The slope dσ/dx at x, entry by entry.

    x: numbers, any shape, or a single number (the input of σ, not its output).
    Returns: the same shape.
    """
    y = sigmoid(x)
    return y * (1.0 - y)
