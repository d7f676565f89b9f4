import math

import numpy as np


def adam_init(w):
    return np.zeros(w.shape), np.zeros(w.shape), 0


def corrected(m, beta, t):
    return m / (1.0 - math.pow(beta, t))


def adam(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = state
    new_w, new_m, new_v = np.empty(w.shape), np.empty(w.shape), np.empty(w.shape)
    for k in np.ndindex(w.shape):
        new_m[k] = beta1 * m[k] + (1 - beta1) * grad[k]
        new_v[k] = beta2 * v[k] + (1 - beta2) * grad[k] ** 2
        top, bottom = corrected(new_m[k], beta1, t + 1), math.sqrt(corrected(new_v[k], beta2, t + 1))
        new_w[k] = w[k] - lr * top / (bottom + eps)
    return new_w, (new_m, new_v, float(t + 1))


def adam_path(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    path = np.zeros((grads.shape[0] + 1,) + w.shape)
    path[0] = w
    m, v, t = adam_init(w)
    for g in grads:
        w, (m, v, t) = adam(w, g, (m, v, int(t)), lr=lr, beta1=beta1, beta2=beta2, eps=eps)
        path[int(t)] = w
    return path
