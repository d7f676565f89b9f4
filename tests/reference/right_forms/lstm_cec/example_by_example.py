"""Columns as in the book: one example at a time, np.outer."""
import numpy as np


def sigma(v):
    return np.where(v >= 0, 1 / (1 + np.exp(-v)), np.exp(np.minimum(v, 0)) / (1 + np.exp(np.minimum(v, 0))))


def one(x, h, c, p):
    u = {g: p["W_" + g].T @ x + p["U_" + g].T @ h + p["b_" + g] for g in "aio"}
    y = {"a": np.tanh(u["a"]), "i": sigma(u["i"]), "o": sigma(u["o"])}
    c_new = c + y["i"] * y["a"]
    return y, c_new, y["o"] * np.tanh(c_new)


def cec_step(x, h, c, params):
    rows = [one(x[n], h[n], c[n], params) for n in range(len(x))]
    return np.array([r[2] for r in rows]), np.array([r[1] for r in rows])


def cec_forward(x, h0, c0, params):
    T, N, m = len(x), len(h0), h0.shape[1]
    hs, cs = np.empty((T, N, m)), np.empty((T, N, m))
    for n in range(N):
        h, c = h0[n], c0[n]
        for t in range(T):
            _, c, h = one(x[t, n], h, c, params)
            hs[t, n], cs[t, n] = h, c
    return hs, cs


def cec_step_backward(x, h, c, params, dh_new, dc_new):
    dx, dh, dc = np.zeros(x.shape), np.zeros(h.shape), np.zeros(c.shape)
    grads = {k: np.zeros(v.shape) for k, v in params.items()}
    for n in range(len(x)):
        y, c_new, _ = one(x[n], h[n], c[n], params)
        s = np.tanh(c_new)
        dc[n] = dc_new[n] + dh_new[n] * y["o"] * (1 - s * s)
        e = dict(a=dc[n] * y["i"], i=dc[n] * y["a"], o=dh_new[n] * s)
        for g in e:
            e[g] = e[g] * (1 - y[g] ** 2 if g == "a" else y[g] * (1 - y[g]))
            dx[n] += params["W_" + g] @ e[g]
            dh[n] += params["U_" + g] @ e[g]
            grads["W_" + g] += np.outer(x[n], e[g])
            grads["U_" + g] += np.outer(h[n], e[g])
            grads["b_" + g] += e[g]
    return dx, dh, dc, grads


def latch_params(gain):
    p = {}
    for g, signal, marker, bias in (("a", 1, 0, 0), ("i", 0, 2 * gain, -gain), ("o", 0, 0, gain)):
        p["W_" + g] = np.array([[signal], [marker]], dtype=float)
        p["U_" + g] = np.array([[0.0]])
        p["b_" + g] = np.array([bias], dtype=float)
    return p
