"""Stochastic gradient descent: a few rows for each step, every row once an epoch."""

import numpy as np


def minibatches(x, t, batch_size, rng):
    """All rows in a new random order, cut into batches.

    x: (N, n). t: (N,). batch_size: rows in a batch, at least 1. rng: numpy.random.Generator, the only source of chance.
    Returns: an iterable of pairs (xb, tb); every row occurs once, beside its own target; the last batch holds the rest.
    """
    raise NotImplementedError("minibatches: not written yet")


def loss(x, t, w, b):
    """The binary cross-entropy of σ(x·w + b), mean over the rows of x.

    x: (N, n). t: targets, (N,), 0.0 or 1.0. w: (n,). b: a number.
    Returns: a number.
    """
    raise NotImplementedError("loss: not written yet")


def gradients(x, t, w, b):
    """The gradients of loss with respect to w and b, for the rows of this x.

    x: (N, n). t: targets, (N,). w: (n,). b: a number.
    Returns: (dw, db), dw of shape (n,), db a number.
    """
    raise NotImplementedError("gradients: not written yet")


def sgd_step(params, grads, lr):
    """One step against the gradients, parameter by parameter.

    params, grads: lists of equal length, of arrays and numbers. lr: learning rate.
    Returns: list of the new parameters, in the same order.
    """
    raise NotImplementedError("sgd_step: not written yet")


def sgd_epoch(x, t, w, b, lr, batch_size, rng):
    """One pass over minibatches, one update for each batch.

    x: (N, n). t: (N,). w: (n,). b: a number. lr: learning rate. batch_size: at least 1. rng: numpy.random.Generator.
    Returns: (w, b).
    """
    raise NotImplementedError("sgd_epoch: not written yet")


def train(x, t, w, b, lr, batch_size, max_epochs, tol, rng):
    """Whole epochs until nothing moves any more.

    x, t, w, b, lr, batch_size, rng: as in sgd_epoch. max_epochs: at least 1. tol: at least 0.
    Returns: (w, b, epochs); epochs is the number done, the last one included.
    """
    raise NotImplementedError("train: not written yet")
