"""Softmax regression: K scores become K probabilities that compete."""

import numpy as np


def softmax(u):
    """The probabilities of K classes from their scores, row by row.

    u: scores, (N, K), any real numbers up to ±1000.
    Returns: (N, K); the entries of a row are positive or 0 and add up to 1.
    """
    e = np.exp(u - u.max(axis=1, keepdims=True))  # only differences of scores matter; now the largest is 0
    return e / e.sum(axis=1, keepdims=True)


def softmax_backward(u, dy):
    """The gradient of Σ dy · softmax(u) with respect to u.

    u: scores, (N, K). dy: upstream gradient, (N, K).
    Returns: (N, K).
    """
    y = softmax(u)
    return y * (dy - (dy * y).sum(axis=1, keepdims=True))


def predict_proba(x, W, b):
    """The probability of each class, for each row.

    x: inputs, (N, n). W: weights, (n, K). b: biases, (K,).
    Returns: (N, K).
    """
    return softmax(x @ W + b)


def loss(x, t, W, b):
    """The cross-entropy, sum over the classes, mean over the batch.

    x: (N, n). t: one-hot targets, (N, K). W: (n, K). b: (K,).
    Returns: a number.
    """
    return -np.sum(t * np.log(predict_proba(x, W, b))) / len(x)


def gradients(x, t, W, b):
    """The gradients of loss with respect to W and b.

    x: (N, n). t: one-hot targets, (N, K). W: (n, K). b: (K,).
    Returns: (dW, db), shapes (n, K) and (K,).
    """
    d = (predict_proba(x, W, b) - t) / len(x)
    return x.T @ d, d.sum(axis=0)


def gradient_descent(x, t, W, b, lr, steps):
    """Go down the loss on all of the data, step by step.

    x: (N, n). t: one-hot targets, (N, K). W: (n, K). b: (K,). lr: learning rate. steps: at least 0.
    Returns: (W, b, losses); losses has steps + 1 entries, the first one at the start.
    """
    losses = [loss(x, t, W, b)]
    for _step in range(steps):
        dW, db = gradients(x, t, W, b)
        W, b = W - lr * dW, b - lr * db
        losses.append(loss(x, t, W, b))
    return W, b, losses
