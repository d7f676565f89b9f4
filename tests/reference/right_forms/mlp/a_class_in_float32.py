import numpy as np


class Network:
    def __init__(self, Ws, bs):
        self.pairs = [(np.asarray(W, np.float32), np.asarray(b, np.float32)) for W, b in zip(Ws, bs)]

    def __call__(self, x):
        h = np.asarray(x, np.float32)
        for W, b in self.pairs:
            h = 1 / (1 + np.exp(-(h @ W + b)))
        return h.astype(float)


def layer(inputs, W, b):
    return Network([W], [b])(inputs)


def forward(inputs, Ws, bs):
    return Network(Ws, bs)(inputs)


def xor_parameters():
    return [np.full((2, 2), 8.0), np.array([[16.0], [-16.0]])], (np.array([-4.0, -12.0]), np.array([-8.0]))


def count_parameters(n):
    return int(sum(n[i + 1] * (n[i] + 1) for i in range(len(n) - 1)))


def collapse(Ws, bs):
    W, b = np.eye(len(Ws[0])), np.zeros(len(Ws[0]))
    for V, c in zip(Ws, bs):
        W, b = np.einsum("ij,jk->ik", W, V), np.einsum("j,jk->k", b, V) + c
    return W, b
