"""A block that remembers its forward, one for each time; every function by itself."""
import numpy as np


def sig(v):
    return 1 / (1 + np.exp(-v))


class Block:
    def __init__(self, params):
        self.p = params

    def forward(self, x, h, c):
        pre = lambda g: np.dot(x, self.p["W_" + g]) + np.dot(h, self.p["U_" + g]) + self.p["b_" + g]
        self.x, self.h, self.c = x, h, c
        self.a, self.i, self.f, self.o = np.tanh(pre("a")), sig(pre("i")), sig(pre("f")), sig(pre("o"))
        self.c_new = self.f * c + self.i * self.a
        self.s = np.tanh(self.c_new)
        return self.o * self.s, self.c_new

    def backward(self, dh, dc, grads):
        do = dh * self.s
        dc = dc + dh * self.o * (1 - self.s**2)
        errors = {
            "o": do * self.o * (1 - self.o),
            "f": dc * self.c * self.f * (1 - self.f),
            "i": dc * self.a * self.i * (1 - self.i),
            "a": dc * self.i * (1 - self.a**2),
        }
        dx, dh_before = np.zeros_like(self.x), np.zeros_like(self.h)
        for g, e in errors.items():
            grads["W_" + g] += self.x.T @ e
            grads["U_" + g] += self.h.T @ e
            grads["b_" + g] += np.sum(e, axis=0)
            dx += e @ self.p["W_" + g].T
            dh_before += e @ self.p["U_" + g].T
        return dx, dh_before, dc * self.f


def zeros(params):
    return {k: np.zeros_like(v) for k, v in params.items()}


def init_params(n_in, n_h, rng, forget_bias=1.0):
    out = {}
    for g in ("f", "o", "i", "a"):
        out["b_" + g] = np.ones(n_h) * (forget_bias if g == "f" else 0)
        out["U_" + g] = rng.normal(0, n_h**-0.5, (n_h, n_h))
        out["W_" + g] = rng.normal(0, n_in**-0.5, (n_in, n_h))
    return out


def lstm_step(x, h, c, params):
    return Block(params).forward(x, h, c)


def lstm_forward(x, h0, c0, params):
    states = [(h0, c0)]
    for x_t in x:
        states.append(Block(params).forward(x_t, *states[-1]))
    hs, cs = zip(*states[1:])
    return np.stack(hs), np.stack(cs)


def lstm_step_backward(x, h, c, params, dh_new, dc_new):
    block, grads = Block(params), zeros(params)
    block.forward(x, h, c)
    return *block.backward(dh_new, dc_new, grads), grads


def lstm_backward(x, h0, c0, params, dhs):
    blocks, h, c, grads = [], h0, c0, zeros(params)
    for x_t in x:
        blocks.append(Block(params))
        h, c = blocks[-1].forward(x_t, h, c)
    dx, dh, dc = np.zeros_like(x), np.zeros_like(h0), np.zeros_like(c0)
    for t, block in reversed(list(enumerate(blocks))):
        dx[t], dh, dc = block.backward(dhs[t] + dh, dc, grads)
    return dx, dh, dc, grads
