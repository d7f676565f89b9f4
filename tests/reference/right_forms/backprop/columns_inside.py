import numpy as np


def forward(x, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(W1.T @ x.T + b1[:, None])))
    U = W2.T @ H + b2[:, None]
    E = np.exp(U - U.max(axis=0))
    return H.T, (E / E.sum(axis=0)).T


def loss(x, t, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    u = h @ W2 + b2
    return np.array(np.mean(np.logaddexp.reduce(u, axis=1) - np.sum(u * t, axis=1)))


def output_delta(y, t):
    return ((y.T - t.T) / y.shape[0]).T


def hidden_delta(h, W2, delta):
    return ((W2 @ delta.T) * (h * (1 - h)).T).T


def gradients(x, t, W1, b1, W2, b2):
    h, y = forward(x, W1, b1, W2, b2)
    D2 = output_delta(y, t).T
    D1 = (W2 @ D2) * h.T * (1 - h.T)
    return (D1 @ x).T, D1 @ np.ones(len(x)), (D2 @ h).T, D2 @ np.ones(len(x))
