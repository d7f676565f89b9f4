import numpy as np


def step(u):
    return np.asarray(u) >= 0


def _ones(x):
    return np.hstack([x, np.ones((len(x), 1))])


def predict(x, w, b):
    return step(_ones(x) @ np.append(w, b)).astype(int)


def and_gate():
    return np.array([0.7, 0.1]), -0.8


def or_gate():
    return np.array([0.3, 0.2]), -0.2


def update(x, t, w, b, lr):
    v = np.append(w, b)
    xx = np.append(x, 1.0)
    v = v + lr * (t - float(xx @ v >= 0)) * xx
    return v[:-1], v[-1]


def train(x, t, w, b, lr, epochs):
    v = np.append(w, b).astype(float)
    xs = _ones(x)
    mistakes = np.zeros(epochs, dtype=int)
    for e in range(epochs):
        for xx, target in zip(xs, t):
            error = target - float(xx @ v >= 0)
            mistakes[e] += error != 0
            v += lr * error * xx
        if mistakes[e] == 0:
            return v[:-1], v[-1], mistakes[: e + 1]
    return v[:-1], v[-1], mistakes
