"""Python's own numbers, one entry at a time, defined in another order."""

import math

import numpy as np


def _each(f, x):
    x = np.asarray(x)
    return np.array([f(float(entry)) for entry in x.ravel()], dtype=float).reshape(x.shape)


def leaky_relu_grad(x, alpha=0.01):
    return _each(lambda entry: 1.0 if entry > 0 else alpha, x)


def leaky_relu(x, alpha=0.01):
    return _each(lambda entry: max(entry, alpha * entry), x)


def relu_grad(x):
    return leaky_relu_grad(x, 0.0)


def relu(x):
    return leaky_relu(x, 0.0)


def tanh(x):
    return _each(math.tanh, x)


def tanh_grad(x):
    return _each(lambda entry: 1 - math.tanh(entry) ** 2, x)


def sigmoid(x):
    return _each(lambda entry: 1 / (1 + math.exp(-min(max(entry, -500), 500))), x)


def sigmoid_grad(x):
    return _each(lambda y: y * (1 - y), sigmoid(x))
