import numpy as np


def constant(n_in, n_out, value):
    return value + np.zeros((n_in, n_out))


def small_normal(n_in, n_out, rng, scale=0.01):
    return scale * rng.standard_normal((n_in, n_out))


def lecun_normal(n_in, n_out, rng):
    return rng.standard_normal((n_in, n_out)) / n_in**0.5


def glorot_uniform(n_in, n_out, rng):
    return (2 * rng.random((n_in, n_out)) - 1) * (6 / (n_in + n_out)) ** 0.5


def he_normal(n_in, n_out, rng):
    return rng.standard_normal((n_in, n_out)) * (2 / n_in) ** 0.5


def loss(x, t, W, V):
    y = np.tanh(x.dot(W)).dot(V)
    return np.mean(0.5 * np.sum((y - t) ** 2, axis=1))


def gradients(x, t, W, V):
    h = np.tanh(x.dot(W))
    d = (h.dot(V) - t) / x.shape[0]
    return [x.T.dot(d.dot(V.T) / np.cosh(x.dot(W)) ** 2), h.T.dot(d)]
