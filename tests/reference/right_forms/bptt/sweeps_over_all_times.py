import numpy as np


def rnn_forward(x, h0, params):
    drive = x @ params["W"] + params["b"]
    states = [h0]
    for row in drive:
        states.append(np.tanh(row + states[-1] @ params["U"]))
    hs = np.stack(states[1:])
    return hs, hs @ params["V"] + params["c"]


def loss(x, h0, params, t):
    error = rnn_forward(x, h0, params)[1][-1] - t
    return np.vdot(error, error) / (2 * len(error))


def truncated_bptt(x, h0, params, dys, tau):
    hs, _ = rnn_forward(x, h0, params)
    before = np.concatenate([h0[None], hs[:-1]])
    slope = 1 - hs**2
    delta = (dys @ params["V"].T) * slope
    total = delta.copy()
    for _ in range(min(tau, len(x) - 1)):
        moved = np.zeros_like(delta)
        moved[:-1] = (delta @ params["U"].T)[1:] * slope[:-1]
        delta = moved
        total += delta
    return {
        "W": np.einsum("tni,tnh->ih", x, total),
        "U": np.einsum("tnj,tnh->jh", before, total),
        "b": np.einsum("tnh->h", total),
        "V": np.einsum("tnh,tnk->hk", hs, dys),
        "c": np.einsum("tnk->k", dys),
    }


def rnn_backward(x, h0, params, dys):
    hs, _ = rnn_forward(x, h0, params)
    slope = 1 - hs**2
    dh = np.zeros(h0.shape)
    rows = []
    for s in range(1, len(x) + 1):
        d = (dh + dys[-s] @ params["V"].T) * slope[-s]
        rows.append(d @ params["W"].T)
        dh = d @ params["U"].T
    return np.stack(rows)[::-1], dh, truncated_bptt(x, h0, params, dys, len(x))


def gradients(x, h0, params, t):
    _, ys = rnn_forward(x, h0, params)
    dys = np.zeros(ys.shape)
    dys[-1] = ys[-1] - t
    _, dh0, grads = rnn_backward(x, h0, params, dys / len(t))
    return dh0, grads
