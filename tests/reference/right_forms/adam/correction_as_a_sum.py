import numpy as np


def adam_init(w):
    zeros = np.zeros_like(w)
    return zeros, zeros.copy(), np.int64(0)


def corrected(m, beta, t):
    if t > 10**5:
        return m / (1 - beta**t)
    return m / ((1 - beta) * sum(beta**k for k in range(t)))


def adam(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    (m, v, t), one = state, 1
    m, v, t = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * np.square(grad), t + one
    return w - np.multiply(lr, corrected(m, beta1, t)) / np.add(np.sqrt(corrected(v, beta2, t)), eps), (m, v, t)


def adam_path(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v = np.zeros_like(w), np.zeros_like(w)
    path = w[np.newaxis].copy()
    for t in range(1, grads.shape[0] + 1):
        m = beta1 * m + (1 - beta1) * grads[t - 1]
        v = beta2 * v + (1 - beta2) * grads[t - 1] ** 2
        w = w - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
        path = np.concatenate([path, w[np.newaxis]])
    return path
