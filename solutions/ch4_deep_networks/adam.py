"""Adam: two moving averages, put right for their start at zero."""

import numpy as np


def adam_init(w):
    """The state before the first step: (m, v, t), zero averages and no step done.

    w: the parameters, any shape with at least one axis.
    Returns: (m, v, t): two arrays of w's shape, and a whole number.
    """
    return np.zeros_like(w), np.zeros_like(w), 0


def corrected(m, beta, t):
    """An average without its start-up bias: m / (1 − beta^t).

    m: array or number. beta: from 0 to below 1. t: how many steps are in the average, at least 1.
    Returns: the shape of m.
    """
    return m / (1 - beta**t)


def adam(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """One step of Adam.

    w, grad: parameters and the gradient there, one shape. state: (m, v, t) of the steps done so far.
    Returns: (new w, (new m, new v, new t)); the state holds the averages as they are, uncorrected.
    """
    m, v, t = state
    t = t + 1
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    step = lr * corrected(m, beta1, t) / (np.sqrt(corrected(v, beta2, t)) + eps)
    return w - step, (m, v, t)


def adam_path(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """All points that Adam visits, from the fresh state, one gradient of grads after the other.

    w: any shape. grads: (S, *w.shape), S from 0 on.
    Returns: (S + 1, *w.shape): row 0 is w, row k is w after the first k gradients.
    """
    path = [w]
    state = adam_init(w)
    for grad in grads:
        w, state = adam(w, grad, state, lr, beta1, beta2, eps)
        path.append(w)
    return np.stack(path)
