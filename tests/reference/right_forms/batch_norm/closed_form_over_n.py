"""The backward as one fraction, N times the gradient less two sums."""

import numpy as np


def batch_norm_forward(x, gamma, beta, eps=1e-5):
    mu, var = np.mean(x, 0), np.var(x, 0)
    return (x - mu) * (var + eps) ** -0.5 * gamma + beta


def batch_norm_backward(x, gamma, beta, dy, eps=1e-5):
    N = len(x)
    hat = batch_norm_forward(x, 1.0, 0.0, eps)
    dgamma, dbeta = np.einsum("nd,nd->d", dy, hat), dy.sum(0)
    dx = gamma / (N * np.sqrt(x.var(0) + eps)) * (N * dy - dbeta - hat * dgamma)
    return dx, dgamma, dbeta


def update_running(mean, var, x, momentum=0.9):
    new = np.stack([x.mean(0), x.var(0)])
    return tuple(momentum * np.stack([mean, var]) + (1 - momentum) * new)


def batch_norm_inference(x, gamma, beta, mean, var, eps=1e-5):
    return np.stack([gamma * (row - mean) / np.sqrt(var + eps) + beta for row in x])
