"""Capstone: an LSTM learns to add the two marked numbers of a sequence."""

import numpy as np


def make_data(N, T, rng):
    """Sequences of numbers in [0, 1), two of them marked, and the sum of the marked ones.

    N: number of examples. T: number of steps, at least 2. rng: numpy.random.Generator.
    Returns: (x, t): x (T, N, 2) with the numbers in x[..., 0] and marks of 0 and 1 in x[..., 1], t (N, 1).
    """
    raise NotImplementedError("make_data: not written yet")


def predict(x, params):
    """What the last state of an LSTM says, started from h0 = c0 = 0: h V + c.

    x: (T, N, 2). params: W_g (2, n_h), U_g (n_h, n_h), b_g (n_h,) for g = a, i, f, o; V (n_h, 1), c (1,).
    Returns: (N, 1).
    """
    raise NotImplementedError("predict: not written yet")


def loss_gradients(x, t, params):
    """The loss (1/N) Σ ½ (predict − t)² and its gradients.

    x: (T, N, 2). t: (N, 1). params: as in predict.
    Returns: (loss, grads): a number, and a dict with the fourteen keys of params.
    """
    raise NotImplementedError("loss_gradients: not written yet")


def train(T, n_h, steps, rng):
    """Learn to add on fresh data for every update.

    T: length of the sequences. n_h: number of units. steps: number of updates. rng: numpy.random.Generator.
    Returns: (params, losses): the parameters after the last update, and the loss of each batch before its update
    (steps,).
    """
    raise NotImplementedError("train: not written yet")
