"""Columns inside, transposes at the door; RMSProp."""
import numpy as np


def make_windows(series, length):
    xs, ts = [], []
    for m in range(len(series) - length):
        xs.append(series[m : m + length])
        ts.append(series[m + length])
    return np.array(xs).T.reshape(length, -1, 1), np.array(ts).reshape(-1, 1)


def run(x, p):
    W, U, V = p["W"].T, p["U"].T, p["V"].T
    h = np.zeros((U.shape[0], x.shape[1]))
    hs = [h]
    for t in range(x.shape[0]):
        h = np.tanh(W @ x[t].T + U @ h + p["b"][:, None])
        hs.append(h)
    return hs, V @ h + p["c"][:, None]


def predict(x, params):
    return run(x, params)[1].T


def loss_gradients(x, t, params):
    hs, y = run(x, params)
    N = x.shape[1]
    e = (y - t.T) / N
    g = {k: np.zeros_like(v) for k, v in params.items()}
    g["V"], g["c"] = (e @ hs[-1].T).T, e.sum(axis=1)
    d = params["V"] @ e
    for s in range(x.shape[0], 0, -1):
        d = d * (1 - hs[s] ** 2)
        g["W"] += (d @ x[s - 1]).T
        g["U"] += (d @ hs[s - 1].T).T
        g["b"] += d.sum(axis=1)
        d = params["U"] @ d
    return 0.5 * N * float((e**2).sum()), g


def train(x, t, n_h, steps, rng):
    p = {
        "W": rng.normal(0, 1, (1, n_h)), "U": rng.normal(0, n_h**-0.5, (n_h, n_h)),
        "V": rng.normal(0, n_h**-0.5, (n_h, 1)), "b": np.zeros(n_h), "c": np.zeros(1),
    }
    s, losses = {k: 0.0 for k in p}, np.zeros(steps)
    for k in range(steps):
        losses[k], g = loss_gradients(x, t, p)
        s = {q: 0.9 * s[q] + 0.1 * g[q] ** 2 for q in p}
        p = {q: p[q] - 0.003 * g[q] / (np.sqrt(s[q]) + 1e-8) for q in p}
    return p, losses


def continue_wave(start, params, count):
    out = np.concatenate([start, np.zeros(count)])
    L = len(start)
    for k in range(count):
        out[L + k] = predict(out[k : k + L, None, None], params)[0, 0]
    return out[L:]
