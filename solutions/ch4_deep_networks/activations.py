"""Four activation functions, and the slope of each at its input."""

import numpy as np


def sigmoid(x):
    """1 / (1 + e^(−x)), right and finite also at ±1000.

    x: array of any shape, also () and (0,).
    Returns: the same shape, entries from 0 to 1.
    """
    e = np.exp(-np.abs(x))  # never above 1, whichever side x is on
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


def sigmoid_grad(x):
    """The derivative of sigmoid at the input x.

    x: array of any shape.
    Returns: the same shape.
    """
    y = sigmoid(x)
    return y * (1 - y)


def tanh(x):
    """The hyperbolic tangent.

    x: array of any shape.
    Returns: the same shape, entries from −1 to 1.
    """
    return np.tanh(x)


def tanh_grad(x):
    """The derivative of tanh at the input x.

    x: array of any shape.
    Returns: the same shape.
    """
    return 1 - np.tanh(x) ** 2


def relu(x):
    """The larger of x and 0, entry by entry.

    x: array of any shape.
    Returns: the same shape.
    """
    return np.maximum(x, 0.0)


def relu_grad(x):
    """The slope of relu at the input x; at exactly 0 the slope of the left side.

    x: array of any shape.
    Returns: the same shape.
    """
    return np.where(x > 0, 1.0, 0.0)


def leaky_relu(x, alpha=0.01):
    """x where it is positive, alpha·x elsewhere.

    x: array of any shape. alpha: a number, from 0 to below 1.
    Returns: the same shape.
    """
    return np.where(x > 0, x, alpha * x)


def leaky_relu_grad(x, alpha=0.01):
    """The slope of leaky_relu at the input x; at exactly 0 the slope of the left side.

    x: array of any shape. alpha: a number, from 0 to below 1.
    Returns: the same shape.
    """
    return np.where(x > 0, 1.0, alpha)
