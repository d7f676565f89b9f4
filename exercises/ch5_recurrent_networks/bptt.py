"""Backpropagation through time: one set of weights, used at every step, collects the error of all steps."""

import numpy as np


def rnn_forward(x, h0, params):
    """The RNN read from left to right: h_t = tanh(x_t W + h_{t−1} U + b), y_t = h_t V + c.

    x: (T, N, n_in). h0: (N, n_h), the state before the first step.
    params: W (n_in, n_h), U (n_h, n_h), b (n_h,), V (n_h, n_out), c (n_out,).
    Returns: (hs, ys): (T, N, n_h) and (T, N, n_out); hs[t] is the state after x[t] was read.
    """
    raise NotImplementedError("rnn_forward: not written yet")


def loss(x, h0, params, t):
    """The squared error of the last output alone: (1/N) Σ_n Σ_k ½ (y_nk − t_nk)².

    x, h0, params: as in rnn_forward. t: (N, n_out), what the last output should be.
    Returns: a number.
    """
    raise NotImplementedError("loss: not written yet")


def rnn_backward(x, h0, params, dys):
    """The gradients of Σ dys ⊙ ys, through all steps.

    x, h0, params: as in rnn_forward. dys: (T, N, n_out), the upstream gradient of every output.
    Returns: (dx, dh0, grads): the shapes of x and h0, and a dict with the keys W, U, b, V, c.
    """
    raise NotImplementedError("rnn_backward: not written yet")


def gradients(x, h0, params, t):
    """The gradients of loss with respect to the start state and the parameters.

    x, h0, params, t: as in loss.
    Returns: (dh0, grads): the shape of h0, and a dict with the keys W, U, b, V, c.
    """
    raise NotImplementedError("gradients: not written yet")


def truncated_bptt(x, h0, params, dys, tau):
    """The parameters' gradients where the error of each output goes back over U at most tau times.

    x, h0, params, dys: as in rnn_backward. tau: a whole number from 0 on.
    Returns: a dict with the keys W, U, b, V, c.
    """
    raise NotImplementedError("truncated_bptt: not written yet")
