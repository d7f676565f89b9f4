"""The GRU: one step, the sequence, and both ways back."""

import numpy as np


def gru_step(x, h, params):
    """One step: h_new = z ⊙ h + (1 − z) ⊙ h̃, where h̃ sees r ⊙ h.

    x: (N, n_in). h: (N, n_h), the state before the step.
    params: W_g (n_in, n_h), U_g (n_h, n_h), b_g (n_h,) for g = r, z, h.
    Returns: (N, n_h), the state after it.
    """
    raise NotImplementedError("gru_step: not written yet")


def gru_forward(x, h0, params):
    """The GRU read from left to right.

    x: (T, N, n_in). h0: (N, n_h), the state before the first step. params: as in gru_step.
    Returns: (T, N, n_h), the states after every step.
    """
    raise NotImplementedError("gru_forward: not written yet")


def gru_step_backward(x, h, params, dh_new):
    """The gradients of Σ dh_new ⊙ h_new for one step.

    x, h, params: as in gru_step. dh_new: (N, n_h), the upstream gradient of the new state.
    Returns: (dx, dh, grads): the shapes of x and h, and a dict with the nine keys of params.
    """
    raise NotImplementedError("gru_step_backward: not written yet")


def gru_backward(x, h0, params, dhs):
    """The gradients of Σ dhs ⊙ hs, through all steps.

    x, h0, params: as in gru_forward. dhs: (T, N, n_h), the upstream gradient of every state.
    Returns: (dx, dh0, grads): the shapes of x and h0, and a dict with the nine keys of params.
    """
    raise NotImplementedError("gru_backward: not written yet")
