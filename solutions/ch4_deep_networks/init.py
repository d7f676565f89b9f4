"""Initial weights: which variance keeps a signal's size, and why equal weights never part."""

import numpy as np


def constant(n_in, n_out, value):
    """A matrix whose entries are all the same.

    n_in, n_out: how many units the layer reads and has, whole numbers from 1 on. value: a number.
    Returns: (n_in, n_out), every entry equal to value.
    """
    return np.full((n_in, n_out), float(value))


def small_normal(n_in, n_out, rng, scale=0.01):
    """Independent normal numbers around 0 whose standard deviation is scale.

    rng: numpy.random.Generator, the only source of randomness.
    Returns: (n_in, n_out).
    """
    return rng.normal(0.0, scale, size=(n_in, n_out))


def lecun_normal(n_in, n_out, rng):
    """Independent normal numbers around 0 whose variance is 1 / n_in, not truncated.

    Returns: (n_in, n_out).
    """
    return rng.normal(0.0, np.sqrt(1 / n_in), size=(n_in, n_out))


def glorot_uniform(n_in, n_out, rng):
    """Independent numbers, uniform on (−l, l) with l = √(6 / (n_in + n_out)).

    Returns: (n_in, n_out).
    """
    limit = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_in, n_out))


def he_normal(n_in, n_out, rng):
    """Independent normal numbers around 0 whose variance is 2 / n_in, not truncated.

    Returns: (n_in, n_out).
    """
    return rng.normal(0.0, np.sqrt(2 / n_in), size=(n_in, n_out))


def loss(x, t, W, V):
    """The loss of the net y = tanh(x W) V: (1/N) Σ_n ½ Σ_k (y_nk − t_nk)².

    x: (N, n). t: (N, K). W: (n, H). V: (H, K).
    Returns: a number.
    """
    _, y = _forward(x, W, V)
    return 0.5 * np.sum((y - t) ** 2) / len(x)


def gradients(x, t, W, V):
    """The gradients of that loss with respect to W and V.

    x: (N, n). t: (N, K). W: (n, H). V: (H, K).
    Returns: (dW, dV), of the shapes of W and V.
    """
    h, y = _forward(x, W, V)
    dy = (y - t) / len(x)  # the mean over the batch enters here, once, and is passed on to both matrices
    du = (dy @ V.T) * (1 - h**2)
    return x.T @ du, h.T @ dy


def _forward(x, W, V):
    h = np.tanh(x @ W)
    return h, h @ V
