"""A block for each step, each gate on its own; marks by permutation; Adam as a class."""
import numpy as np


def make_data(N, T, rng):
    values, marks = rng.random((N, T)), np.zeros((N, T))
    for n in range(N):
        marks[n, rng.permutation(T)[:2]] = 1
    return np.dstack([values.T, marks.T]), (values * marks).sum(axis=1, keepdims=True)


def sig(v):
    return 1 / (1 + np.exp(-v))


class Block:
    def __init__(self, p, x, h, c):
        u = {g: x @ p["W_" + g] + h @ p["U_" + g] + p["b_" + g] for g in "aifo"}
        self.x, self.h, self.c, self.p = x, h, c, p
        self.y = {g: np.tanh(u[g]) if g == "a" else sig(u[g]) for g in u}
        self.c_new = self.y["f"] * c + self.y["i"] * self.y["a"]
        self.h_new = self.y["o"] * np.tanh(self.c_new)

    def backward(self, dh, dc, grads):
        y, s = self.y, np.tanh(self.c_new)
        dc = dc + dh * y["o"] / np.cosh(self.c_new) ** 2
        e = {"a": dc * y["i"], "i": dc * y["a"], "f": dc * self.c, "o": dh * s}
        before = 0
        for g in e:
            e[g] = e[g] * (1 - y[g] ** 2 if g == "a" else y[g] - y[g] ** 2)
            grads["W_" + g] = grads["W_" + g] + self.x.T @ e[g]
            grads["U_" + g] = grads["U_" + g] + self.h.T @ e[g]
            grads["b_" + g] = grads["b_" + g] + e[g].sum(axis=0)
            before = before + e[g] @ self.p["U_" + g].T
        return before, dc * y["f"]


def blocks(x, p):
    h = c = np.zeros((x.shape[1], len(p["V"])))
    row = []
    for x_t in x:
        row.append(Block(p, x_t, h, c))
        h, c = row[-1].h_new, row[-1].c_new
    return row


def predict(x, params):
    return blocks(x, params)[-1].h_new @ params["V"] + params["c"]


def loss_gradients(x, t, params):
    row = blocks(x, params)
    h = row[-1].h_new
    e = h @ params["V"] + params["c"] - t
    grads = {k: np.zeros(v.shape) for k, v in params.items()}
    grads["V"], grads["c"] = h.T @ e / len(t), e.mean(axis=0)
    dh, dc = e @ params["V"].T / len(t), 0
    for block in reversed(row):
        dh, dc = block.backward(dh, dc, grads)
    return np.mean(e**2) / 2, grads


class Adam:
    def __init__(self, lr):
        self.lr, self.k, self.m, self.v = lr, 0, {}, {}

    def step(self, p, g):
        self.k += 1
        new = {}
        for key in p:
            self.m[key] = self.m.get(key, 0) * 0.9 + 0.1 * g[key]
            self.v[key] = self.v.get(key, 0) * 0.999 + 0.001 * g[key] ** 2
            rate = self.lr * np.sqrt(1 - 0.999**self.k) / (1 - 0.9**self.k)
            new[key] = p[key] - rate * self.m[key] / (np.sqrt(self.v[key]) + 1e-8)
        return new


def train(T, n_h, steps, rng):
    p = {k + g: rng.normal(size=(n, n_h)) / np.sqrt(n) for k, n in (("W_", 2), ("U_", n_h)) for g in "aifo"}
    p.update({"b_" + g: np.zeros(n_h) for g in "aifo"}, V=rng.normal(size=(n_h, 1)) / np.sqrt(n_h), c=np.ones(1))
    adam, losses = Adam(0.01), np.zeros(steps)
    for k in range(steps):
        losses[k], g = loss_gradients(*make_data(40, T, rng), p)
        p = adam.step(p, g)
    return p, losses
