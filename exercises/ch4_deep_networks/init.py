"""Initial weights: which variance keeps a signal's size, and why equal weights never part."""

import numpy as np


def constant(n_in, n_out, value):
    """A matrix whose entries are all the same.

    n_in, n_out: how many units the layer reads and has, whole numbers from 1 on. value: a number.
    Returns: (n_in, n_out), every entry equal to value.
    """
    raise NotImplementedError("constant: not written yet")


def small_normal(n_in, n_out, rng, scale=0.01):
    """Independent normal numbers around 0 whose standard deviation is scale.

    rng: numpy.random.Generator, the only source of randomness.
    Returns: (n_in, n_out).
    """
    raise NotImplementedError("small_normal: not written yet")


def lecun_normal(n_in, n_out, rng):
    """Independent normal numbers around 0 whose variance is 1 / n_in, not truncated.

    Returns: (n_in, n_out).
    """
    raise NotImplementedError("lecun_normal: not written yet")


def glorot_uniform(n_in, n_out, rng):
    """Independent numbers, uniform on (−l, l) with l = √(6 / (n_in + n_out)).

    Returns: (n_in, n_out).
    """
    raise NotImplementedError("glorot_uniform: not written yet")


def he_normal(n_in, n_out, rng):
    """Independent normal numbers around 0 whose variance is 2 / n_in, not truncated.

    Returns: (n_in, n_out).
    """
    raise NotImplementedError("he_normal: not written yet")


def loss(x, t, W, V):
    """The loss of the net y = tanh(x W) V: (1/N) Σ_n ½ Σ_k (y_nk − t_nk)².

    x: (N, n). t: (N, K). W: (n, H). V: (H, K).
    Returns: a number.
    """
    raise NotImplementedError("loss: not written yet")


def gradients(x, t, W, V):
    """The gradients of that loss with respect to W and V.

    x: (N, n). t: (N, K). W: (n, H). V: (H, K).
    Returns: (dW, dV), of the shapes of W and V.
    """
    raise NotImplementedError("gradients: not written yet")
