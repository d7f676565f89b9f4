"""The simple perceptron: a neuron that fires or does not, and learns from its mistakes."""

import numpy as np


def step(u):
    """1 where the score is at least 0, else 0.

    u: scores, any shape, or a single number.
    Returns: the same shape, every entry 0 or 1.
    """
    return np.where(np.greater_equal(u, 0), 1.0, 0.0)


def predict(x, w, b):
    """What the neuron says to each row.

    x: inputs, (N, n). w: weights, (n,). b: bias, a number.
    Returns: (N,), every entry 0 or 1.
    """
    return step(x @ w + b)


def and_gate():
    """Weights and bias with which predict is AND on the rows (0, 0), (0, 1), (1, 0), (1, 1).

    Returns: (w, b), w of shape (2,), b a number.
    """
    return np.array([1.0, 1.0]), -1.5


def or_gate():
    """Weights and bias with which predict is OR on the rows (0, 0), (0, 1), (1, 0), (1, 1).

    Returns: (w, b), w of shape (2,), b a number.
    """
    return np.array([1.0, 1.0]), -0.5


def update(x, t, w, b, lr):
    """Weights and bias after one example was seen.

    x: one example, (n,). t: its target, 0.0 or 1.0. w: (n,). b: a number. lr: learning rate, above 0.
    Returns: (w, b), new ones; the same numbers where the neuron was right.
    """
    error = t - step(x @ w + b)
    return w + lr * error * x, b + lr * error


def train(x, t, w, b, lr, epochs):
    """Go over the rows in their order, update after each, and stop after an epoch without a mistake.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number. lr: above 0. epochs: how many at most, at least 1.
    Returns: (w, b, mistakes); mistakes[e] counts the rows of epoch e that were wrong when their turn came.
    """
    mistakes = []
    for _epoch in range(epochs):
        wrong = 0
        for row, target in zip(x, t, strict=True):
            wrong += int(step(row @ w + b) != target)
            w, b = update(row, target, w, b, lr)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes
