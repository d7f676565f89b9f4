"""Softmax regression: K scores become K probabilities that compete."""

import numpy as np


def softmax(u):
    """The probabilities of K classes from their scores, row by row.

    u: scores, (N, K), any real numbers up to ±1000.
    Returns: (N, K); the entries of a row are positive or 0 and add up to 1.
    """
    raise NotImplementedError("softmax: not written yet")


def softmax_backward(u, dy):
    """The gradient of Σ dy · softmax(u) with respect to u.

    u: scores, (N, K). dy: upstream gradient, (N, K).
    Returns: (N, K).
    """
    raise NotImplementedError("softmax_backward: not written yet")


def predict_proba(x, W, b):
    """The probability of each class, for each row.

    x: inputs, (N, n). W: weights, (n, K). b: biases, (K,).
    Returns: (N, K).
    """
    raise NotImplementedError("predict_proba: not written yet")


def loss(x, t, W, b):
    """The cross-entropy, sum over the classes, mean over the batch.

    x: (N, n). t: one-hot targets, (N, K). W: (n, K). b: (K,).
    Returns: a number.
    """
    raise NotImplementedError("loss: not written yet")


def gradients(x, t, W, b):
    """The gradients of loss with respect to W and b.

    x: (N, n). t: one-hot targets, (N, K). W: (n, K). b: (K,).
    Returns: (dW, db), shapes (n, K) and (K,).
    """
    raise NotImplementedError("gradients: not written yet")


def gradient_descent(x, t, W, b, lr, steps):
    """Go down the loss on all of the data, step by step.

    x: (N, n). t: one-hot targets, (N, K). W: (n, K). b: (K,). lr: learning rate. steps: at least 0.
    Returns: (W, b, losses); losses has steps + 1 entries, the first one at the start.
    """
    raise NotImplementedError("gradient_descent: not written yet")
