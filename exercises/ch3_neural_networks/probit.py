"""Probit regression: the normal distribution function in the sigmoid's place."""

import math
import numpy as np


def normal_pdf(x):
    """The standard normal density φ, entry by entry.

    x: numbers, any shape, or a single number.
    Returns: the same shape.
    """
    raise NotImplementedError("normal_pdf: not written yet")


def normal_cdf(x):
    """The standard normal distribution function Φ, entry by entry.

    x: numbers, any shape, or a single number.
    Returns: the same shape, every entry between 0 and 1.
    """
    raise NotImplementedError("normal_cdf: not written yet")


def predict_proba(x, w, b):
    """The probability that t is 1, for each row: Φ of the score.

    x: inputs, (N, n). w: weights, (n,). b: bias, a number.
    Returns: (N,).
    """
    raise NotImplementedError("predict_proba: not written yet")


def loss(x, t, w, b):
    """The binary cross-entropy of predict_proba, mean over the batch.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number.
    Returns: a number.
    """
    raise NotImplementedError("loss: not written yet")


def gradients(x, t, w, b):
    """The gradients of loss with respect to w and b.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number.
    Returns: (dw, db), dw of shape (n,), db a number.
    """
    raise NotImplementedError("gradients: not written yet")
