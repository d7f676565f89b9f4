"""No intermediate states: every formula multiplied out."""

import numpy as np


def momentum(w, grad, v, lr, mu=0.9):
    return w + mu * v - lr * grad, mu * v - lr * grad


def nesterov(w, grad, v, lr, mu=0.9):
    return w + mu * mu * v - (1 + mu) * lr * grad, mu * v - lr * grad


def adagrad(w, grad, s, lr, eps=1e-8):
    return w - lr / (eps + np.hypot(np.sqrt(s), grad)) * grad, s + grad * grad


def rmsprop(w, grad, s, lr, rho=0.9, eps=1e-8):
    s = s + (1 - rho) * (grad**2 - s)
    return w - lr * (grad / (s**0.5 + eps)), s


def adadelta(w, grad, state, rho=0.95, eps=1e-6):
    s = state[0] + (1 - rho) * (grad**2 - state[0])
    d = -np.sqrt((state[1] + eps) / (s + eps)) * grad
    return [w + d, [s, state[1] + (1 - rho) * (d**2 - state[1])]]
