"""Backpropagation through two layers: sigmoid hidden, softmax output, cross-entropy."""

import numpy as np


def forward(x, W1, b1, W2, b2):
    """The hidden values and the class probabilities.

    x: (N, n). W1: (n, m), b1: (m,), W2: (m, K), b2: (K,).
    Returns: (h, y), shapes (N, m) and (N, K); h behind the sigmoid, y behind the softmax.
    """
    raise NotImplementedError("forward: not written yet")


def loss(x, t, W1, b1, W2, b2):
    """The cross-entropy of the network's output, sum over the classes, mean over the batch.

    x: (N, n). t: one-hot targets, (N, K). Parameters as in forward.
    Returns: a number.
    """
    raise NotImplementedError("loss: not written yet")


def output_delta(y, t):
    """The error of the output: the gradient of the loss with respect to the scores h W2 + b2.

    y: the network's output, (N, K). t: one-hot targets, (N, K).
    Returns: (N, K), with the batch's mean in it.
    """
    raise NotImplementedError("output_delta: not written yet")


def hidden_delta(h, W2, delta):
    """The error of the hidden layer: the gradient of the loss with respect to x W1 + b1.

    h: hidden values behind the sigmoid, (N, m). W2: (m, K). delta: the output's error, (N, K).
    Returns: (N, m).
    """
    raise NotImplementedError("hidden_delta: not written yet")


def gradients(x, t, W1, b1, W2, b2):
    """The gradients of the loss with respect to the four parameters.

    x: (N, n). t: one-hot targets, (N, K). Parameters as in forward.
    Returns: (dW1, db1, dW2, db2), each in the shape of its parameter.
    """
    raise NotImplementedError("gradients: not written yet")
