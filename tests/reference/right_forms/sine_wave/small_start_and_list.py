"""Adam from a start of deviation 0.01; sliding_window_view; losses as a list."""
import numpy as np


def make_windows(series, length):
    windows = np.lib.stride_tricks.sliding_window_view(series, length + 1)
    return windows[:, :-1].T[:, :, None], windows[:, -1:]


def forward(x, p):
    h, hs = np.zeros((x.shape[1], p["U"].shape[0])), []
    for u in x @ p["W"] + p["b"]:
        h = np.tanh(u + h @ p["U"])
        hs.append(h)
    return np.array(hs), h @ p["V"] + p["c"]


def predict(x, params):
    return forward(x, params)[1]


def loss_gradients(x, t, params):
    hs, y = forward(x, params)
    N = t.shape[0]
    before = np.concatenate([np.zeros_like(hs[:1]), hs[:-1]])
    d = (y - t) / N @ params["V"].T
    errors = np.zeros_like(hs)
    for s in range(len(x) - 1, -1, -1):
        errors[s] = d * (1 - hs[s] ** 2)
        d = errors[s] @ params["U"].T
    grads = {
        "c": np.sum(y - t, axis=0) / N,
        "V": hs[-1].T @ (y - t) / N,
        "b": errors.sum((0, 1)),
        "U": np.einsum("tnk,tnh->kh", before, errors),
        "W": np.einsum("tni,tnh->ih", x, errors),
    }
    return np.mean((y - t) ** 2) / 2, grads


def train(x, t, n_h, steps, rng):
    p = {"W": 0.01 * rng.standard_normal((1, n_h)), "U": 0.01 * rng.standard_normal((n_h, n_h))}
    p = {**p, "V": 0.01 * rng.standard_normal((n_h, 1)), "b": np.zeros(n_h), "c": np.zeros(1)}
    m, v, losses = {k: 0 for k in p}, {k: 0 for k in p}, []
    for k in range(1, steps + 1):
        loss, g = loss_gradients(x, t, p)
        losses.append(float(loss))
        m = {q: 0.9 * m[q] + 0.1 * g[q] for q in p}
        v = {q: 0.999 * v[q] + 0.001 * g[q] ** 2 for q in p}
        p = {q: p[q] - 0.01 * (m[q] / (1 - 0.9**k)) / (np.sqrt(v[q] / (1 - 0.999**k)) + 1e-8) for q in p}
    return p, losses


def continue_wave(start, params, count):
    values = [float(v) for v in start]
    for _ in range(count):
        window = np.array(values[-len(start) :])
        values.append(float(predict(window.reshape(-1, 1, 1), params)[0, 0]))
    return values[len(start) :]
