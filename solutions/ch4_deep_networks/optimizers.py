"""Five ways to step: momentum, Nesterov's momentum, AdaGrad, RMSprop and AdaDelta."""

import numpy as np


def momentum(w, grad, v, lr, mu=0.9):
    """One step with a velocity that remembers a direction.

    w, grad, v: parameters, the gradient there, and the velocity so far (zeros at the start); one shape, any.
    Returns: (new w, new v).
    """
    v = mu * v - lr * grad
    return w + v, v


def nesterov(w, grad, v, lr, mu=0.9):
    """One step of Nesterov's momentum, written for the point ahead, at which the gradient is taken.

    w, grad, v: as for momentum.
    Returns: (new w, new v).
    """
    v = mu * v - lr * grad
    return w + mu * v - lr * grad, v


def adagrad(w, grad, s, lr, eps=1e-8):
    """One step whose rate, weight by weight, falls with all the gradient seen so far.

    w, grad, s: parameters, the gradient there, and the sum of squares so far; one shape, any. eps: outside the root.
    Returns: (new w, new s).
    """
    s = s + grad**2
    return w - lr * grad / (np.sqrt(s) + eps), s


def rmsprop(w, grad, s, lr, rho=0.9, eps=1e-8):
    """One step whose rate, weight by weight, follows a moving average of squared gradients.

    w, grad, s: parameters, the gradient there, and the average so far; one shape, any. eps: outside the root.
    Returns: (new w, new s).
    """
    s = rho * s + (1 - rho) * grad**2
    return w - lr * grad / (np.sqrt(s) + eps), s


def adadelta(w, grad, state, rho=0.95, eps=1e-6):
    """One step without a rate: the size of the last steps takes its place.

    w, grad: parameters and the gradient there. state: (s, u), the averages of squared gradients and of squared steps
    so far. All of one shape, any. eps: inside both roots.
    Returns: (new w, (new s, new u)).
    """
    s, u = state
    s = rho * s + (1 - rho) * grad**2
    d = -np.sqrt(u + eps) / np.sqrt(s + eps) * grad
    u = rho * u + (1 - rho) * d**2
    return w + d, (s, u)
