"""The LSTM with a forget gate: start, one step, the sequence, and both ways back."""

import numpy as np


def init_params(n_in, n_h, rng, forget_bias=1.0):
    """Parameters to start from: normal weights, zero biases but that of the forget gate.

    n_in, n_h: numbers of inputs and units. rng: numpy.random.Generator. forget_bias: every entry of b_f.
    Returns: a dict of W_g (n_in, n_h) with standard deviation 1/√n_in, U_g (n_h, n_h) with 1/√n_h and
    b_g (n_h,) for g = a, i, f, o.
    """
    params = {}
    for g in "aifo":
        params["W_" + g] = rng.normal(scale=1 / np.sqrt(n_in), size=(n_in, n_h))
        params["U_" + g] = rng.normal(scale=1 / np.sqrt(n_h), size=(n_h, n_h))
        params["b_" + g] = np.zeros(n_h)
    params["b_f"] += forget_bias
    return params


def lstm_step(x, h, c, params):
    """One step: c_new = f ⊙ c + i ⊙ a, h_new = o ⊙ tanh(c_new).

    x: (N, n_in). h, c: (N, n_h), both states before the step. params: as from init_params.
    Returns: (h_new, c_new), each (N, n_h).
    """
    a, i, f, o = _gates(x, h, params)
    c_new = f * c + i * a
    return o * np.tanh(c_new), c_new


def lstm_forward(x, h0, c0, params):
    """The LSTM read from left to right.

    x: (T, N, n_in). h0, c0: (N, n_h), the states before the first step. params: as from init_params.
    Returns: (hs, cs), each (T, N, n_h): the states after every step.
    """
    hs, cs = [], []
    h, c = h0, c0
    for x_t in x:
        h, c = lstm_step(x_t, h, c, params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs), np.stack(cs)


def lstm_step_backward(x, h, c, params, dh_new, dc_new):
    """The gradients of Σ dh_new ⊙ h_new + Σ dc_new ⊙ c_new for one step.

    x, h, c, params: as in lstm_step. dh_new, dc_new: (N, n_h), the upstream gradients of both new states.
    Returns: (dx, dh, dc, grads): the shapes of x, h and c, and a dict with the twelve keys of params.
    """
    a, i, f, o = _gates(x, h, params)
    squashed = np.tanh(f * c + i * a)
    dc_all = dc_new + dh_new * o * (1 - squashed**2)  # from the next cell, and through h_new
    du = {
        "a": dc_all * i * (1 - a**2),
        "i": dc_all * a * i * (1 - i),
        "f": dc_all * c * f * (1 - f),
        "o": dh_new * squashed * o * (1 - o),
    }
    dx = sum(du[g] @ params["W_" + g].T for g in du)
    dh = sum(du[g] @ params["U_" + g].T for g in du)
    grads = {}
    for g in du:
        grads["W_" + g] = x.T @ du[g]
        grads["U_" + g] = h.T @ du[g]
        grads["b_" + g] = du[g].sum(axis=0)
    return dx, dh, dc_all * f, grads


def lstm_backward(x, h0, c0, params, dhs):
    """The gradients of Σ dhs ⊙ hs, through all steps.

    x, h0, c0, params: as in lstm_forward. dhs: (T, N, n_h), the upstream gradient of every h.
    Returns: (dx, dh0, dc0, grads): the shapes of x, h0 and c0, and a dict with the twelve keys of params.
    """
    hs, cs = lstm_forward(x, h0, c0, params)
    dx = np.zeros(np.shape(x))
    dh, dc = np.zeros(np.shape(h0)), np.zeros(np.shape(c0))  # nothing comes back from after the last step
    grads = {key: np.zeros(np.shape(value)) for key, value in params.items()}
    for t in reversed(range(len(x))):
        h, c = (hs[t - 1], cs[t - 1]) if t > 0 else (h0, c0)
        dx[t], dh, dc, step = lstm_step_backward(x[t], h, c, params, dhs[t] + dh, dc)
        for key in grads:
            grads[key] += step[key]
    return dx, dh, dc, grads


def _gates(x, h, params):
    """The candidate a and the gates i, f, o of one step, each (N, n_h)."""
    u = {g: x @ params["W_" + g] + h @ params["U_" + g] + params["b_" + g] for g in "aifo"}
    return np.tanh(u["a"]), _sigmoid(u["i"]), _sigmoid(u["f"]), _sigmoid(u["o"])


def _sigmoid(u):
    e = np.exp(-np.abs(u))  # never larger than 1, so that nothing overflows
    return np.where(u >= 0, 1.0, e) / (1.0 + e)
