"""Centring as a matrix that is its own transpose, so that the way back uses it again."""

import numpy as np


class BatchNorm:
    def __init__(self, x, eps):
        N = len(x)
        self.centre = np.identity(N) - np.full((N, N), 1 / N)
        self.centred = self.centre @ x
        self.inverse = 1 / np.sqrt(np.einsum("nd,nd->d", self.centred, self.centred) / N + eps)

    def back(self, d):
        N = len(d)
        through_variance = self.centred * self.inverse**3 * np.sum(d * self.centred, axis=0) / N
        return self.centre @ (d * self.inverse - through_variance)


def batch_norm_forward(x, gamma, beta, eps=1e-5):
    layer = BatchNorm(x, eps)
    return np.multiply(layer.centred * layer.inverse, gamma) + beta


def batch_norm_backward(x, gamma, beta, dy, eps=1e-5):
    layer = BatchNorm(x, eps)
    return layer.back(dy * gamma), (dy * layer.centred * layer.inverse).sum(0), dy.T.sum(1)


def update_running(mean, var, x, momentum=0.9):
    share = 1 - momentum
    return mean * momentum + np.average(x, axis=0) * share, var * momentum + x.std(axis=0) ** 2 * share


def batch_norm_inference(x, gamma, beta, mean, var, eps=1e-5):
    return gamma / np.sqrt(var + eps) * (x - mean) + beta
