"""Adam: two moving averages, put right for their start at zero."""

import numpy as np


def adam_init(w):
    """The state before the first step: (m, v, t), zero averages and no step done.

    w: the parameters, any shape with at least one axis.
    Returns: (m, v, t): two arrays of w's shape, and a whole number.
    """
    raise NotImplementedError("adam_init: not written yet")


def corrected(m, beta, t):
    """An average without its start-up bias: m / (1 − beta^t).

    m: array or number. beta: from 0 to below 1. t: how many steps are in the average, at least 1.
    Returns: the shape of m.
    """
    raise NotImplementedError("corrected: not written yet")


def adam(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """One step of Adam.

    w, grad: parameters and the gradient there, one shape. state: (m, v, t) of the steps done so far.
    Returns: (new w, (new m, new v, new t)); the state holds the averages as they are, uncorrected.
    """
    raise NotImplementedError("adam: not written yet")


def adam_path(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """All points that Adam visits, from the fresh state, one gradient of grads after the other.

    w: any shape. grads: (S, *w.shape), S from 0 on.
    Returns: (S + 1, *w.shape): row 0 is w, row k is w after the first k gradients.
    """
    raise NotImplementedError("adam_path: not written yet")
