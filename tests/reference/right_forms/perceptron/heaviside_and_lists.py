import numpy as np


def step(u):
    return np.heaviside(u, 1)


def predict(x, w, b):
    return np.array([float(np.dot(row, w) + b >= 0) for row in x])


def and_gate():
    return [1, 1], -2


def or_gate():
    return [[2.0, 2.0], -1]


def update(x, t, w, b, lr):
    if step(np.dot(x, w) + b) == t:
        return w, b
    sign = 1 if t == 1 else -1
    return [w + sign * lr * x, b + sign * lr]


def train(x, t, w, b, lr, epochs):
    mistakes = []
    for _ in range(epochs):
        count = 0
        for i in range(len(x)):
            if step(np.dot(x[i], w) + b) != t[i]:
                count += 1
                w, b = update(x[i], t[i], w, b, lr)
        mistakes.append(count)
        if not count:
            break
    return [w, b, mistakes]
