import numpy as np


def _softmax(u):
    e = np.exp(u - np.max(u, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def forward(x, W1, b1, W2, b2):
    h = 0.5 * (1 + np.tanh((np.dot(x, W1) + b1) / 2))
    return h, _softmax(np.dot(h, W2) + b2)


def loss(x, t, W1, b1, W2, b2):
    _, y = forward(x, W1, b1, W2, b2)
    return -(t * np.log(y + 1e-12)).sum() / x.shape[0]


def output_delta(y, t):
    return (y - t) / y.shape[0]


def hidden_delta(h, W2, delta):
    return np.dot(delta, W2.T) * (1 - h) * h


def gradients(x, t, W1, b1, W2, b2):
    N = x.shape[0]
    h, y = forward(x, W1, b1, W2, b2)
    d2 = y - t
    d1 = np.dot(d2, W2.T) * (1 - h) * h
    return np.dot(x.T, d1) / N, d1.mean(axis=0), np.dot(h.T, d2) / N, d2.mean(axis=0)
