from collections import deque

import numpy as np


class Cell:
    def __init__(self, x, h, params):
        self.x, self.before, self.params = x, h, params
        self.h = np.tanh(x @ params["W"] + h @ params["U"] + params["b"])

    def error(self, dh):
        return dh / np.cosh(np.arctanh(self.h)) ** 2

    def add(self, grads, d):
        grads["W"] = grads["W"] + self.x.T @ d
        grads["U"] = grads["U"] + self.before.T @ d
        grads["b"] = grads["b"] + np.add.reduce(d)


def cells(x, h0, params):
    h = h0
    for x_t in x:
        cell = Cell(x_t, h, params)
        h = cell.h
        yield cell


def rnn_forward(x, h0, params):
    hs = np.stack([cell.h for cell in cells(x, h0, params)])
    return hs, hs @ params["V"] + params["c"]


def loss(x, h0, params, t):
    return float(0.5 * ((rnn_forward(x, h0, params)[1][-1] - t) ** 2).sum(axis=1).mean())


def rnn_backward(x, h0, params, dys):
    chain = list(cells(x, h0, params))
    grads = {key: np.zeros_like(value) for key, value in params.items()}
    dx, dh = deque(), 0.0
    for cell, dy in zip(reversed(chain), reversed(dys)):
        grads["V"] += cell.h.T @ dy
        grads["c"] += dy.sum(0)
        d = cell.error(dh + dy @ params["V"].T)
        cell.add(grads, d)
        dx.appendleft(d @ params["W"].T)
        dh = d @ params["U"].T
    return np.stack(dx), dh, grads


def gradients(x, h0, params, t):
    ys = rnn_forward(x, h0, params)[1]
    dys = np.where(np.arange(len(x))[:, None, None] == len(x) - 1, (ys - t) / len(t), 0.0)
    _, dh0, grads = rnn_backward(x, h0, params, dys)
    return dh0, grads


def truncated_bptt(x, h0, params, dys, tau):
    grads = {key: np.zeros_like(value) for key, value in params.items()}
    window = deque(maxlen=tau + 1)
    for cell, dy in zip(cells(x, h0, params), dys):
        window.append(cell)
        grads["V"] += cell.h.T @ dy
        grads["c"] += dy.sum(0)
        dh = dy @ params["V"].T
        for past in reversed(window):
            d = past.error(dh)
            past.add(grads, d)
            dh = d @ params["U"].T
    return grads
