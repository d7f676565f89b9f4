"""The constant error carousel with input and output gate: the LSTM of 1997, and a memory set by hand."""

import numpy as np


def cec_step(x, h, c, params):
    """One step: c_new = c + i ⊙ a, h_new = o ⊙ tanh(c_new).

    x: (N, n_in). h, c: (N, n_h), both states before the step.
    params: W_g (n_in, n_h), U_g (n_h, n_h), b_g (n_h,) for g = a, i, o.
    Returns: (h_new, c_new), each (N, n_h).
    """
    raise NotImplementedError("cec_step: not written yet")


def cec_forward(x, h0, c0, params):
    """The cell read from left to right.

    x: (T, N, n_in). h0, c0: (N, n_h), the states before the first step. params: as in cec_step.
    Returns: (hs, cs), each (T, N, n_h): the states after every step.
    """
    raise NotImplementedError("cec_forward: not written yet")


def cec_step_backward(x, h, c, params, dh_new, dc_new):
    """The gradients of Σ dh_new ⊙ h_new + Σ dc_new ⊙ c_new for one step; nothing is cut.

    x, h, c, params: as in cec_step. dh_new, dc_new: (N, n_h), the upstream gradients of both new states.
    Returns: (dx, dh, dc, grads): the shapes of x, h and c, and a dict with the nine keys of params.
    """
    raise NotImplementedError("cec_step_backward: not written yet")


def latch_params(gain):
    """Parameters for n_in = 2, n_h = 1 that store the signal (input 0) where the marker (input 1) is 1.

    gain: a number above 0; the larger, the more firmly the gates are open or shut.
    Returns: the nine arrays of cec_step: weights (2, 1) and (1, 1), biases (1,).
    """
    raise NotImplementedError("latch_params: not written yet")
