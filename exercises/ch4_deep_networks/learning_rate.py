"""Three schedules of the learning rate, descent on a quadratic, and the rates that its curvature allows."""

import numpy as np


def step_decay(lr0, epoch, drop, every):
    """A staircase: after every so many epochs the rate is multiplied by drop once more.

    lr0: the rate at epoch 0. epoch: a whole number, from 0 on. drop: above 0, at most 1. every: at least 1.
    Returns: a number.
    """
    raise NotImplementedError("step_decay: not written yet")


def exponential_decay(lr0, epoch, rate):
    """lr0 · e^(−rate · epoch).

    rate: a number, from 0 on.
    Returns: a number.
    """
    raise NotImplementedError("exponential_decay: not written yet")


def inverse_decay(lr0, epoch, rate):
    """lr0 / (1 + rate · epoch).

    rate: a number, from 0 on.
    Returns: a number.
    """
    raise NotImplementedError("inverse_decay: not written yet")


def descend(A, x0, lrs):
    """Gradient descent on f(x) = ½ xᵀA x with the rates of a schedule, one after the other.

    A: (n, n), symmetric positive definite. x0: (n,). lrs: (S,), S from 0 on.
    Returns: (S + 1, n): row 0 is x0, row k + 1 comes from row k by a step of rate lrs[k].
    """
    raise NotImplementedError("descend: not written yet")


def max_learning_rate(A):
    """The border beyond which descent with a constant rate diverges: 2/L, L the largest eigenvalue of A.

    A: (n, n), symmetric positive definite.
    Returns: a number.
    """
    raise NotImplementedError("max_learning_rate: not written yet")


def best_learning_rate(A):
    """The constant rate with the fastest sure convergence: 2/(L + l), L and l the outermost eigenvalues of A.

    A: (n, n), symmetric positive definite.
    Returns: a number.
    """
    raise NotImplementedError("best_learning_rate: not written yet")
