"""The simple RNN: one step, the whole sequence, and one step back."""

import numpy as np


def rnn_step(x, h, params):
    """The new hidden state tanh(x W + h U + b).

    x: (N, n_in), the input of this step. h: (N, n_h), the state before it.
    params: W (n_in, n_h), U (n_h, n_h), b (n_h,); may hold V and c as well.
    Returns: (N, n_h), the state after it.
    """
    raise NotImplementedError("rnn_step: not written yet")


def rnn_forward(x, h0, params):
    """The RNN read from left to right, with a linear output y_t = h_t V + c at every step.

    x: (T, N, n_in). h0: (N, n_h), the state before the first step.
    params: W (n_in, n_h), U (n_h, n_h), b (n_h,), V (n_h, n_out), c (n_out,).
    Returns: (hs, ys): (T, N, n_h) and (T, N, n_out); hs[t] is the state after x[t] was read.
    """
    raise NotImplementedError("rnn_forward: not written yet")


def rnn_step_backward(x, h, params, dh_new):
    """The gradients of Σ dh_new ⊙ h_new for one step.

    x, h, params: as in rnn_step. dh_new: (N, n_h), the upstream gradient of the new state.
    Returns: (dx, dh, grads): the shapes of x and h, and a dict with the keys W, U, b.
    """
    raise NotImplementedError("rnn_step_backward: not written yet")
