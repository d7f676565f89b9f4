import numpy as np


def _softmax(u):
    e = np.exp(u - u.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def forward(x, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    return h, _softmax(h @ W2 + b2)


def loss(x, t, W1, b1, W2, b2):
    return -np.sum(t * np.log(forward(x, W1, b1, W2, b2)[1])) / len(x)


def gradients(x, t, W1, b1, W2, b2):
    total = [np.zeros(p.shape) for p in (W1, b1, W2, b2)]
    for row, target in zip(x, t):
        h, y = forward(row[None], W1, b1, W2, b2)
        d2 = y[0] - target
        d1 = W2 @ d2 * h[0] * (1 - h[0])
        for sum_, part in zip(total, (np.outer(row, d1), d1, np.outer(h[0], d2), d2)):
            sum_ += part / len(x)
    return tuple(total)


def initial_parameters(n_hidden, rng):
    return [rng.standard_normal((2, n_hidden)), np.zeros(n_hidden), rng.standard_normal((n_hidden, 2)), np.zeros(2)]


def train(x, t, W1, b1, W2, b2, lr, steps):
    p = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    losses = np.empty(steps + 1)
    for k in range(steps):
        losses[k] = loss(x, t, **p)
        g = gradients(x, t, **p)
        p = {name: p[name] - lr * d for name, d in zip(p, g)}
    losses[steps] = loss(x, t, **p)
    return [*p.values(), losses]


def predict(x, W1, b1, W2, b2):
    _, y = forward(x, W1, b1, W2, b2)
    return (y[:, 1] > y[:, 0]).astype(int)
