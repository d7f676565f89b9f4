import numpy as np


def step(u):
    out = np.zeros(np.shape(u), dtype=np.float32)
    out[np.asarray(u) >= 0] = 1
    return out


def predict(x, w, b):
    return step(np.einsum("ij,j->i", x, w) + b)


def and_gate():
    return (0.5, 0.5), np.float64(-0.7)


def or_gate():
    return (0.5, 0.5), np.array(-0.2)


def update(x, t, w, b, lr):
    w = w.copy()
    error = t - step(np.dot(x, w) + b)
    w += lr * error * x
    b = b + lr * error
    return w, b


def train(x, t, w, b, lr, epochs):
    w = np.array(w)
    out = []
    e = 0
    while e < epochs:
        out.append(0)
        for i in range(x.shape[0]):
            before = predict(x[i : i + 1], w, b)[0]
            if before != t[i]:
                out[-1] += 1
            w, b = update(x[i], t[i], w, b, lr)
        e += 1
        if out[-1] == 0:
            break
    return w, b, out
