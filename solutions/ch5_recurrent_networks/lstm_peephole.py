"""The LSTM with peepholes: one step, the sequence, and one step back."""

import numpy as np


def peephole_step(x, h, c, params):
    """One step of an LSTM whose gates see the cell: i and f the old one, o the new one.

    x: (N, n_in). h, c: (N, n_h), both states before the step.
    params: W_g (n_in, n_h), U_g (n_h, n_h), b_g (n_h,) for g = a, i, f, o, and p_g (n_h,) for g = i, f, o.
    Returns: (h_new, c_new), each (N, n_h).
    """
    _a, _i, _f, o, c_new = _parts(x, h, c, params)
    return o * np.tanh(c_new), c_new


def peephole_forward(x, h0, c0, params):
    """The cell read from left to right.

    x: (T, N, n_in). h0, c0: (N, n_h), the states before the first step. params: as in peephole_step.
    Returns: (hs, cs), each (T, N, n_h): the states after every step.
    """
    hs, cs = [], []
    h, c = h0, c0
    for x_t in x:
        h, c = peephole_step(x_t, h, c, params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs), np.stack(cs)


def peephole_step_backward(x, h, c, params, dh_new, dc_new):
    """The gradients of Σ dh_new ⊙ h_new + Σ dc_new ⊙ c_new for one step.

    x, h, c, params: as in peephole_step. dh_new, dc_new: (N, n_h), the upstream gradients of both new states.
    Returns: (dx, dh, dc, grads): the shapes of x, h and c, and a dict with the fifteen keys of params.
    """
    a, i, f, o, c_new = _parts(x, h, c, params)
    squashed = np.tanh(c_new)
    du = {"o": dh_new * squashed * o * (1 - o)}
    dc_all = dc_new + dh_new * o * (1 - squashed**2) + du["o"] * params["p_o"]
    du["a"] = dc_all * i * (1 - a**2)
    du["i"] = dc_all * a * i * (1 - i)
    du["f"] = dc_all * c * f * (1 - f)
    dx = sum(du[g] @ params["W_" + g].T for g in du)
    dh = sum(du[g] @ params["U_" + g].T for g in du)
    dc = dc_all * f + du["i"] * params["p_i"] + du["f"] * params["p_f"]
    grads = {"p_" + g: np.sum(du[g] * seen, axis=0) for g, seen in (("i", c), ("f", c), ("o", c_new))}
    for g in du:
        grads["W_" + g] = x.T @ du[g]
        grads["U_" + g] = h.T @ du[g]
        grads["b_" + g] = du[g].sum(axis=0)
    return dx, dh, dc, grads


def _parts(x, h, c, params):
    """The candidate a, the gates i, f, o and the new cell of one step, each (N, n_h)."""
    u = {g: x @ params["W_" + g] + h @ params["U_" + g] + params["b_" + g] for g in "aifo"}
    a = np.tanh(u["a"])
    i = _sigmoid(u["i"] + params["p_i"] * c)
    f = _sigmoid(u["f"] + params["p_f"] * c)
    c_new = f * c + i * a
    return a, i, f, _sigmoid(u["o"] + params["p_o"] * c_new), c_new


def _sigmoid(u):
    e = np.exp(-np.abs(u))  # never larger than 1, so that nothing overflows
    return np.where(u >= 0, 1.0, e) / (1.0 + e)
