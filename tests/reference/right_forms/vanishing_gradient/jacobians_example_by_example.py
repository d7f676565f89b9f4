"""For every example the Jacobian matrices of all layers, multiplied from the output on."""

import numpy as np


def _slope(h, activation):
    if activation == "sigmoid":
        return h * (1 - h)
    if activation == "tanh":
        return 1 - h * h
    return np.where(h > 0, 1, 0)


def forward(x, Ws, activation):
    f = {"sigmoid": lambda u: np.exp(-np.logaddexp(0, -u)), "tanh": np.tanh, "relu": lambda u: np.maximum(0, u)}
    hs = [x]
    for W in Ws:
        hs += [f[activation](np.matmul(hs[-1], W))]
    return hs


def backward(x, Ws, activation, dy):
    hs = forward(x, Ws, activation)
    gradients = [np.empty(h.shape) for h in hs]
    for n in range(len(x)):
        gradients[-1][n] = g = dy[n]
        for k in range(len(Ws), 0, -1):
            jacobian = np.diag(_slope(hs[k][n], activation)) @ Ws[k - 1].T
            gradients[k - 1][n] = g = g @ jacobian
    return tuple(gradients)


def gradient_sizes(x, Ws, activation, dy):
    return np.sqrt([np.mean(np.square(g)) for g in backward(x, Ws, activation, dy)])


def factor_per_layer(sizes):
    return np.power(sizes[0] / sizes[-1], 1 / (len(sizes) - 1))
