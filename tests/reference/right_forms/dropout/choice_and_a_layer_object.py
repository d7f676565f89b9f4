"""Masks from rng.choice, a class for the layer, an average with weights."""

from itertools import product

import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.p, self.rng = p, rng

    def mask(self, shape):
        return self.rng.choice([0.0, 1 / (1 - self.p)], size=shape, p=[self.p, 1 - self.p])


def dropout_forward(x, p, train, rng):
    mask = Dropout(p, rng).mask(x.shape) if train else np.ones(x.shape)
    return np.multiply(x, mask), mask


def dropout_backward(mask, dy):
    dx = np.array(dy, dtype=float)
    dx[mask == 0] = 0
    return dx * np.where(mask == 0, 1, mask)


def thinned_net(x, W1, b1, W2, b2, mask):
    h = np.clip(x.dot(W1) + b1, 0, None)
    return 1 / (1 + np.exp(-(h.dot(mask[:, None] * W2) + b2)))  # the mask moved into the rows of W2


def ensemble(x, W1, b1, W2, b2, p):
    masks = list(product([0, 1 / (1 - p)], repeat=b1.size))
    weights = [np.prod(np.where(np.array(mask) == 0, p, 1 - p)) for mask in masks]
    outputs = [thinned_net(x, W1, b1, W2, b2, np.array(mask)) for mask in masks]
    return np.average(outputs, axis=0, weights=weights)
