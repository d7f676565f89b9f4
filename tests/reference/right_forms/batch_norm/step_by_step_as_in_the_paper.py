"""The backward of the paper, one gradient after another, statistics by hand."""

import numpy as np


def batch_norm_forward(x, gamma, beta, eps=1e-5):
    N = x.shape[0]
    mu = np.sum(x, axis=0) / N
    var = np.sum((x - mu) ** 2, axis=0) / N
    return batch_norm_inference(x, gamma, beta, mu, var, eps)


def batch_norm_backward(x, gamma, beta, dy, eps=1e-5):
    N = len(x)
    centred = x - x.mean(axis=0)
    var = x.var(axis=0)
    dhat = dy * gamma
    dvar = np.sum(dhat * centred, axis=0) * -0.5 * (var + eps) ** -1.5
    dmu = -np.sum(dhat, axis=0) / np.sqrt(var + eps) + dvar * np.mean(-2 * centred, axis=0)
    dx = dhat / np.sqrt(var + eps) + dvar * 2 * centred / N + dmu / N
    return [dx, np.sum(dy * centred / np.sqrt(var + eps), axis=0), np.sum(dy, axis=0)]


def update_running(mean, var, x, momentum=0.9):
    return mean + (1 - momentum) * (x.mean(axis=0) - mean), var + (1 - momentum) * (np.var(x, axis=0) - var)


def batch_norm_inference(x, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return x * scale + (beta - mean * scale)
