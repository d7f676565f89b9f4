"""Cross-entropy: from probabilities, from one score, from one score for each class."""

import numpy as np

EPSILON = 1e-12  # a probability is kept this far from 0 and 1, so that no logarithm meets 0


def _sigmoid(u):
    e = np.exp(-np.abs(u))
    return np.where(u >= 0, 1.0, e) / (1.0 + e)


def _log_softmax(u):
    shifted = u - u.max(axis=1, keepdims=True)  # the largest score of a row becomes 0: no exponential overflows
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def binary_cross_entropy(y, t):
    """The cross-entropy of probabilities and binary targets, mean over the batch.

    y: probabilities that t is 1, (N,), between 0 and 1, both included.
    t: targets, (N,), 0.0 or 1.0.
    Returns: a number, finite also where y is 0 or 1.
    """
    y = np.clip(y, EPSILON, 1.0 - EPSILON)  # a new array: the caller's y stays as it was
    return -np.mean(t * np.log(y) + (1.0 - t) * np.log(1.0 - y))


def binary_cross_entropy_grad(y, t):
    """The gradient of binary_cross_entropy with respect to the probabilities.

    y: probabilities, (N,). t: targets, (N,).
    Returns: (N,), finite also where y is 0 or 1.
    """
    y = np.clip(y, EPSILON, 1.0 - EPSILON)
    return (y - t) / (y * (1.0 - y)) / len(y)


def binary_cross_entropy_logits(u, t):
    """The same loss from scores: y = σ(u), mean over the batch.

    u: scores (logits), (N,), any real numbers. t: targets, (N,), 0.0 or 1.0.
    Returns: a number, right and finite for large scores too.
    """
    # log(1 + e^u) = max(u, 0) + log(1 + e^(−|u|)): the exponent is never positive
    return np.mean(np.maximum(u, 0.0) - u * t + np.log1p(np.exp(-np.abs(u))))


def binary_cross_entropy_logits_grad(u, t):
    """The gradient of binary_cross_entropy_logits with respect to the scores.

    u: scores, (N,). t: targets, (N,).
    Returns: (N,).
    """
    return (_sigmoid(u) - t) / len(u)


def softmax_cross_entropy(u, t):
    """The cross-entropy of softmax(u), sum over the classes, mean over the batch.

    u: scores (logits), (N, K), any real numbers. t: targets, (N, K), one-hot.
    Returns: a number, right and finite for large scores too.
    """
    return -np.sum(t * _log_softmax(u)) / len(u)


def softmax_cross_entropy_grad(u, t):
    """The gradient of softmax_cross_entropy with respect to the scores.

    u: scores, (N, K). t: targets, (N, K), one-hot.
    Returns: (N, K).
    """
    return (np.exp(_log_softmax(u)) - t) / len(u)
