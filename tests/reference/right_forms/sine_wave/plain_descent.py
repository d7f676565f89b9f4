"""Plain descent; everything by rnn_forward and rnn_backward with a dense upstream gradient that is zero but at the end."""
import numpy as np


def rnn_forward(x, h0, params):
    hs = np.empty((len(x), *h0.shape))
    for t in range(len(x)):
        hs[t] = np.tanh(x[t] @ params["W"] + (hs[t - 1] if t else h0) @ params["U"] + params["b"])
    return hs, hs @ params["V"] + params["c"]


def rnn_backward(x, h0, params, dys):
    hs, _ = rnn_forward(x, h0, params)
    g = {k: np.zeros(params[k].shape) for k in ("W", "U", "b")}
    g["V"], g["c"] = np.einsum("tnh,tnk->hk", hs, dys), dys.sum(axis=(0, 1))
    dh = np.zeros(h0.shape)
    for t in range(len(x))[::-1]:
        d = (dh + dys[t] @ params["V"].T) * (1 - hs[t] ** 2)
        g["W"] += x[t].T @ d
        g["U"] += (hs[t - 1] if t else h0).T @ d
        g["b"] += d.sum(axis=0)
        dh = d @ params["U"].T
    return g


def zeros(x, params):
    return np.zeros((x.shape[1], params["U"].shape[0]))


def make_windows(series, length):
    M = len(series) - length
    x, t = np.zeros((length, M, 1)), np.zeros((M, 1))
    for m in range(M):
        x[:, m, 0] = series[m : m + length]
        t[m] = series[m + length]
    return x, t


def predict(x, params):
    return rnn_forward(x, zeros(x, params), params)[1][-1]


def loss_gradients(x, t, params):
    ys = rnn_forward(x, zeros(x, params), params)[1]
    dys = np.zeros(ys.shape)
    dys[-1] = (ys[-1] - t) / len(t)
    return np.sum((ys[-1] - t) ** 2) / (2 * len(t)), rnn_backward(x, zeros(x, params), params, dys)


def train(x, t, n_h, steps, rng):
    params = {"W": rng.normal(size=(1, n_h)), "U": rng.normal(size=(n_h, n_h)) / n_h**0.5, "b": np.zeros(n_h)}
    params |= {"V": rng.normal(size=(n_h, 1)) / n_h**0.5, "c": np.zeros(1)}
    losses = []
    for _ in range(steps):
        loss, g = loss_gradients(x, t, params)
        losses.append(loss)
        params = {k: params[k] - 0.1 * g[k] for k in params}
    return params, np.array(losses)


def continue_wave(start, params, count):
    window, out = start, []
    for _ in range(count):
        out.append(predict(window[:, None, None], params)[0, 0])
        window = np.concatenate([window[1:], out[-1:]])
    return np.array(out)
