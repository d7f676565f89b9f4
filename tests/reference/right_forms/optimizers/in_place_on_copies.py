"""Every change in place, on copies of what came."""

import numpy as np


def momentum(w, grad, v, lr, mu=0.9):
    w, v = w.copy(), v.copy()
    v *= mu
    v -= lr * grad
    w += v
    return w, v


def nesterov(w, grad, v, lr, mu=0.9):
    ahead, v = momentum(w, grad, v, lr, mu)
    return momentum(ahead - v, grad, v, lr, mu)[0], v  # a momentum step of the new velocity


def adagrad(w, grad, s, lr, eps=1e-8):
    w, s = np.array(w), np.array(s)
    s += grad**2
    w -= lr * grad / (np.sqrt(s) + eps)
    return w, s


def rmsprop(w, grad, s, lr, rho=0.9, eps=1e-8):
    s = s.copy()
    s *= rho
    s += (1 - rho) * grad**2
    return w - lr * grad / (np.sqrt(s) + eps), s


def adadelta(w, grad, state, rho=0.95, eps=1e-6):
    s, u = (part.copy() for part in state)
    s *= rho
    s += (1 - rho) * grad**2
    d = np.sqrt(u + eps)
    d /= np.sqrt(s + eps)
    d *= -grad
    u *= rho
    u += (1 - rho) * d**2
    return w + d, (s, u)
