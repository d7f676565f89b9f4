"""Batch normalization: forward, backward through the batch's own statistics, and the averages for prediction."""

import numpy as np


def batch_norm_forward(x, gamma, beta, eps=1e-5):
    """Normalise every column by this batch's mean and variance, then scale and shift it.

    x: (N, D). gamma, beta: (D,). The variance has the divisor N; eps stands inside the root.
    Returns: (N, D).
    """
    raise NotImplementedError("batch_norm_forward: not written yet")


def batch_norm_backward(x, gamma, beta, dy, eps=1e-5):
    """The gradients of Σ(y ∘ dy), y being what batch_norm_forward returns; the statistics depend on x too.

    x, dy: (N, D). gamma, beta: (D,).
    Returns: (dx, dgamma, dbeta), of the shapes of x, gamma and beta.
    """
    raise NotImplementedError("batch_norm_backward: not written yet")


def update_running(mean, var, x, momentum=0.9):
    """The running statistics after one more batch: momentum · old + (1 − momentum) · this batch's.

    mean, var: (D,). x: (N, D), whose variance has the divisor N.
    Returns: (new mean, new var), each (D,).
    """
    raise NotImplementedError("update_running: not written yet")


def batch_norm_inference(x, gamma, beta, mean, var, eps=1e-5):
    """Normalise by given statistics, not by those of x, then scale and shift.

    x: (N, D). gamma, beta, mean, var: (D,).
    Returns: (N, D).
    """
    raise NotImplementedError("batch_norm_inference: not written yet")
