"""The GRU: one step, the sequence, and both ways back."""

import numpy as np


def gru_step(x, h, params):
    """One step: h_new = z ⊙ h + (1 − z) ⊙ h̃, where h̃ sees r ⊙ h.

    x: (N, n_in). h: (N, n_h), the state before the step.
    params: W_g (n_in, n_h), U_g (n_h, n_h), b_g (n_h,) for g = r, z, h.
    Returns: (N, n_h), the state after it.
    """
    _r, z, candidate = _gates(x, h, params)
    return z * h + (1 - z) * candidate


def gru_forward(x, h0, params):
    """The GRU read from left to right.

    x: (T, N, n_in). h0: (N, n_h), the state before the first step. params: as in gru_step.
    Returns: (T, N, n_h), the states after every step.
    """
    hs = []
    h = h0
    for x_t in x:
        h = gru_step(x_t, h, params)
        hs.append(h)
    return np.stack(hs)


def gru_step_backward(x, h, params, dh_new):
    """The gradients of Σ dh_new ⊙ h_new for one step.

    x, h, params: as in gru_step. dh_new: (N, n_h), the upstream gradient of the new state.
    Returns: (dx, dh, grads): the shapes of x and h, and a dict with the nine keys of params.
    """
    r, z, candidate = _gates(x, h, params)
    du = {"h": dh_new * (1 - z) * (1 - candidate**2), "z": dh_new * (h - candidate) * z * (1 - z)}
    drh = du["h"] @ params["U_h"].T  # the error at r ⊙ h, which U_h reads
    du["r"] = drh * h * r * (1 - r)
    dx = sum(du[g] @ params["W_" + g].T for g in du)
    dh = dh_new * z + drh * r + du["r"] @ params["U_r"].T + du["z"] @ params["U_z"].T
    read = {"r": h, "z": h, "h": r * h}
    grads = {}
    for g in du:
        grads["W_" + g] = x.T @ du[g]
        grads["U_" + g] = read[g].T @ du[g]
        grads["b_" + g] = du[g].sum(axis=0)
    return dx, dh, grads


def gru_backward(x, h0, params, dhs):
    """The gradients of Σ dhs ⊙ hs, through all steps.

    x, h0, params: as in gru_forward. dhs: (T, N, n_h), the upstream gradient of every state.
    Returns: (dx, dh0, grads): the shapes of x and h0, and a dict with the nine keys of params.
    """
    hs = gru_forward(x, h0, params)
    dx, dh = np.zeros(np.shape(x)), np.zeros(np.shape(h0))  # nothing comes back from after the last step
    grads = {key: np.zeros(np.shape(value)) for key, value in params.items()}
    for t in reversed(range(len(x))):
        dx[t], dh, step = gru_step_backward(x[t], hs[t - 1] if t > 0 else h0, params, dhs[t] + dh)
        for key in grads:
            grads[key] += step[key]
    return dx, dh, grads


def _gates(x, h, params):
    """The gates r and z and the candidate of one step, each (N, n_h)."""

    def u(g, state):
        return x @ params["W_" + g] + state @ params["U_" + g] + params["b_" + g]

    r, z = _sigmoid(u("r", h)), _sigmoid(u("z", h))
    return r, z, np.tanh(u("h", r * h))


def _sigmoid(u):
    e = np.exp(-np.abs(u))  # never larger than 1, so that nothing overflows
    return np.where(u >= 0, 1.0, e) / (1.0 + e)
