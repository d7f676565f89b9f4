import numpy as np


def adam_init(w):
    return [np.zeros(w.shape), np.zeros(w.shape), 0]


def corrected(m, beta, t):
    return m * (1 / (1 - beta**t))


def adam(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = state
    t += 1
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad * grad
    root = np.sqrt(1 - beta2**t)
    return w - lr * root / (1 - beta1**t) * m / (np.sqrt(v) + eps * root), (m, v, t)


def adam_path(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    state = adam_init(w)
    path = np.empty((len(grads) + 1, *w.shape))
    path[0] = w
    for k, g in enumerate(grads):
        path[k + 1], state = adam(path[k], g, state, lr, beta1, beta2, eps)
    return path
