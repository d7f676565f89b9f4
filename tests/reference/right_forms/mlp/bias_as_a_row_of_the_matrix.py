import functools

import numpy as np


def _augmented(W, b):
    M = np.zeros((W.shape[0] + 1, W.shape[1] + 1))
    M[:-1, :-1] = W
    M[-1, :-1] = b
    M[-1, -1] = 1
    return M


def layer(x, W, b):
    u = np.hstack([x, np.ones((len(x), 1))]) @ np.vstack([W, b])
    return np.where(u > 0, 1 / (1 + np.exp(-u)), np.exp(u) / (1 + np.exp(u)))


def forward(x, weights, biases):
    h = x
    for i in range(len(weights)):
        h = layer(h, weights[i], biases[i])
    return h


def xor_parameters():
    W1 = np.array([[12, -12], [-12, 12]])
    return [W1, np.array([[12], [12]])], [[-6, -6], [-6]]


def count_parameters(sizes):
    return np.sum([a * b + b for a, b in zip(sizes, sizes[1:])])


def collapse(weights, biases):
    M = functools.reduce(np.matmul, [_augmented(W, b) for W, b in zip(weights, biases)])
    return [M[:-1, :-1], M[-1, :-1]]
