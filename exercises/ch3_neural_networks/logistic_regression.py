"""Logistic regression: the likelihood of all answers together, climbed by its gradient."""

import numpy as np


def predict_proba(x, w, b):
    """The probability that t is 1, for each row.

    x: inputs, (N, n). w: weights, (n,). b: bias, a number.
    Returns: (N,), every entry between 0 and 1.
    """
    raise NotImplementedError("predict_proba: not written yet")


def likelihood(x, t, w, b):
    """The probability of all observed targets together.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number.
    Returns: a number between 0 and 1.
    """
    raise NotImplementedError("likelihood: not written yet")


def log_likelihood(x, t, w, b):
    """The logarithm of the likelihood, as a sum of logarithms.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number.
    Returns: a number, at most 0; finite also where the likelihood is too small for a float.
    """
    raise NotImplementedError("log_likelihood: not written yet")


def log_likelihood_gradients(x, t, w, b):
    """The gradients of log_likelihood with respect to w and b.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number.
    Returns: (dw, db), dw of shape (n,), db a number.
    """
    raise NotImplementedError("log_likelihood_gradients: not written yet")


def gradient_descent(x, t, w, b, lr, steps):
    """Go down the loss −log_likelihood / N on all of the data, step by step.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number. lr: learning rate. steps: at least 0.
    Returns: (w, b, losses); losses has steps + 1 entries, the first one at the start.
    """
    raise NotImplementedError("gradient_descent: not written yet")
