import numpy as np


def adam_init(w):
    return np.zeros(w.shape), np.zeros(w.shape), 0


def corrected(m, beta, t):
    return m / (1 - beta**t)


def adam(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = (np.array(part) for part in state)
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    t = t + 1
    return w - lr * corrected(m, beta1, t) / (np.sqrt(corrected(v, beta2, t)) + eps), (m, v, t)


def adam_path(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    S = len(grads)
    if not S:
        return w.reshape(1, *w.shape)
    ages = np.arange(S)[:, None] - np.arange(S)[None, :]
    lower = ages >= 0
    powers = np.where(lower, ages, 0)
    m = np.einsum("ks,s...->k...", np.where(lower, (1 - beta1) * beta1**powers, 0.0), grads)
    v = np.einsum("ks,s...->k...", np.where(lower, (1 - beta2) * beta2**powers, 0.0), grads**2)
    t = np.arange(1, S + 1).reshape(-1, *[1] * w.ndim)
    steps = lr * corrected(m, beta1, t) / (np.sqrt(corrected(v, beta2, t)) + eps)
    return np.concatenate([w[None], w - np.cumsum(steps, axis=0)])
