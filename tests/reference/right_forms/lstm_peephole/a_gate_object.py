"""A Gate that remembers what it saw and passes its error back to each of its inputs."""
from functools import reduce

import numpy as np


class Gate:
    def __init__(self, params, name, squash):
        self.W, self.U, self.b = params["W_" + name], params["U_" + name], params["b_" + name]
        self.p, self.name, self.squash = params.get("p_" + name), name, squash

    def __call__(self, x, h, seen=None):
        self.x, self.h, self.seen = x, h, seen
        u = x.dot(self.W) + h.dot(self.U) + self.b
        if seen is not None:
            u = u + self.p * seen
        self.y = np.tanh(u) if self.squash == "tanh" else np.exp(-np.logaddexp(0, -u))
        return self.y

    def back(self, dy, grads):
        d = dy * ((1 - self.y**2) if self.squash == "tanh" else self.y * (1 - self.y))
        grads["W_" + self.name] = self.x.T.dot(d)
        grads["U_" + self.name] = self.h.T.dot(d)
        grads["b_" + self.name] = np.ones(len(d)).dot(d)
        if self.seen is not None:
            grads["p_" + self.name] = np.einsum("nh,nh->h", d, self.seen)
            return d.dot(self.W.T), d.dot(self.U.T), d * self.p
        return d.dot(self.W.T), d.dot(self.U.T), 0 * d


class Block:
    def __init__(self, params):
        self.gates = {g: Gate(params, g, "tanh" if g == "a" else "sigma") for g in ("a", "i", "f", "o")}

    def forward(self, x, h, c):
        g = self.gates
        self.c = c
        self.c_new = g["f"](x, h, c) * c + g["i"](x, h, c) * g["a"](x, h)
        return g["o"](x, h, self.c_new) * np.tanh(self.c_new), self.c_new

    def backward(self, dh, dc):
        g, grads, s = self.gates, {}, np.tanh(self.c_new)
        x_o, h_o, through = g["o"].back(dh * s, grads)
        d = dc + through + dh * g["o"].y * (1 - s**2)
        x_i, h_i, c_i = g["i"].back(d * g["a"].y, grads)
        x_f, h_f, c_f = g["f"].back(d * self.c, grads)
        x_a, h_a, _ = g["a"].back(d * g["i"].y, grads)
        return x_o + x_i + x_f + x_a, h_o + h_i + h_f + h_a, d * g["f"].y + c_i + c_f, grads


def peephole_step(x, h, c, params):
    return Block(params).forward(x, h, c)


def peephole_forward(x, h0, c0, params):
    states = reduce(lambda past, x_t: [*past, peephole_step(x_t, *past[-1], params)], x, [(h0, c0)])[1:]
    return np.array([h for h, _ in states]), np.array([c for _, c in states])


def peephole_step_backward(x, h, c, params, dh_new, dc_new):
    block = Block(params)
    block.forward(x, h, c)
    return block.backward(dh_new, dc_new)
