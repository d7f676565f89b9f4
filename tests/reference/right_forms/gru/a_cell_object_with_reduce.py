"""A cell that remembers its forward; the sequence by functools.reduce; z h + n - z n."""
from functools import reduce

import numpy as np


def sig(v):
    return np.exp(-np.logaddexp(0, -v))


class Gru:
    def __init__(self, p):
        self.p = p

    def affine(self, g, h):
        return self.x.dot(self.p["W_" + g]) + h.dot(self.p["U_" + g]) + self.p["b_" + g]

    def forward(self, x, h):
        self.x, self.h = x, h
        self.r = sig(self.affine("r", h))
        self.z = sig(self.affine("z", h))
        self.n = np.tanh(self.affine("h", self.r * h))
        return self.z * h + self.n - self.z * self.n

    def backward(self, d):
        p = self.p
        e = {"z": d * (self.h - self.n) * self.z * (1 - self.z), "h": d * (1 - self.z) * (1 - self.n**2)}
        through = np.dot(e["h"], p["U_h"].T)
        e["r"] = through * self.h * self.r * (1 - self.r)
        dh = d * self.z
        dh += through * self.r
        dh += e["r"] @ p["U_r"].T
        dh += e["z"] @ p["U_z"].T
        dx = reduce(np.add, [e[g] @ p["W_" + g].T for g in "rzh"])
        seen = {"r": self.h, "z": self.h, "h": self.r * self.h}
        grads = dict([("W_" + g, self.x.T @ e[g]) for g in "rzh"])
        grads.update({"U_" + g: seen[g].T @ e[g] for g in "rzh"})
        grads.update({"b_" + g: e[g].sum(axis=0) for g in "rzh"})
        return dx, dh, grads


def gru_step(x, h, params):
    return Gru(params).forward(x, h)


def gru_forward(x, h0, params):
    return np.array(reduce(lambda hs, x_t: [*hs, gru_step(x_t, hs[-1], params)], x, [h0])[1:])


def gru_step_backward(x, h, params, dh_new):
    cell = Gru(params)
    cell.forward(x, h)
    return cell.backward(dh_new)


def gru_backward(x, h0, params, dhs):
    cells, h = [], h0
    for x_t in x:
        cells.append(Gru(params))
        h = cells[-1].forward(x_t, h)
    total, dxs, dh = {k: np.zeros_like(v) for k, v in params.items()}, [], 0
    for cell, d in zip(cells[::-1], dhs[::-1]):
        dx, dh, grads = cell.backward(dh + d)
        dxs += [dx]
        for k in total:
            total[k] += grads[k]
    return np.stack(dxs[::-1]), dh, total
