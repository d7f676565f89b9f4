"""The sigmoid and its derivative."""

import numpy as np


def sigmoid(x):
    """σ(x) = 1 / (1 + e^(−x)), entry by entry.

    x: numbers, any shape, or a single number.
    Returns: the same shape, every entry between 0 and 1.
    """
    raise NotImplementedError("sigmoid: not written yet")


def sigmoid_grad(x):
    """The slope dσ/dx at x, entry by entry.

    x: numbers, any shape, or a single number (the input of σ, not its output).
    Returns: the same shape.
    """
    raise NotImplementedError("sigmoid_grad: not written yet")
