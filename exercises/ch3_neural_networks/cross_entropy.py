"""Cross-entropy: from probabilities, from one score, from one score for each class."""

import numpy as np


def binary_cross_entropy(y, t):
    """The cross-entropy of probabilities and binary targets, mean over the batch.

    y: probabilities that t is 1, (N,), between 0 and 1, both included.
    t: targets, (N,), 0.0 or 1.0.
    Returns: a number, finite also where y is 0 or 1.
    """
    raise NotImplementedError("binary_cross_entropy: not written yet")


def binary_cross_entropy_grad(y, t):
    """The gradient of binary_cross_entropy with respect to the probabilities.

    y: probabilities, (N,). t: targets, (N,).
    Returns: (N,), finite also where y is 0 or 1.
    """
    raise NotImplementedError("binary_cross_entropy_grad: not written yet")


def binary_cross_entropy_logits(u, t):
    """The same loss from scores: y = σ(u), mean over the batch.

    u: scores (logits), (N,), any real numbers. t: targets, (N,), 0.0 or 1.0.
    Returns: a number, right and finite for large scores too.
    """
    raise NotImplementedError("binary_cross_entropy_logits: not written yet")


def binary_cross_entropy_logits_grad(u, t):
    """The gradient of binary_cross_entropy_logits with respect to the scores.

    u: scores, (N,). t: targets, (N,).
    Returns: (N,).
    """
    raise NotImplementedError("binary_cross_entropy_logits_grad: not written yet")


def softmax_cross_entropy(u, t):
    """The cross-entropy of softmax(u), sum over the classes, mean over the batch.

    u: scores (logits), (N, K), any real numbers. t: targets, (N, K), one-hot.
    Returns: a number, right and finite for large scores too.
    """
    raise NotImplementedError("softmax_cross_entropy: not written yet")


def softmax_cross_entropy_grad(u, t):
    """The gradient of softmax_cross_entropy with respect to the scores.

    u: scores, (N, K). t: targets, (N, K), one-hot.
    Returns: (N, K).
    """
    raise NotImplementedError("softmax_cross_entropy_grad: not written yet")
