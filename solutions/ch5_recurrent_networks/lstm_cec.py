"""The constant error carousel with input and output gate: the LSTM of 1997, and a memory set by hand."""

import numpy as np


def cec_step(x, h, c, params):
    """One step: c_new = c + i ⊙ a, h_new = o ⊙ tanh(c_new).

    x: (N, n_in). h, c: (N, n_h), both states before the step.
    params: W_g (n_in, n_h), U_g (n_h, n_h), b_g (n_h,) for g = a, i, o.
    Returns: (h_new, c_new), each (N, n_h).
    """
    a, i, o = _gates(x, h, params)
    c_new = c + i * a
    return o * np.tanh(c_new), c_new


def cec_forward(x, h0, c0, params):
    """The cell read from left to right.

    x: (T, N, n_in). h0, c0: (N, n_h), the states before the first step. params: as in cec_step.
    Returns: (hs, cs), each (T, N, n_h): the states after every step.
    """
    hs, cs = [], []
    h, c = h0, c0
    for x_t in x:
        h, c = cec_step(x_t, h, c, params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs), np.stack(cs)


def cec_step_backward(x, h, c, params, dh_new, dc_new):
    """The gradients of Σ dh_new ⊙ h_new + Σ dc_new ⊙ c_new for one step; nothing is cut.

    x, h, c, params: as in cec_step. dh_new, dc_new: (N, n_h), the upstream gradients of both new states.
    Returns: (dx, dh, dc, grads): the shapes of x, h and c, and a dict with the nine keys of params.
    """
    a, i, o = _gates(x, h, params)
    squashed = np.tanh(c + i * a)
    dc = dc_new + dh_new * o * (1 - squashed**2)  # from the next cell, and through h_new
    du = {"a": dc * i * (1 - a**2), "i": dc * a * i * (1 - i), "o": dh_new * squashed * o * (1 - o)}
    dx = sum(du[g] @ params["W_" + g].T for g in du)
    dh = sum(du[g] @ params["U_" + g].T for g in du)
    grads = {}
    for g in du:
        grads["W_" + g] = x.T @ du[g]
        grads["U_" + g] = h.T @ du[g]
        grads["b_" + g] = du[g].sum(axis=0)
    return dx, dh, dc, grads


def latch_params(gain):
    """Parameters for n_in = 2, n_h = 1 that store the signal (input 0) where the marker (input 1) is 1.

    gain: a number above 0; the larger, the more firmly the gates are open or shut.
    Returns: the nine arrays of cec_step: weights (2, 1) and (1, 1), biases (1,).
    """
    params = {"U_" + g: np.zeros((1, 1)) for g in "aio"}
    params["W_a"], params["b_a"] = np.array([[1.0], [0.0]]), np.zeros(1)
    params["W_i"], params["b_i"] = np.array([[0.0], [2.0 * gain]]), np.array([-1.0 * gain])
    params["W_o"], params["b_o"] = np.zeros((2, 1)), np.array([1.0 * gain])
    return params


def _gates(x, h, params):
    """The candidate a and the gates i and o of one step, each (N, n_h)."""
    u = {g: x @ params["W_" + g] + h @ params["U_" + g] + params["b_" + g] for g in "aio"}
    return np.tanh(u["a"]), _sigmoid(u["i"]), _sigmoid(u["o"])


def _sigmoid(u):
    e = np.exp(-np.abs(u))  # never larger than 1, so that nothing overflows
    return np.where(u >= 0, 1.0, e) / (1.0 + e)
