"""XOR by one's own network: start, forward, loss, gradients, descent."""

import numpy as np


def _sigmoid(u):
    e = np.exp(-np.abs(u))  # never larger than 1, so that nothing overflows
    return np.where(u >= 0, 1.0, e) / (1.0 + e)


def _softmax(u):
    e = np.exp(u - u.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def initial_parameters(n_hidden, rng):
    """Where the descent starts: standard normal weights, biases 0.

    n_hidden: hidden units, at least 1. rng: numpy.random.Generator, the only source of chance.
    Returns: (W1, b1, W2, b2), shapes (2, n_hidden), (n_hidden,), (n_hidden, 2), (2,).
    """
    return rng.normal(size=(2, n_hidden)), np.zeros(n_hidden), rng.normal(size=(n_hidden, 2)), np.zeros(2)


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


def gradients(x, t, W1, b1, W2, b2):
    """The gradients of the loss with respect to the four parameters.

    x: (N, n). t: one-hot targets, (N, K). Parameters as in forward.
    Returns: (dW1, db1, dW2, db2), each in the shape of its parameter.
    """
    h, y = forward(x, W1, b1, W2, b2)
    d2 = (y - t) / len(x)
    d1 = (d2 @ W2.T) * h * (1.0 - h)
    return x.T @ d1, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0)


def train(x, t, W1, b1, W2, b2, lr, steps):
    """Go down the loss on all of the data, step by step.

    x: (N, n). t: one-hot targets, (N, K). Parameters as in forward. lr: learning rate. steps: at least 0.
    Returns: (W1, b1, W2, b2, losses); losses has steps + 1 entries, the first one at the start.
    """
    parameters = W1, b1, W2, b2
    losses = [loss(x, t, *parameters)]
    for _step in range(steps):
        slopes = gradients(x, t, *parameters)
        parameters = tuple(p - lr * slope for p, slope in zip(parameters, slopes, strict=True))
        losses.append(loss(x, t, *parameters))
    return *parameters, losses


def predict(x, W1, b1, W2, b2):
    """The class of the larger probability, for each row.

    x: (N, n). Parameters as in forward.
    Returns: (N,), class numbers.
    """
    return forward(x, W1, b1, W2, b2)[1].argmax(axis=1)
