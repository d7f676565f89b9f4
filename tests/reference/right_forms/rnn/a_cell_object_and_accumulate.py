"""A class that remembers its forward; the sequence by itertools.accumulate; all inputs multiplied beforehand."""
from itertools import accumulate

import numpy as np


class Cell:
    def __init__(self, params):
        self.p = dict(params)

    def forward(self, x, h):
        self.x, self.h = x, h
        self.u = x @ self.p["W"] + h @ self.p["U"] + self.p["b"]
        return np.tanh(self.u)

    def backward(self, dh_new):
        d = dh_new / np.cosh(self.u) ** 2
        return d @ self.p["W"].T, d @ self.p["U"].T, dict(W=self.x.T @ d, U=self.h.T @ d, b=np.ones(len(d)) @ d)


def rnn_step(x, h, params):
    return Cell(params).forward(x, h)


def rnn_forward(x, h0, params):
    inputs = x @ params["W"] + params["b"]
    states = accumulate(inputs, lambda h, u: np.tanh(u + h @ params["U"]), initial=h0)
    next(states)
    hs = np.stack(list(states))
    return hs, np.einsum("tnh,hk->tnk", hs, params["V"]) + params["c"]


def rnn_step_backward(x, h, params, dh_new):
    cell = Cell(params)
    cell.forward(x, h)
    return cell.backward(dh_new)
