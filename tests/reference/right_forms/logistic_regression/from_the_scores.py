import numpy as np


def predict_proba(x, w, b):
    return 0.5 * (1 + np.tanh((np.dot(x, w) + b) / 2))


def likelihood(x, t, w, b):
    return np.exp(log_likelihood(x, t, w, b))


def log_likelihood(x, t, w, b):
    u = np.dot(x, w) + b
    return np.array((t * u - np.logaddexp(0, u)).sum())


def log_likelihood_gradients(x, t, w, b):
    d = t - predict_proba(x, w, b)
    return [np.einsum("ij,i->j", x, d), d.sum()]


def gradient_descent(x, t, w, b, lr, steps):
    w = w.copy()
    losses = np.empty(steps + 1)
    for k in range(steps):
        losses[k] = -log_likelihood(x, t, w, b) / len(t)
        dw, db = log_likelihood_gradients(x, t, w, b)
        w += lr / len(t) * dw
        b += lr / len(t) * db
    losses[steps] = -log_likelihood(x, t, w, b) / len(t)
    return [w, b, losses]
