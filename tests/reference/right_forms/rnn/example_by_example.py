"""Columns as in the book, one example at a time, outer products."""
import numpy as np


def one(x, h, params):
    return np.tanh(np.dot(params["W"].T, x) + np.dot(params["U"].T, h) + params["b"])


def rnn_step(x, h, params):
    return np.array([one(x[n], h[n], params) for n in range(x.shape[0])])


def rnn_forward(x, h0, params):
    T, N, _ = x.shape
    hs = np.empty((T, N, h0.shape[1]))
    ys = np.empty((T, N, params["V"].shape[1]))
    for n in range(N):
        h = h0[n]
        for t in range(T):
            h = one(x[t, n], h, params)
            hs[t, n] = h
            ys[t, n] = params["V"].T.dot(h) + params["c"]
    return hs, ys


def rnn_step_backward(x, h, params, dh_new):
    dx, dh = np.zeros_like(x), np.zeros_like(h)
    grads = {k: np.zeros_like(params[k]) for k in "WUb"}
    for n in range(x.shape[0]):
        y = one(x[n], h[n], params)
        d = dh_new[n] * (1.0 - y * y)
        dx[n] = params["W"] @ d
        dh[n] = params["U"] @ d
        grads["W"] += np.outer(x[n], d)
        grads["U"] += np.outer(h[n], d)
        grads["b"] += d
    return dx, dh, grads
