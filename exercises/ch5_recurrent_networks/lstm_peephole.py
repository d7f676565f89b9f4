"""The LSTM with peepholes: one step, the sequence, and one step back."""

import numpy as np


def peephole_step(x, h, c, params):
    """One step of an LSTM whose gates see the cell: i and f the old one, o the new one.

    x: (N, n_in). h, c: (N, n_h), both states before the step.
    params: W_g (n_in, n_h), U_g (n_h, n_h), b_g (n_h,) for g = a, i, f, o, and p_g (n_h,) for g = i, f, o.
    Returns: (h_new, c_new), each (N, n_h).
    """
    raise NotImplementedError("peephole_step: not written yet")


def peephole_forward(x, h0, c0, params):
    """The cell read from left to right.

    x: (T, N, n_in). h0, c0: (N, n_h), the states before the first step. params: as in peephole_step.
    Returns: (hs, cs), each (T, N, n_h): the states after every step.
    """
    raise NotImplementedError("peephole_forward: not written yet")


def peephole_step_backward(x, h, c, params, dh_new, dc_new):
    """The gradients of Σ dh_new ⊙ h_new + Σ dc_new ⊙ c_new for one step.

    x, h, c, params: as in peephole_step. dh_new, dc_new: (N, n_h), the upstream gradients of both new states.
    Returns: (dx, dh, dc, grads): the shapes of x, h and c, and a dict with the fifteen keys of params.
    """
    raise NotImplementedError("peephole_step_backward: not written yet")
