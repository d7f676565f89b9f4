import numpy as np


def adam_init(w):
    return w * 0, w * 0, 0


def corrected(m, beta, t):
    return m / -np.expm1(t * np.log(beta)) if beta > 0 else m / 1.0


def adam(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = state
    m = m + (1 - beta1) * (grad - m)
    v = v + (1 - beta2) * (grad**2 - v)
    step = lr * corrected(m, beta1, t + 1) / (corrected(v, beta2, t + 1) ** 0.5 + eps)
    return [w - step, [m, v, t + 1]]


def adam_path(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    points = [w]
    for k in range(1, len(grads) + 1):
        share1 = beta1 ** np.arange(k - 1, -1, -1.0)
        share2 = beta2 ** np.arange(k - 1, -1, -1.0)
        m = np.tensordot(share1 / share1.sum(), grads[:k], 1)
        v = np.tensordot(share2 / share2.sum(), grads[:k] ** 2, 1)
        points.append(points[-1] - lr * m / (np.sqrt(v) + eps))
    return np.array(points)
