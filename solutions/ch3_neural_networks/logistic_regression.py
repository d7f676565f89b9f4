"""Logistic regression: the likelihood of all answers together, climbed by its gradient."""

import numpy as np


def predict_proba(x, w, b):
    """The probability that t is 1, for each row.

    x: inputs, (N, n). w: weights, (n,). b: bias, a number.
    Returns: (N,), every entry between 0 and 1.
    """
    return 1.0 / (1.0 + np.exp(-(x @ w + b)))


def likelihood(x, t, w, b):
    """The probability of all observed targets together.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number.
    Returns: a number between 0 and 1.
    """
    y = predict_proba(x, w, b)
    return np.prod(np.where(t == 1, y, 1.0 - y))


def log_likelihood(x, t, w, b):
    """The logarithm of the likelihood, as a sum of logarithms.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number.
    Returns: a number, at most 0; finite also where the likelihood is too small for a float.
    """
    y = predict_proba(x, w, b)
    return np.sum(t * np.log(y) + (1.0 - t) * np.log(1.0 - y))


def log_likelihood_gradients(x, t, w, b):
    """The gradients of log_likelihood with respect to w and b.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number.
    Returns: (dw, db), dw of shape (n,), db a number.
    """
    error = t - predict_proba(x, w, b)
    return x.T @ error, np.sum(error)


def gradient_descent(x, t, w, b, lr, steps):
    """Go down the loss −log_likelihood / N on all of the data, step by step.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number. lr: learning rate. steps: at least 0.
    Returns: (w, b, losses); losses has steps + 1 entries, the first one at the start.
    """
    N = len(x)
    losses = [-log_likelihood(x, t, w, b) / N]
    for _step in range(steps):
        dw, db = log_likelihood_gradients(x, t, w, b)
        w, b = w + lr * dw / N, b + lr * db / N  # up the likelihood is down the loss
        losses.append(-log_likelihood(x, t, w, b) / N)
    return w, b, losses
