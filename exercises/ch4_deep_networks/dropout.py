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
    raise NotImplementedError("dropout_forward: not written yet")


def dropout_backward(mask, dy):
    """The gradient of Σ(y ∘ dy) with respect to x, for the mask that dropout_forward returned.

    mask, dy: one shape.
    Returns: dx of that shape.
    """
    raise NotImplementedError("dropout_backward: not written yet")


def thinned_net(x, W1, b1, W2, b2, mask):
    """A network with one hidden layer of ReLU units, times mask, and a sigmoid output.

    x: (N, n). W1: (n, H). b1: (H,). W2: (H, K). b2: (K,). mask: (H,), the same for all rows.
    Returns: (N, K).
    """
    raise NotImplementedError("thinned_net: not written yet")


def ensemble(x, W1, b1, W2, b2, p):
    """The mean of thinned_net over all 2^H masks with entries 0 or 1/(1 − p), each as probable as it is.

    x and parameters: as for thinned_net, H <= 8. p: the probability that a unit is dropped, 0 <= p < 1.
    Returns: (N, K).
    """
    raise NotImplementedError("ensemble: not written yet")
