"""Nesterov from the old and the new velocity; one moving average for both adaptive rules."""

import numpy as np


def average(old, new, share):
    return share * old + (1 - share) * new


def momentum(w, grad, v, lr, mu=0.9):
    new = mu * v - lr * grad
    return w + new, new


def nesterov(w, grad, v, lr, mu=0.9):
    new = mu * v - lr * grad
    return w - mu * v + (1 + mu) * new, new


def adagrad(w, grad, s, lr, eps=1e-8):
    total = np.add(s, np.square(grad))
    return np.subtract(w, lr * grad / (np.sqrt(total) + eps)), total


def rmsprop(w, grad, s, lr, rho=0.9, eps=1e-8):
    new = average(s, grad**2, rho)
    return w - lr * grad / (np.sqrt(new) + eps), new


def adadelta(w, grad, state, rho=0.95, eps=1e-6):
    s = average(state[0], grad**2, rho)
    step = np.sqrt(state[1] + eps) / np.sqrt(s + eps) * grad
    return w - step, (s, average(state[1], step**2, rho))
