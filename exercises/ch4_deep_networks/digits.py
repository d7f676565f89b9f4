"""A deep network with batch normalization and dropout, trained by Adam until it reads digits.

Keys of params, for sizes [n0, ..., nL]: W1 ... WL (n_{l−1}, n_l), gamma1, beta1 ... gamma{L−1}, beta{L−1} (n_l,),
and b{L} (n_L,). A hidden layer is relu(batch norm of h @ W) ∘ mask; the last one softmax(h @ W + b).
"""

import numpy as np


def init_params(sizes, rng):
    """Where training starts: He's normal weights, gammas 1, betas and the last bias 0.

    sizes: [n0, ..., nL], L >= 2. rng: numpy.random.Generator.
    Returns: dict of params.
    """
    raise NotImplementedError("init_params: not written yet")


def loss(params, x, t, masks):
    """The mean cross-entropy of a batch, with this batch's statistics and these masks.

    params: dict. x: (N, n0). t: (N, nL), one-hot. masks: list of L − 1 arrays (N, n_l), entries 0 or 1/(1 − p).
    Returns: a number.
    """
    raise NotImplementedError("loss: not written yet")


def gradients(params, x, t, masks):
    """The gradients of that loss.

    params, x, t, masks: as for loss.
    Returns: dict with the keys of params.
    """
    raise NotImplementedError("gradients: not written yet")


def predict(params, stats, x):
    """The probabilities of the classes, with given statistics in the place of the batch's, and without dropout.

    stats: list of L − 1 pairs (mean, var), each (n_l,). x: (N, n0).
    Returns: (N, nL), rows that add up to 1.
    """
    raise NotImplementedError("predict: not written yet")


def train(x, t, sizes, rng, epochs, batch, lr, p):
    """Train with mini-batches in a new order every epoch, new dropout masks every step, and Adam.

    x: (N, n0). t: (N, nL), one-hot. N is a multiple of batch. lr: the rate of Adam. p: the probability to be dropped.
    Returns: (params, stats, losses): stats ready for predict, losses (epochs,) the mean of each epoch's batch losses.
    """
    raise NotImplementedError("train: not written yet")
