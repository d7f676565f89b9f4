"""Columns as in the book, one example at a time, np.outer; the way back by recursion."""
import numpy as np


def one(x, h, p):
    pre = lambda g, s: p["W_" + g].T @ x + p["U_" + g].T @ s + p["b_" + g]
    v_r, v_z = pre("r", h), pre("z", h)
    r, z = 1 / (1 + np.exp(-v_r)), 1 / (1 + np.exp(-v_z))
    n = np.tanh(pre("h", r * h))
    return r, z, n, z * h + (1 - z) * n


def gru_step(x, h, params):
    return np.array([one(x[k], h[k], params)[3] for k in range(len(x))])


def gru_forward(x, h0, params):
    out = np.zeros((x.shape[0], x.shape[1], h0.shape[1]))
    for k in range(x.shape[1]):
        h = h0[k]
        for t in range(x.shape[0]):
            out[t, k] = h = one(x[t, k], h, params)[3]
    return out


def gru_step_backward(x, h, params, dh_new):
    dx, dh = np.zeros(x.shape), np.zeros(h.shape)
    grads = {key: np.zeros(value.shape) for key, value in params.items()}
    for k in range(len(x)):
        r, z, n, _ = one(x[k], h[k], params)
        d = dh_new[k]
        e_h = d * (1 - z) * (1 - n * n)
        s = params["U_h"] @ e_h
        e_r, e_z = s * h[k] * r * (1 - r), d * (h[k] - n) * z * (1 - z)
        for g, e, state in (("r", e_r, h[k]), ("z", e_z, h[k]), ("h", e_h, r * h[k])):
            dx[k] += params["W_" + g] @ e
            grads["W_" + g] += np.outer(x[k], e)
            grads["U_" + g] += np.outer(state, e)
            grads["b_" + g] += e
        dh[k] = d * z + s * r + params["U_r"] @ e_r + params["U_z"] @ e_z
    return dx, dh, grads


def gru_backward(x, h0, params, dhs):
    if not len(x):
        return np.zeros(x.shape), np.zeros(h0.shape), {key: np.zeros(value.shape) for key, value in params.items()}
    rest, dh, later = gru_backward(x[1:], gru_step(x[0], h0, params), params, dhs[1:])
    dx, dh, first = gru_step_backward(x[0], h0, params, dhs[0] + dh)
    return np.vstack([dx[None], rest]), dh, {key: first[key] + later[key] for key in first}
