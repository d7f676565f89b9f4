import numpy as np


def corrected(average, decay, steps):
    return average / (1 - decay**steps)


def adam_init(weights):
    return (np.full(weights.shape, 0.0), np.full(weights.shape, 0.0), 0)


def adam(weights, gradient, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m = state[0] * beta1 + gradient - beta1 * gradient
    v = state[1] * beta2 + gradient**2 - beta2 * gradient**2
    t = 1 + state[2]
    return weights - lr / (corrected(v, beta2, t) ** 0.5 + eps) * corrected(m, beta1, t), (m, v, t)


def adam_path(weights, gradients, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, state=None):
    state = adam_init(weights) if state is None else state
    if len(gradients) == 0:
        return weights[None]
    following, state = adam(weights, gradients[0], state, lr, beta1, beta2, eps)
    return np.concatenate([weights[None], adam_path(following, gradients[1:], lr, beta1, beta2, eps, state)])
