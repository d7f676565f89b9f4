import numpy as np

def adam_init(w):
    return (np.zeros_like(w), np.zeros_like(w), 0)

def corrected(m, beta, t):
    return m / (1 - beta ** t)

def adam(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = state
    t = t + 1
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad ** 2
    w = w - lr * corrected(m, beta1, t) / (np.sqrt(corrected(v, beta2, t) + eps)
    return w, (m, v, t)
