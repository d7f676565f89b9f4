"""The multi-layer perceptron: layers one after the other, a sigmoid in every one."""

from itertools import pairwise

import numpy as np


def layer(x, W, b):
    """One layer: σ(x W + b).

    x: inputs, (N, n_in). W: weights, (n_in, n_out). b: biases, (n_out,).
    Returns: (N, n_out), every entry between 0 and 1.
    """
    return 1.0 / (1.0 + np.exp(-(x @ W + b)))


def forward(x, weights, biases):
    """The layers one after the other, a sigmoid in every one, the last too.

    x: (N, n_0). weights: list of L arrays, (n_0, n_1) to (n_(L−1), n_L). biases: list of L arrays, (n_1,) to (n_L,).
    Returns: (N, n_L).
    """
    for W, b in zip(weights, biases, strict=True):
        x = layer(x, W, b)
    return x


def xor_parameters():
    """A network with two inputs, two hidden units and one output whose forward is XOR.

    Returns: (weights, biases), shapes [(2, 2), (2, 1)] and [(2,), (1,)]; forward gives at least 0.9 for (0, 1) and
    (1, 0), at most 0.1 for (0, 0) and (1, 1).
    """
    # The first hidden unit is OR, the second is AND; the output fires for OR and not AND.
    weights = [np.array([[20.0, 20.0], [20.0, 20.0]]), np.array([[20.0], [-20.0]])]
    biases = [np.array([-10.0, -30.0]), np.array([-10.0])]
    return weights, biases


def count_parameters(sizes):
    """How many weights and biases a network of these sizes has.

    sizes: list of ints, the units of the input and of each layer, [n_0, …, n_L], L at least 1.
    Returns: int.
    """
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def collapse(weights, biases):
    """The one affine map x W + b that equals all layers one after the other, if they had no activation.

    weights, biases: as in forward.
    Returns: (W, b), shapes (n_0, n_L) and (n_L,).
    """
    W, b = weights[0], biases[0]
    for W_next, b_next in zip(weights[1:], biases[1:], strict=True):
        W, b = W @ W_next, b @ W_next + b_next
    return W, b
