"""Capstone: a recurrent network learns a noisy sine wave and goes on with it by itself."""

import numpy as np


def make_windows(series, length):
    """All windows of a series, and the value that follows each.

    series: (S,). length: a whole number, 1 <= length < S; there are M = S − length windows.
    Returns: (x, t): x (length, M, 1) with x[s, m, 0] = series[m + s], t (M, 1) with t[m, 0] = series[m + length].
    """
    raise NotImplementedError("make_windows: not written yet")


def predict(x, params):
    """The output after the last step of an RNN that starts from zero: h_t = tanh(x_t W + h_{t−1} U + b), y = h V + c.

    x: (T, N, 1). params: W (1, n_h), U (n_h, n_h), b (n_h,), V (n_h, 1), c (1,).
    Returns: (N, 1).
    """
    raise NotImplementedError("predict: not written yet")


def loss_gradients(x, t, params):
    """The loss (1/N) Σ ½ (predict − t)² and its gradients.

    x: (T, N, 1). t: (N, 1). params: as in predict.
    Returns: (loss, grads): a number, and a dict with the keys W, U, b, V, c.
    """
    raise NotImplementedError("loss_gradients: not written yet")


def train(x, t, n_h, steps, rng):
    """Learn to predict t from x, on the whole batch.

    x: (T, N, 1). t: (N, 1). n_h: number of units. steps: number of updates. rng: numpy.random.Generator.
    Returns: (params, losses): the parameters after the last update (n_in = n_out = 1), and the loss before each
    (steps,).
    """
    raise NotImplementedError("train: not written yet")


def continue_wave(start, params, count):
    """Go on with a series: predict from the last L values, append, drop the oldest, repeat.

    start: (L,). params: as in predict. count: a whole number from 1 on.
    Returns: (count,), the predictions.
    """
    raise NotImplementedError("continue_wave: not written yet")
