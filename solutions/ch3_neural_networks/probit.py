"""Probit regression: the normal distribution function in the sigmoid's place."""

import math

import numpy as np


def normal_pdf(x):
    """The standard normal density φ, entry by entry.

    x: numbers, any shape, or a single number.
    Returns: the same shape.
    """
    return np.exp(-0.5 * np.square(x)) / math.sqrt(2.0 * math.pi)


def normal_cdf(x):
    """The standard normal distribution function Φ, entry by entry.

    x: numbers, any shape, or a single number.
    Returns: the same shape, every entry between 0 and 1.
    """
    x = np.asarray(x, dtype=float)
    erf = np.array([math.erf(value) for value in x.ravel() / math.sqrt(2.0)])
    return (0.5 * (1.0 + erf)).reshape(x.shape)


def predict_proba(x, w, b):
    """The probability that t is 1, for each row: Φ of the score.

    x: inputs, (N, n). w: weights, (n,). b: bias, a number.
    Returns: (N,).
    """
    return normal_cdf(x @ w + b)


def loss(x, t, w, b):
    """The binary cross-entropy of predict_proba, mean over the batch.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number.
    Returns: a number.
    """
    y = predict_proba(x, w, b)
    return -np.mean(t * np.log(y) + (1.0 - t) * np.log(1.0 - y))


def gradients(x, t, w, b):
    """The gradients of loss with respect to w and b.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number.
    Returns: (dw, db), dw of shape (n,), db a number.
    """
    u = x @ w + b
    y = normal_cdf(u)
    delta = (y - t) * normal_pdf(u) / (y * (1.0 - y)) / len(x)  # loss by y, y by u: nothing cancels here
    return x.T @ delta, np.sum(delta)
