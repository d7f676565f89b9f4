"""lstm_step_backward and lstm_backward as in the exercise before, with an upstream that is zero but at the end."""
import numpy as np


def gates(x, h, p):
    u = {g: x @ p["W_" + g] + h @ p["U_" + g] + p["b_" + g] for g in "aifo"}
    s = lambda v: np.where(v >= 0, 1, np.exp(-abs(v))) / (1 + np.exp(-abs(v)))
    return np.tanh(u["a"]), s(u["i"]), s(u["f"]), s(u["o"])


def lstm_step(x, h, c, p):
    a, i, f, o = gates(x, h, p)
    return o * np.tanh(f * c + i * a), f * c + i * a


def lstm_step_backward(x, h, c, p, dh_new, dc_new):
    a, i, f, o = gates(x, h, p)
    s = np.tanh(f * c + i * a)
    d = dc_new + dh_new * o * (1 - s**2)
    e = {"a": d * i * (1 - a**2), "i": d * a * i * (1 - i), "f": d * c * f * (1 - f), "o": dh_new * s * o * (1 - o)}
    grads = {}
    for g in e:
        grads |= {"W_" + g: x.T @ e[g], "U_" + g: h.T @ e[g], "b_" + g: e[g].sum(axis=0)}
    return sum(e[g] @ p["U_" + g].T for g in e), d * f, grads


def lstm_forward(x, h, c, p):
    hs, cs = [h], [c]
    for x_t in x:
        h, c = lstm_step(x_t, h, c, p)
        hs.append(h)
        cs.append(c)
    return hs, cs


def lstm_backward(x, h0, c0, p, dhs):
    hs, cs = lstm_forward(x, h0, c0, p)
    dh, dc, total = np.zeros(h0.shape), np.zeros(c0.shape), {}
    for t in range(len(x) - 1, -1, -1):
        dh, dc, grads = lstm_step_backward(x[t], hs[t], cs[t], p, dhs[t] + dh, dc)
        total = {k: total.get(k, 0) + g for k, g in grads.items()}
    return total


def make_data(N, T, rng):
    pairs = [(j, k) for k in range(T) for j in range(k)]
    drawn = np.array(pairs)[rng.integers(len(pairs), size=N)]
    x = np.zeros((T, N, 2))
    x[..., 0] = rng.random(size=(T, N))
    x[drawn[:, 0], range(N), 1] = x[drawn[:, 1], range(N), 1] = 1
    return x, x.prod(axis=2).sum(axis=0)[:, None]


def zero(x, params):
    return np.zeros((x.shape[1], len(params["b_a"])))


def predict(x, params):
    return lstm_forward(x, zero(x, params), zero(x, params), params)[0][-1] @ params["V"] + params["c"]


def loss_gradients(x, t, params):
    hs, _ = lstm_forward(x, zero(x, params), zero(x, params), params)
    dy = (hs[-1] @ params["V"] + params["c"] - t) / len(t)
    dhs = np.zeros((len(x), *hs[-1].shape))
    dhs[-1] = dy @ params["V"].T
    grads = lstm_backward(x, zero(x, params), zero(x, params), params, dhs)
    return np.sum(dy**2) * len(t) / 2, {**grads, "V": hs[-1].T @ dy, "c": dy.sum(axis=0)}


def train(T, n_h, steps, rng):
    p = {"V": rng.normal(0, n_h**-0.5, (n_h, 1)), "c": np.zeros(1)}
    for g in "aifo":
        p["W_" + g], p["U_" + g] = rng.normal(0, 0.7, (2, n_h)), rng.normal(0, n_h**-0.5, (n_h, n_h))
        p["b_" + g] = np.zeros(n_h) + (g == "f")
    m, v, losses = {k: 0 for k in p}, {k: 0 for k in p}, np.zeros(steps)
    for k in range(1, steps + 1):
        losses[k - 1], g = loss_gradients(*make_data(32, T, rng), p)
        m = {q: 0.9 * m[q] + 0.1 * g[q] for q in p}
        v = {q: 0.999 * v[q] + 0.001 * g[q] ** 2 for q in p}
        p = {q: p[q] - 0.01 * m[q] / (1 - 0.9**k) / (np.sqrt(v[q] / (1 - 0.999**k)) + 1e-8) for q in p}
    return p, losses
