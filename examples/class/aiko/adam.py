import numpy as np


def adam_init(w):
    return np.zeros(w.shape), np.zeros(w.shape), 0


def corrected(m, beta, t):
    return m / (1 - beta ** t)


def adam(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = state
    t += 1
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad * grad
    m_hat = corrected(m, beta1, t)
    v_hat = corrected(v, beta2, t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), (m, v, t)


def adam_path(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    points = [w]
    state = adam_init(w)
    for g in grads:
        w, state = adam(w, g, state, lr=lr, beta1=beta1, beta2=beta2, eps=eps)
        points.append(w)
    return np.array(points)
