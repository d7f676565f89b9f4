"""Rules for single numbers, carried to arrays by np.vectorize."""

import math

import numpy as np


def _momentum(w, g, v, lr, mu):
    v = mu * v - lr * g
    return w + v, v


def _adagrad(w, g, s, lr, eps):
    s += g * g
    return w - lr * g / (math.sqrt(s) + eps), s


def _adadelta(w, g, s, u, rho, eps):
    s = rho * s + (1 - rho) * g * g
    d = -math.sqrt(u + eps) / math.sqrt(s + eps) * g
    return w + d, s, rho * u + (1 - rho) * d * d


def momentum(w, grad, v, lr, mu=0.9):
    return np.vectorize(_momentum)(w, grad, v, lr, mu)


def nesterov(w, grad, v, lr, mu=0.9):
    new = momentum(w, grad, v, lr, mu)[1]
    return w + mu * new - lr * grad, new


def adagrad(w, grad, s, lr, eps=1e-8):
    return np.vectorize(_adagrad)(w, grad, s, lr, eps)


def rmsprop(w, grad, s, lr, rho=0.9, eps=1e-8):
    new = rho * s + (1 - rho) * np.abs(grad) ** 2
    return w - np.vectorize(lambda g, s: lr * g / (math.sqrt(s) + eps))(grad, new), new


def adadelta(w, grad, state, rho=0.95, eps=1e-6):
    new, s, u = np.vectorize(_adadelta)(w, grad, *state, rho, eps)
    return new, (s, u)
