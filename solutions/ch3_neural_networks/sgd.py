"""Stochastic gradient descent: a few rows for each step, every row once an epoch."""

import numpy as np


def minibatches(x, t, batch_size, rng):
    """All rows in a new random order, cut into batches.

    x: (N, n). t: (N,). batch_size: rows in a batch, at least 1. rng: numpy.random.Generator, the only source of chance.
    Returns: an iterable of pairs (xb, tb); every row occurs once, beside its own target; the last batch holds the rest.
    """
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        yield x[rows], t[rows]


def loss(x, t, w, b):
    """The binary cross-entropy of σ(x·w + b), mean over the rows of x.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number.
    Returns: a number.
    """
    u = x @ w + b
    return np.mean(np.logaddexp(0.0, u) - t * u)


def gradients(x, t, w, b):
    """The gradients of loss with respect to w and b, for the rows of this x.

    x: (N, n). t: targets, (N,). w: (n,). b: a number.
    Returns: (dw, db), dw of shape (n,), db a number.
    """
    error = (1.0 / (1.0 + np.exp(-(x @ w + b))) - t) / len(x)
    return x.T @ error, np.sum(error)


def sgd_step(params, grads, lr):
    """One step against the gradients, parameter by parameter.

    params, grads: lists of equal length, of arrays and numbers. lr: learning rate.
    Returns: list of the new parameters, in the same order.
    """
    return [p - lr * g for p, g in zip(params, grads, strict=True)]


def sgd_epoch(x, t, w, b, lr, batch_size, rng):
    """One pass over minibatches, one update for each batch.

    x: (N, n). t: (N,). w: (n,). b: a number. lr: learning rate. batch_size: at least 1. rng: numpy.random.Generator.
    Returns: (w, b).
    """
    for xb, tb in minibatches(x, t, batch_size, rng):
        w, b = sgd_step([w, b], gradients(xb, tb, w, b), lr)
    return w, b


def train(x, t, w, b, lr, batch_size, max_epochs, tol, rng):
    """Whole epochs until nothing moves any more.

    x, t, w, b, lr, batch_size, rng: as in sgd_epoch. max_epochs: at least 1. tol: at least 0.
    Returns: (w, b, epochs); epochs is the number done, the last one included.
    """
    epochs, largest = 0, np.inf
    while epochs < max_epochs and largest > tol:
        w_old, b_old = w, b
        w, b = sgd_epoch(x, t, w, b, lr, batch_size, rng)
        largest = max(np.max(np.abs(w - w_old)), abs(b - b_old))
        epochs += 1
    return w, b, epochs
