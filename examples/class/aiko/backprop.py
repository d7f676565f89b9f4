import numpy as np


def softmax(a):
    a = a - a.max(axis=1, keepdims=True)
    return np.exp(a) / np.exp(a).sum(axis=1, keepdims=True)


def forward(x, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(np.dot(x, W1) + b1)))
    y = softmax(np.dot(h, W2) + b2)
    return h, y


def loss(x, t, W1, b1, W2, b2):
    h, y = forward(x, W1, b1, W2, b2)
    return -np.mean(np.sum(t * np.log(y), axis=1))


def output_delta(y, t):
    return (y - t) / y.shape[0]


def hidden_delta(h, W2, delta):
    return h * (1 - h) * np.dot(delta, W2.T)


def gradients(x, t, W1, b1, W2, b2):
    h, y = forward(x, W1, b1, W2, b2)
    d2 = output_delta(y, t)
    d1 = hidden_delta(h, W2, d2)
    return np.dot(x.T, d1), d1.sum(axis=0), np.dot(h.T, d2), d2.sum(axis=0)
