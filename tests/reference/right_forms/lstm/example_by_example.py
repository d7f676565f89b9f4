"""Columns as in the book: one example at a time, np.outer, transposes at the door."""
import math

import numpy as np


def init_params(n_in, n_h, rng, forget_bias=1.0):
    p = {}
    for g in "aifo":
        p["W_" + g] = np.array([[rng.normal() for _ in range(n_h)] for _ in range(n_in)]) / math.sqrt(n_in)
        p["U_" + g] = rng.normal(size=n_h * n_h).reshape(n_h, n_h) / math.sqrt(n_h)
        p["b_" + g] = forget_bias * np.ones(n_h) if g == "f" else 0 * np.ones(n_h)
    return p


def sigma(v):
    out = np.empty_like(v)
    right = v >= 0
    out[right] = 1 / (1 + np.exp(-v[right]))
    e = np.exp(v[~right])
    out[~right] = e / (1 + e)
    return out


def one(x, h, c, p):
    u = {g: p["W_" + g].T @ x + p["U_" + g].T @ h + p["b_" + g] for g in "aifo"}
    y = {g: np.tanh(u[g]) if g == "a" else sigma(u[g]) for g in u}
    c_new = y["f"] * c + y["i"] * y["a"]
    return y, c_new, y["o"] * np.tanh(c_new)


def lstm_step(x, h, c, params):
    rows = [one(x[n], h[n], c[n], params) for n in range(len(x))]
    return np.array([r[2] for r in rows]), np.array([r[1] for r in rows])


def lstm_forward(x, h0, c0, params):
    h, c = h0, c0
    hs, cs = [], []
    t = 0
    while t < len(x):
        h, c = lstm_step(x[t], h, c, params)
        hs += [h]
        cs += [c]
        t += 1
    return np.array(hs), np.array(cs)


def lstm_step_backward(x, h, c, params, dh_new, dc_new):
    dx, dh, dc = np.zeros(x.shape), np.zeros(h.shape), np.zeros(c.shape)
    grads = {k: np.zeros(v.shape) for k, v in params.items()}
    for n in range(len(x)):
        y, c_new, _ = one(x[n], h[n], c[n], params)
        s = np.tanh(c_new)
        d = dc_new[n] + dh_new[n] * y["o"] * (1 - s * s)
        e = dict(a=d * y["i"], i=d * y["a"], f=d * c[n], o=dh_new[n] * s)
        for g in e:
            e[g] = e[g] * (1 - y[g] ** 2 if g == "a" else y[g] * (1 - y[g]))
            dx[n] += params["W_" + g] @ e[g]
            dh[n] += params["U_" + g] @ e[g]
            grads["W_" + g] += np.outer(x[n], e[g])
            grads["U_" + g] += np.outer(h[n], e[g])
            grads["b_" + g] += e[g]
        dc[n] = d * y["f"]
    return dx, dh, dc, grads


def lstm_backward(x, h0, c0, params, dhs):
    """By recursion over time: what comes after this step first, then the step itself."""
    if len(x) == 0:
        return np.zeros(x.shape), np.zeros(h0.shape), np.zeros(c0.shape), {k: np.zeros(v.shape) for k, v in params.items()}
    h, c = lstm_step(x[0], h0, c0, params)
    dx_rest, dh, dc, grads = lstm_backward(x[1:], h, c, params, dhs[1:])
    dx, dh, dc, first = lstm_step_backward(x[0], h0, c0, params, dhs[0] + dh, dc)
    return np.concatenate([dx[None], dx_rest]), dh, dc, {k: grads[k] + first[k] for k in grads}
