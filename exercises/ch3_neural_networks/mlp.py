"""The multi-layer perceptron: layers one after the other, a sigmoid in every one."""

from itertools import pairwise
import numpy as np


def layer(x, W, b):
    """One layer: σ(x W + b).

    x: inputs, (N, n_in). W: weights, (n_in, n_out). b: biases, (n_out,).
    Returns: (N, n_out), every entry between 0 and 1.
    """
    raise NotImplementedError("layer: not written yet")


def forward(x, weights, biases):
    """The layers one after the other, a sigmoid in every one, the last too.

    x: (N, n_0). weights: list of L arrays, (n_0, n_1) to (n_(L−1), n_L). biases: list of L arrays, (n_1,) to (n_L,).
    Returns: (N, n_L).
    """
    raise NotImplementedError("forward: not written yet")


def xor_parameters():
    """A network with two inputs, two hidden units and one output whose forward is XOR.

    Returns: (weights, biases), shapes [(2, 2), (2, 1)] and [(2,), (1,)]; forward gives at least 0.9 for (0, 1) and
    (1, 0), at most 0.1 for (0, 0) and (1, 1).
    """
    raise NotImplementedError("xor_parameters: not written yet")


def count_parameters(sizes):
    """How many weights and biases a network of these sizes has.

    sizes: list of ints, the units of the input and of each layer, [n_0, …, n_L], L at least 1.
    Returns: int.
    """
    raise NotImplementedError("count_parameters: not written yet")


def collapse(weights, biases):
    """The one affine map x W + b that equals all layers one after the other, if they had no activation.

    weights, biases: as in forward.
    Returns: (W, b), shapes (n_0, n_L) and (n_L,).
    """
    raise NotImplementedError("collapse: not written yet")
