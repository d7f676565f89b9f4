import numpy as np


def rnn_forward(x, h0, params):
    h = np.tanh(x[0] @ params["W"] + h0 @ params["U"] + params["b"])
    y = h @ params["V"] + params["c"]
    if len(x) == 1:
        return h[None], y[None]
    hs, ys = rnn_forward(x[1:], h, params)
    return np.concatenate([h[None], hs]), np.concatenate([y[None], ys])


def loss(x, h0, params, t):
    return np.linalg.norm(rnn_forward(x, h0, params)[1][-1] - t) ** 2 / 2 / len(t)


def added(a, b):
    return {key: a[key] + b[key] for key in a}


def rnn_backward(x, h0, params, dys):
    h = np.tanh(x[0] @ params["W"] + h0 @ params["U"] + params["b"])
    dh = dys[0] @ params["V"].T
    grads = {"V": h.T @ dys[0], "c": dys[0].sum(axis=0)}
    later = None
    if len(x) > 1:
        dx, dh_later, later = rnn_backward(x[1:], h, params, dys[1:])
        dh = dh + dh_later
    d = dh - dh * h * h
    grads |= {"W": x[0].T @ d, "U": h0.T @ d, "b": d.sum(axis=0)}
    first = (d @ params["W"].T)[None]
    if later is None:
        return first, d @ params["U"].T, grads
    return np.concatenate([first, dx]), d @ params["U"].T, added(grads, later)


def gradients(x, h0, params, t):
    ys = rnn_forward(x, h0, params)[1]
    dys = 0 * ys
    dys[-1] += (ys[-1] - t) / len(t)
    return rnn_backward(x, h0, params, dys)[1:3]


def truncated_bptt(x, h0, params, dys, tau):
    """The last output by itself, and the shorter sequence without it."""
    start = max(0, len(x) - 1 - tau)
    h = h0 if start == 0 else rnn_forward(x[:start], h0, params)[0][-1]
    alone = np.zeros(dys[start:].shape)
    alone[-1] = dys[-1]
    grads = rnn_backward(x[start:], h, params, alone)[2]
    return grads if len(x) == 1 else added(grads, truncated_bptt(x[:-1], h0, params, dys[:-1], tau))
