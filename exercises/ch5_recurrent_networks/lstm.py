"""The LSTM with a forget gate: start, one step, the sequence, and both ways back."""

import numpy as np


def init_params(n_in, n_h, rng, forget_bias=1.0):
    """Parameters to start from: normal weights, zero biases but that of the forget gate.

    n_in, n_h: numbers of inputs and units. rng: numpy.random.Generator. forget_bias: every entry of b_f.
    Returns: a dict of W_g (n_in, n_h) with standard deviation 1/√n_in, U_g (n_h, n_h) with 1/√n_h and
    b_g (n_h,) for g = a, i, f, o.
    """
    raise NotImplementedError("init_params: not written yet")


def lstm_step(x, h, c, params):
    """One step: c_new = f ⊙ c + i ⊙ a, h_new = o ⊙ tanh(c_new).

    x: (N, n_in). h, c: (N, n_h), both states before the step. params: as from init_params.
    Returns: (h_new, c_new), each (N, n_h).
    """
    raise NotImplementedError("lstm_step: not written yet")


def lstm_forward(x, h0, c0, params):
    """The LSTM read from left to right.

    x: (T, N, n_in). h0, c0: (N, n_h), the states before the first step. params: as from init_params.
    Returns: (hs, cs), each (T, N, n_h): the states after every step.
    """
    raise NotImplementedError("lstm_forward: not written yet")


def lstm_step_backward(x, h, c, params, dh_new, dc_new):
    """The gradients of Σ dh_new ⊙ h_new + Σ dc_new ⊙ c_new for one step.

    x, h, c, params: as in lstm_step. dh_new, dc_new: (N, n_h), the upstream gradients of both new states.
    Returns: (dx, dh, dc, grads): the shapes of x, h and c, and a dict with the twelve keys of params.
    """
    raise NotImplementedError("lstm_step_backward: not written yet")


def lstm_backward(x, h0, c0, params, dhs):
    """The gradients of Σ dhs ⊙ hs, through all steps.

    x, h0, c0, params: as in lstm_forward. dhs: (T, N, n_h), the upstream gradient of every h.
    Returns: (dx, dh0, dc0, grads): the shapes of x, h0 and c0, and a dict with the twelve keys of params.
    """
    raise NotImplementedError("lstm_backward: not written yet")
