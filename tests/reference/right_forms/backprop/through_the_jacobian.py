import numpy as np


def forward(x, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    e = np.exp(h @ W2 + b2)
    return h, e / e.sum(axis=1, keepdims=True)


def loss(x, t, W1, b1, W2, b2):
    return -np.mean(np.sum(t * np.log(forward(x, W1, b1, W2, b2)[1]), axis=1))


def output_delta(y, t):
    delta = np.empty_like(y)
    for n in range(len(y)):
        jacobian = np.diag(y[n]) - np.outer(y[n], y[n])
        delta[n] = jacobian @ (-t[n] / y[n]) / len(y)
    return delta


def hidden_delta(h, W2, delta):
    return np.einsum("nk,mk->nm", delta, W2) * (h - h**2)


def gradients(x, t, W1, b1, W2, b2):
    h, y = forward(x, W1, b1, W2, b2)
    d2 = output_delta(y, t)
    d1 = hidden_delta(h, W2, d2)
    return [
        np.einsum("ni,nj->ij", x, d1),
        np.einsum("nj->j", d1),
        np.einsum("ni,nj->ij", h, d2),
        np.einsum("nj->j", d2),
    ]
