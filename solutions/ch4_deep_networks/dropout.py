"""Inverted dropout forward and backward, and the ensemble of thinned networks that it stands for."""

from itertools import product

import numpy as np


def dropout_forward(x, p, train, rng):
    """Drop entries of x by chance in training; at test leave x as it is.

    x: any shape with at least one axis. p: the probability that an entry is dropped, 0 <= p < 1.
    train: True or False. rng: numpy.random.Generator, the only source of randomness.
    Returns: (y, mask), both of x's shape, with y = x ∘ mask. In training every entry of mask is 0 with probability p,
    else 1/(1 − p), independently of all others; at test mask is all ones.
    """
    mask = (rng.random(x.shape) >= p) / (1 - p) if train else np.ones(x.shape)
    return x * mask, mask


def dropout_backward(mask, dy):
    """The gradient of Σ(y ∘ dy) with respect to x, for the mask that dropout_forward returned.

    mask, dy: one shape.
    Returns: dx of that shape.
    """
    return dy * mask


def thinned_net(x, W1, b1, W2, b2, mask):
    """A network with one hidden layer of ReLU units, times mask, and a sigmoid output.

    x: (N, n). W1: (n, H). b1: (H,). W2: (H, K). b2: (K,). mask: (H,), the same for all rows.
    Returns: (N, K).
    """
    h = np.maximum(x @ W1 + b1, 0.0) * mask
    return 1 / (1 + np.exp(-(h @ W2 + b2)))


def ensemble(x, W1, b1, W2, b2, p):
    """The mean of thinned_net over all 2^H masks with entries 0 or 1/(1 − p), each as probable as it is.

    x and parameters: as for thinned_net, H <= 8. p: the probability that a unit is dropped, 0 <= p < 1.
    Returns: (N, K).
    """
    total = 0.0
    for kept in product((0, 1), repeat=len(b1)):
        probability = np.prod([1 - p if k else p for k in kept])
        total = total + probability * thinned_net(x, W1, b1, W2, b2, np.array(kept) / (1 - p))
    return total
