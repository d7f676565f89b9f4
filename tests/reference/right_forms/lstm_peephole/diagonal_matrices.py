"""Peepholes as diagonal matrices; gates side by side, the output gate afterwards."""
import numpy as np


def sigma(u):
    return 0.5 * (1 + np.tanh(u / 2))


def run(x, h, c, p):
    W = np.hstack([p["W_" + g] for g in "aif"])
    U = np.hstack([p["U_" + g] for g in "aif"])
    b = np.hstack([p["b_" + g] for g in "aif"])
    P = np.hstack([np.zeros((len(p["p_i"]),) * 2), np.diag(p["p_i"]), np.diag(p["p_f"])])
    u_a, u_i, u_f = np.split(x @ W + h @ U + c @ P + b, 3, axis=1)
    a, i, f = np.tanh(u_a), sigma(u_i), sigma(u_f)
    c_new = f * c + i * a
    o = sigma(x @ p["W_o"] + h @ p["U_o"] + c_new @ np.diag(p["p_o"]) + p["b_o"])
    return a, i, f, o, c_new


def peephole_step(x, h, c, params):
    *_, o, c_new = run(x, h, c, params)
    return [o * np.tanh(c_new), c_new]


def peephole_forward(x, h0, c0, params):
    hs = np.zeros((len(x) + 1, *h0.shape))
    cs = np.zeros_like(hs)
    hs[-1], cs[-1] = h0, c0
    for t in range(len(x)):
        hs[t], cs[t] = peephole_step(x[t], hs[t - 1], cs[t - 1], params)
    return hs[:-1], cs[:-1]


def peephole_step_backward(x, h, c, params, dh_new, dc_new):
    a, i, f, o, c_new = run(x, h, c, params)
    s = np.tanh(c_new)
    e = {"o": dh_new * s * (o - o * o)}
    d = dc_new + dh_new * o / np.cosh(c_new) ** 2 + e["o"] @ np.diag(params["p_o"]).T
    e.update(a=d * i * (1 - a) * (1 + a), i=d * a * (i - i * i), f=d * c * (f - f * f))
    grads = {}
    for g in "aifo":
        grads.update({"W_" + g: x.T @ e[g], "U_" + g: h.T @ e[g], "b_" + g: e[g].sum(0)})
    grads["p_i"], grads["p_f"], grads["p_o"] = (np.diag(m) for m in (c.T @ e["i"], c.T @ e["f"], c_new.T @ e["o"]))
    W, U = (np.hstack([params[k + g] for g in "aifo"]) for k in ("W_", "U_"))
    E = np.hstack([e[g] for g in "aifo"])
    dc = d * f + e["i"] @ np.diag(params["p_i"]) + e["f"] @ np.diag(params["p_f"])
    return [E @ W.T, E @ U.T, dc, grads]
