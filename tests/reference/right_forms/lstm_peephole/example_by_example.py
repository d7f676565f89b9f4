"""Columns as in the book: one example at a time, np.outer, an own sigma that warns far out."""
import numpy as np


def sigma(v):
    return 1 / (1 + np.exp(-v))


def one(x, h, c, p):
    u = {g: p["W_" + g].T @ x + p["U_" + g].T @ h + p["b_" + g] for g in "aifo"}
    y = {"a": np.tanh(u["a"]), "i": sigma(u["i"] + p["p_i"] * c), "f": sigma(u["f"] + p["p_f"] * c)}
    c_new = y["f"] * c + y["i"] * y["a"]
    y["o"] = sigma(u["o"] + p["p_o"] * c_new)
    return y, c_new, y["o"] * np.tanh(c_new)


def peephole_step(x, h, c, params):
    rows = [one(x[n], h[n], c[n], params) for n in range(len(x))]
    return np.array([r[2] for r in rows]), np.array([r[1] for r in rows])


def peephole_forward(x, h0, c0, params):
    T, N, m = len(x), len(h0), h0.shape[1]
    hs, cs = np.empty((T, N, m)), np.empty((T, N, m))
    for n in range(N):
        h, c = h0[n], c0[n]
        for t in range(T):
            _, c, h = one(x[t, n], h, c, params)
            hs[t, n], cs[t, n] = h, c
    return hs, cs


def peephole_step_backward(x, h, c, params, dh_new, dc_new):
    p = params
    dx, dh, dc = np.zeros(x.shape), np.zeros(h.shape), np.zeros(c.shape)
    grads = {k: np.zeros(v.shape) for k, v in p.items()}
    for n in range(len(x)):
        y, c_new, _ = one(x[n], h[n], c[n], p)
        s = np.tanh(c_new)
        e_o = dh_new[n] * s * y["o"] * (1 - y["o"])
        d = dc_new[n] + dh_new[n] * y["o"] * (1 - s * s) + e_o * p["p_o"]
        e_i, e_f = d * y["a"] * y["i"] * (1 - y["i"]), d * c[n] * y["f"] * (1 - y["f"])
        e_a = d * y["i"] * (1 - y["a"] ** 2)
        for g, e, seen in (("o", e_o, c_new), ("i", e_i, c[n]), ("f", e_f, c[n]), ("a", e_a, None)):
            dx[n] += p["W_" + g] @ e
            dh[n] += p["U_" + g] @ e
            grads["W_" + g] += np.outer(x[n], e)
            grads["U_" + g] += np.outer(h[n], e)
            grads["b_" + g] += e
            if seen is not None:
                grads["p_" + g] += seen * e
        dc[n] = d * y["f"] + e_i * p["p_i"] + e_f * p["p_f"]
    return dx, dh, dc, grads
