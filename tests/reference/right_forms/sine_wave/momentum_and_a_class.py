"""A network object, momentum, the way back by recursion; windows by index arithmetic; returns lists."""
from collections import deque

import numpy as np


def make_windows(series, length):
    M = len(series) - length
    index = np.arange(length)[:, None] + np.arange(M)[None, :]
    return [series[index][..., None], np.array([[series[m + length]] for m in range(M)])]


class Net:
    def __init__(self, params):
        self.p = params

    def run(self, x):
        self.trace = []
        h = np.zeros((x.shape[1], len(self.p["b"])))
        for x_t in x:
            new = np.tanh(np.hstack([x_t, h]) @ np.vstack([self.p["W"], self.p["U"]]) + self.p["b"])
            self.trace.append((x_t, h, new))
            h = new
        self.last = h
        return h @ self.p["V"] + self.p["c"]

    def gradients(self, dy):
        g = {k: np.zeros_like(v) for k, v in self.p.items()}
        g["V"] += self.last.T @ dy
        g["c"] += dy.sum(axis=0)
        self.back(dy @ self.p["V"].T, len(self.trace) - 1, g)
        return g

    def back(self, dh, s, g):
        if s < 0:
            return
        x_t, h, new = self.trace[s]
        d = dh * (1 + new) * (1 - new)
        g["W"] += x_t.T @ d
        g["U"] += h.T @ d
        g["b"] += d.sum(axis=0)
        self.back(d @ self.p["U"].T, s - 1, g)


def predict(x, params):
    return Net(params).run(x)


def loss_gradients(x, t, params):
    net = Net(params)
    e = net.run(x) - t
    return [np.array(0.5 * np.vdot(e, e) / len(t)), net.gradients(e / len(t))]


def train(x, t, n_h, steps, rng):
    bound = 1 / np.sqrt(n_h)
    params = {
        "c": np.zeros(1),
        "V": rng.uniform(-bound, bound, (n_h, 1)),
        "b": rng.uniform(-bound, bound, n_h),
        "U": rng.uniform(-bound, bound, (n_h, n_h)),
        "W": rng.uniform(-1, 1, (1, n_h)),
    }
    speed = {k: np.zeros_like(v) for k, v in params.items()}
    losses = np.empty(steps)
    for k in range(steps):
        losses[k], g = loss_gradients(x, t, params)
        for key in params:
            speed[key] = 0.9 * speed[key] - 0.02 * g[key]
            params[key] = params[key] + speed[key]
    return [params, losses]


def continue_wave(start, params, count):
    window, out = deque(start, maxlen=len(start)), []
    while len(out) < count:
        out.append(predict(np.array(window)[:, None, None], params).item())
        window.append(out[-1])
    return np.array(out)
