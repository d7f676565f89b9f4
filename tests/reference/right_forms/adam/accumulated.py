from itertools import accumulate

import numpy as np


def adam_init(w):
    return tuple(np.zeros((2, *w.shape))) + (0,)


def corrected(m, beta, t):
    return m / (1 - beta**t)


def adam(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state[2] + 1
    m = np.average([state[0], grad], axis=0, weights=[beta1, 1 - beta1])
    v = np.average([state[1], grad**2], axis=0, weights=[beta2, 1 - beta2])
    m_hat, v_hat = corrected(m, beta1, t), corrected(v, beta2, t)
    return w + -lr * m_hat / (eps + np.sqrt(v_hat)), (m, v, t)


def adam_path(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    def step(at, g):
        return adam(at[0], g, at[1], lr, beta1, beta2, eps)

    return np.stack([at[0] for at in accumulate(grads, step, initial=(w, adam_init(w)))])
