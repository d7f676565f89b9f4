import numpy as np


def _f(*arrays):
    return [np.asarray(a, dtype=np.float32) for a in arrays]


def _forward(x, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    e = np.exp(h @ W2 + b2)
    return h, e / e.sum(axis=1, keepdims=True)


def forward(x, W1, b1, W2, b2):
    return tuple(a.astype(float) for a in _forward(*_f(x, W1, b1, W2, b2)))


def loss(x, t, W1, b1, W2, b2):
    _, y = _forward(*_f(x, W1, b1, W2, b2))
    return float(-np.sum(t * np.log(y)) / len(x))


def output_delta(y, t):
    y, t = _f(y, t)
    return ((y - t) / len(y)).astype(float)


def hidden_delta(h, W2, delta):
    h, W2, delta = _f(h, W2, delta)
    return ((delta @ W2.T) * h * (1 - h)).astype(float)


def gradients(x, t, W1, b1, W2, b2):
    x, t, W1, b1, W2, b2 = _f(x, t, W1, b1, W2, b2)
    h, y = _forward(x, W1, b1, W2, b2)
    d2 = (y - t) / np.float32(len(x))
    d1 = (d2 @ W2.T) * h * (1 - h)
    return tuple(g.astype(float) for g in (x.T @ d1, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0)))
