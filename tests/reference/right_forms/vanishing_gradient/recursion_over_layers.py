"""The chain is one layer and the rest of the chain."""

import math

import numpy as np


def forward(x, Ws, activation):
    if not Ws:
        return [x]
    u = x @ Ws[0]
    h = {"sigmoid": lambda: 0.5 + 0.5 * np.tanh(u / 2), "tanh": lambda: np.tanh(u), "relu": lambda: u.clip(0)}[
        activation
    ]()
    return [x, *forward(h, Ws[1:], activation)]


def backward(x, Ws, activation, dy):
    if not Ws:
        return [dy]
    h = forward(x, Ws[:1], activation)[1]
    rest = backward(h, Ws[1:], activation, dy)
    slope = {"sigmoid": h - h * h, "tanh": (1 + h) * (1 - h), "relu": np.sign(h)}[activation]
    return [np.dot(rest[0] * slope, Ws[0].T), *rest]


def gradient_sizes(x, Ws, activation, dy):
    return [float(np.sqrt((g * g).sum() / g.size)) for g in backward(x, Ws, activation, dy)]


def factor_per_layer(sizes):
    layers = len(sizes) - 1
    return math.prod(sizes[k] / sizes[k + 1] for k in range(layers)) ** (1 / layers)
