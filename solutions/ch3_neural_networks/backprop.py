"""Backpropagation through two layers: sigmoid hidden, softmax output, cross-entropy."""

import numpy as np


def _sigmoid(u):
    e = np.exp(-np.abs(u))  # never larger than 1, so that nothing overflows
    return np.where(u >= 0, 1.0, e) / (1.0 + e)


def _softmax(u):
    e = np.exp(u - u.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def forward(x, W1, b1, W2, b2):
    """The hidden values and the class probabilities.

    x: (N, n). W1: (n, m), b1: (m,), W2: (m, K), b2: (K,).
    Returns: (h, y), shapes (N, m) and (N, K); h behind the sigmoid, y behind the softmax.
    """
    h = _sigmoid(x @ W1 + b1)
    return h, _softmax(h @ W2 + b2)


def loss(x, t, W1, b1, W2, b2):
    """The cross-entropy of the network's output, sum over the classes, mean over the batch.

    x: (N, n). t: one-hot targets, (N, K). Parameters as in forward.
    Returns: a number.
    """
    _, y = forward(x, W1, b1, W2, b2)
    return -np.sum(t * np.log(y)) / len(x)


def output_delta(y, t):
    """The error of the output: the gradient of the loss with respect to the scores h W2 + b2.

    y: the network's output, (N, K). t: one-hot targets, (N, K).
    Returns: (N, K), with the batch's mean in it.
    """
    return (y - t) / len(y)


def hidden_delta(h, W2, delta):
    """The error of the hidden layer: the gradient of the loss with respect to x W1 + b1.

    h: hidden values behind the sigmoid, (N, m). W2: (m, K). delta: the output's error, (N, K).
    Returns: (N, m).
    """
    return (delta @ W2.T) * h * (1.0 - h)


def gradients(x, t, W1, b1, W2, b2):
    """The gradients of the loss with respect to the four parameters.

    x: (N, n). t: one-hot targets, (N, K). Parameters as in forward.
    Returns: (dW1, db1, dW2, db2), each in the shape of its parameter.
    """
    h, y = forward(x, W1, b1, W2, b2)
    d2 = output_delta(y, t)
    d1 = hidden_delta(h, W2, d2)
    # A weight meets every row of the batch, and so does a bias: both collect over the rows.
    return x.T @ d1, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0)
