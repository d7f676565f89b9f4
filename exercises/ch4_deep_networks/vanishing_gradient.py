"""A chain of layers without biases, the way of a gradient back through it, and how much of it is left."""

import numpy as np


def forward(x, Ws, activation):
    """The values of the chain h_k = f(h_{k−1} @ W_k), from the input on.

    x: (N, n0). Ws: L >= 1 arrays, W_k of shape (n_{k−1}, n_k). activation: "sigmoid", "tanh" or "relu".
    Returns: list of L + 1 arrays, h_0 (which is x) to h_L.
    """
    raise NotImplementedError("forward: not written yet")


def backward(x, Ws, activation, dy):
    """The gradients of Σ(h_L ∘ dy) at every place of the chain.

    x, Ws, activation: as for forward. dy: (N, n_L), the gradient of a loss at h_L.
    Returns: list of L + 1 arrays in the order of forward: entry k has the shape of h_k, entry L is dy.
    """
    raise NotImplementedError("backward: not written yet")


def gradient_sizes(x, Ws, activation, dy):
    """The root mean square of every entry of backward.

    Returns: (L + 1,).
    """
    raise NotImplementedError("gradient_sizes: not written yet")


def factor_per_layer(sizes):
    """The mean factor of one layer: taken L times, it leads from sizes[L] to sizes[0].

    sizes: (L + 1,), positive, L >= 1.
    Returns: a number.
    """
    raise NotImplementedError("factor_per_layer: not written yet")
