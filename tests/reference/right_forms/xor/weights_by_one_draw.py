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
    h, y = forward(x, W1, b1, W2, b2)
    d2 = y - t
    d1 = d2 @ W2.T * h * (1 - h)
    N = len(x)
    return [x.T @ d1 / N, d1.mean(axis=0), h.T @ d2 / N, d2.mean(axis=0)]


def initial_parameters(n_hidden, rng):
    numbers = rng.normal(0.0, 1.0, 4 * n_hidden)
    return numbers[: 2 * n_hidden].reshape(2, -1), np.zeros(n_hidden), numbers[2 * n_hidden :].reshape(-1, 2), np.zeros(2)


class _Network:
    def __init__(self, *parameters):
        self.parameters = [np.array(p) for p in parameters]

    def step(self, x, t, lr):
        for p, g in zip(self.parameters, gradients(x, t, *self.parameters)):
            p -= lr * g


def train(x, t, W1, b1, W2, b2, lr, steps):
    network = _Network(W1, b1, W2, b2)
    losses = [loss(x, t, *network.parameters)]
    for _ in range(steps):
        network.step(x, t, lr)
        losses.append(loss(x, t, *network.parameters))
    return (*network.parameters, losses)


def predict(x, W1, b1, W2, b2):
    return [int(np.argmax(row)) for row in forward(x, W1, b1, W2, b2)[1]]
