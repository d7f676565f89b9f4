"""Masks from rng.binomial, the mask before the ReLU, and all masks of the ensemble in one array."""

import numpy as np


def dropout_forward(x, p, train, rng):
    mask = rng.binomial(1, 1 - p, size=x.shape) / (1 - p) if train else np.ones_like(x)
    return x * mask, mask


def dropout_backward(mask, dy):
    return mask * dy


def thinned_net(x, W1, b1, W2, b2, mask):
    h = np.maximum((x @ W1 + b1) * mask, 0)  # the same as after the ReLU, as masks are not negative
    return 0.5 * (1 + np.tanh((h @ W2 + b2) / 2))


def ensemble(x, W1, b1, W2, b2, p):
    H = len(b1)
    bits = (np.arange(2**H)[:, None] >> np.arange(H)) & 1
    weights = p ** (H - bits.sum(axis=1)) * (1.0 - p) ** bits.sum(axis=1)
    h = np.maximum(x @ W1 + b1, 0)
    outputs = 1 / (1 + np.exp(-((h[None] * bits[:, None] / (1 - p)) @ W2 + b2)))
    return np.einsum("m,mnk->nk", weights, outputs)
