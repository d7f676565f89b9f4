"""All gates side by side in one product, split afterwards; the cells as c0 plus a running sum."""
import numpy as np

ORDER = "ioa"


def side_by_side(params):
    return [np.concatenate([params[k + "_" + g] for g in ORDER], axis=-1) for k in "WUb"]


def sigma(u):
    return 0.5 * (1 + np.tanh(u / 2))


def gates(x, h, params):
    W, U, b = side_by_side(params)
    u = x @ W + h @ U + b
    m = h.shape[1]
    return [*np.split(sigma(u[:, : 2 * m]), 2, axis=1), np.tanh(u[:, 2 * m :])]


def cec_step(x, h, c, params):
    i, o, a = gates(x, h, params)
    c_new = i * a + c
    return [o * np.tanh(c_new), c_new]


def cec_forward(x, h0, c0, params):
    h, written, hs = h0, [], []
    for x_t in x:
        i, o, a = gates(x_t, h, params)
        written.append(i * a)
        h = o * np.tanh(c0 + sum(written))
        hs.append(h)
    return np.array(hs), c0 + np.cumsum(written, axis=0)


def cec_step_backward(x, h, c, params, dh_new, dc_new):
    W, U, b = side_by_side(params)
    i, o, a = gates(x, h, params)
    d = dc_new + dh_new * o / np.cosh(c + i * a) ** 2
    du = np.hstack([d * a * (i - i * i), dh_new * np.tanh(c + i * a) * (o - o * o), d * i * (1 + a) * (1 - a)])
    grads = {}
    for key, value in (("W", x.T @ du), ("U", h.T @ du), ("b", du.sum(0))):
        for g, part in zip(ORDER, np.split(value, 3, axis=-1)):
            grads[f"{key}_{g}"] = part
    return du @ W.T, du @ U.T, d, grads


def latch_params(gain):
    p = {f"{k}_{g}": np.zeros(s) for g in ORDER for k, s in (("W", (2, 1)), ("U", (1, 1)), ("b", 1))}
    p["W_a"][0, 0] = 1
    p["W_i"][1, 0] = 2 * gain
    p["b_i"][0], p["b_o"][0] = -gain, gain
    return p
