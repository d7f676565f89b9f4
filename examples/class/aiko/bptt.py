import numpy as np


def rnn_forward(x, h0, params):
    W, U, b, V, c = (params[k] for k in "WUbVc")
    T, N, _ = x.shape
    hs = np.zeros((T, N, len(b)))
    h = h0
    for t in range(T):
        h = np.tanh(x[t] @ W + h @ U + b)
        hs[t] = h
    return hs, hs @ V + c


def loss(x, h0, params, t):
    ys = rnn_forward(x, h0, params)[1]
    return 0.5 * np.sum((ys[-1] - t) ** 2) / t.shape[0]


def rnn_backward(x, h0, params, dys):
    W, U, V = params["W"], params["U"], params["V"]
    hs, ys = rnn_forward(x, h0, params)
    before = np.concatenate([h0[None], hs[:-1]])
    grads = {k: np.zeros_like(params[k]) for k in params}
    dx = np.zeros_like(x)
    dh = np.zeros_like(h0)
    for t in range(len(x) - 1, -1, -1):
        grads["V"] += hs[t].T @ dys[t]
        grads["c"] += dys[t].sum(0)
        d = (dh + dys[t] @ V.T) * (1 - hs[t] ** 2)
        grads["W"] += x[t].T @ d
        grads["U"] += before[t].T @ d
        grads["b"] += d.sum(0)
        dx[t] = d @ W.T
        dh = d @ U.T
    return dx, dh, grads


def gradients(x, h0, params, t):
    ys = rnn_forward(x, h0, params)[1]
    dys = np.zeros_like(ys)
    dys[-1] = (ys[-1] - t) / len(t)
    dx, dh0, grads = rnn_backward(x, h0, params, dys)
    return dh0, grads


def truncated_bptt(x, h0, params, dys, tau):
    U, V = params["U"], params["V"]
    hs, ys = rnn_forward(x, h0, params)
    before = np.concatenate([h0[None], hs[:-1]])
    grads = {k: np.zeros_like(params[k]) for k in params}
    for t in range(len(x)):
        grads["V"] += hs[t].T @ dys[t]
        grads["c"] += dys[t].sum(0)
        d = (dys[t] @ V.T) * (1 - hs[t] ** 2)
        for s in range(t, max(0, t - tau) - 1, -1):
            grads["W"] += x[s].T @ d
            grads["U"] += before[s].T @ d
            grads["b"] += d.sum(0)
            if s > 0:
                d = (d @ U.T) * (1 - hs[s - 1] ** 2)
    return grads
