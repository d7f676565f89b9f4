"""Conditions as factors: −0.0 on the left, and a slope of True and False."""

import numpy as np


def sigmoid(x):
    return 0.5 * (1 + np.tanh(x / 2))


def sigmoid_grad(x):
    return sigmoid(x) * sigmoid(-x)


def tanh(x):
    return np.tanh(x)


def tanh_grad(x):
    return 4 * sigmoid_grad(2 * x)


def relu(x):
    return x * (x > 0)


def relu_grad(x):
    return x > 0


def leaky_relu(x, alpha=0.01):
    return relu(x) - alpha * relu(-x)


def leaky_relu_grad(x, alpha=0.01):
    return (x > 0) + alpha * (x <= 0)
