"""All gates side by side in one product, split afterwards; backward by one product too."""
import numpy as np

ORDER = "ifoa"


def init_params(n_in, n_h, rng, forget_bias=1.0):
    U = rng.standard_normal((n_h, 4 * n_h)) / np.sqrt(n_h)
    W = rng.standard_normal((n_in, 4 * n_h)) / n_in**0.5
    params = {}
    for g, w, u in zip(ORDER, np.split(W, 4, axis=1), np.split(U, 4, axis=1)):
        params.update({"W_" + g: w, "U_" + g: u, "b_" + g: np.full(n_h, forget_bias if g == "f" else 0.0)})
    return params


def side_by_side(params):
    return [np.concatenate([params[k + "_" + g] for g in ORDER], axis=-1) for k in "WUb"]


def sigma(u):
    return 0.5 * (1 + np.tanh(u / 2))


def gates(x, h, params):
    W, U, b = side_by_side(params)
    u = x @ W + h @ U + b
    m = h.shape[1]
    ifo, a = sigma(u[:, : 3 * m]), np.tanh(u[:, 3 * m :])
    return [*np.split(ifo, 3, axis=1), a]


def lstm_step(x, h, c, params):
    i, f, o, a = gates(x, h, params)
    c_new = c * f + a * i
    return [o * np.tanh(c_new), c_new]


def lstm_forward(x, h0, c0, params):
    hs = np.zeros((len(x) + 1, *h0.shape))
    cs = np.zeros_like(hs)
    hs[-1], cs[-1] = h0, c0
    for t in range(len(x)):
        hs[t], cs[t] = lstm_step(x[t], hs[t - 1], cs[t - 1], params)
    return hs[:-1], cs[:-1]


def lstm_step_backward(x, h, c, params, dh_new, dc_new):
    W, U, b = side_by_side(params)
    i, f, o, a = gates(x, h, params)
    t = np.tanh(f * c + i * a)
    d = dc_new + dh_new * o / np.cosh(f * c + i * a) ** 2
    du = np.hstack([d * a * (i - i * i), d * c * (f - f * f), dh_new * t * (o - o * o), d * i * (1 + a) * (1 - a)])
    grads = {}
    for key, value in (("W", x.T @ du), ("U", h.T @ du), ("b", du.sum(0))):
        for g, part in zip(ORDER, np.split(value, 4, axis=-1)):
            grads[f"{key}_{g}"] = part
    return du @ W.T, du @ U.T, d * f, grads


def lstm_backward(x, h0, c0, params, dhs):
    hs, cs = lstm_forward(x, h0, c0, params)
    dx, dh, dc, total = [], 0 * h0, 0 * c0, None
    for t in range(len(x) - 1, -1, -1):
        before = (h0, c0) if t == 0 else (hs[t - 1], cs[t - 1])
        one, dh, dc, grads = lstm_step_backward(x[t], *before, params, dhs[t] + dh, dc)
        dx.append(one)
        total = grads if total is None else {k: total[k] + grads[k] for k in total}
    return np.array(dx[::-1]), dh, dc, total
