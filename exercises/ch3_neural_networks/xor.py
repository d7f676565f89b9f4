"""XOR by one's own network: start, forward, loss, gradients, descent."""

import numpy as np


def initial_parameters(n_hidden, rng):
    """Where the descent starts: standard normal weights, biases 0.

    n_hidden: hidden units, at least 1. rng: numpy.random.Generator, the only source of chance.
    Returns: (W1, b1, W2, b2), shapes (2, n_hidden), (n_hidden,), (n_hidden, 2), (2,).
    """
    raise NotImplementedError("initial_parameters: not written yet")


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


def gradients(x, t, W1, b1, W2, b2):
    """The gradients of the loss with respect to the four parameters.

    x: (N, n). t: one-hot targets, (N, K). Parameters as in forward.
    Returns: (dW1, db1, dW2, db2), each in the shape of its parameter.
    """
    raise NotImplementedError("gradients: not written yet")


def train(x, t, W1, b1, W2, b2, lr, steps):
    """Go down the loss on all of the data, step by step.

    x: (N, n). t: one-hot targets, (N, K). Parameters as in forward. lr: learning rate. steps: at least 0.
    Returns: (W1, b1, W2, b2, losses); losses has steps + 1 entries, the first one at the start.
    """
    raise NotImplementedError("train: not written yet")


def predict(x, W1, b1, W2, b2):
    """The class of the larger probability, for each row.

    x: (N, n). Parameters as in forward.
    Returns: (N,), class numbers.
    """
    raise NotImplementedError("predict: not written yet")
