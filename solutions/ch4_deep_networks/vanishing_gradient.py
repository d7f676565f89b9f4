"""A chain of layers without biases, the way of a gradient back through it, and how much of it is left."""

import numpy as np


def forward(x, Ws, activation):
    """The values of the chain h_k = f(h_{k−1} @ W_k), from the input on.

    x: (N, n0). Ws: L >= 1 arrays, W_k of shape (n_{k−1}, n_k). activation: "sigmoid", "tanh" or "relu".
    Returns: list of L + 1 arrays, h_0 (which is x) to h_L.
    """
    hs = [x]
    for W in Ws:
        hs.append(_activate(hs[-1] @ W, activation))
    return hs


def backward(x, Ws, activation, dy):
    """The gradients of Σ(h_L ∘ dy) at every place of the chain.

    x, Ws, activation: as for forward. dy: (N, n_L), the gradient of a loss at h_L.
    Returns: list of L + 1 arrays in the order of forward: entry k has the shape of h_k, entry L is dy.
    """
    hs = forward(x, Ws, activation)
    gradients = [dy]
    for W, h in zip(reversed(Ws), reversed(hs), strict=False):
        du = gradients[-1] * _slope_from_value(h, activation)
        gradients.append(du @ W.T)
    return gradients[::-1]


def gradient_sizes(x, Ws, activation, dy):
    """The root mean square of every entry of backward.

    Returns: (L + 1,).
    """
    return np.array([np.sqrt(np.mean(g**2)) for g in backward(x, Ws, activation, dy)])


def factor_per_layer(sizes):
    """The mean factor of one layer: taken L times, it leads from sizes[L] to sizes[0].

    sizes: (L + 1,), positive, L >= 1.
    Returns: a number.
    """
    return (sizes[0] / sizes[-1]) ** (1 / (len(sizes) - 1))


def _activate(u, activation):
    if activation == "sigmoid":
        return 0.5 * (1 + np.tanh(u / 2))
    return np.tanh(u) if activation == "tanh" else np.maximum(u, 0.0)


def _slope_from_value(h, activation):
    if activation == "sigmoid":
        return h * (1 - h)
    return 1 - h**2 if activation == "tanh" else np.where(h > 0, 1.0, 0.0)
