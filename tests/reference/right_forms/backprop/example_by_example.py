import math

import numpy as np


def forward(x, W1, b1, W2, b2):
    hs, ys = [], []
    for row in x:
        h = np.array([1 / (1 + math.exp(-u)) for u in row @ W1 + b1])
        e = np.exp(h @ W2 + b2)
        hs.append(h)
        ys.append(e / e.sum())
    return np.array(hs), np.array(ys)


def loss(x, t, W1, b1, W2, b2):
    y = forward(x, W1, b1, W2, b2)[1]
    return sum(-math.log(y[n, int(np.argmax(t[n]))]) for n in range(len(x))) / len(x)


def output_delta(y, t):
    return np.array([(y[n] - t[n]) / len(y) for n in range(len(y))])


def hidden_delta(h, W2, delta):
    return np.array([(W2 @ delta[n]) * h[n] * (1 - h[n]) for n in range(len(h))])


def gradients(x, t, W1, b1, W2, b2):
    dW1, db1, dW2, db2 = (np.zeros_like(p) for p in (W1, b1, W2, b2))
    h, y = forward(x, W1, b1, W2, b2)
    for n in range(len(x)):
        d2 = y[n] - t[n]
        d1 = (W2 @ d2) * h[n] * (1 - h[n])
        dW1 += np.outer(x[n], d1)
        db1 += d1
        dW2 += np.outer(h[n], d2)
        db2 += d2
    return dW1 / len(x), db1 / len(x), dW2 / len(x), db2 / len(x)
