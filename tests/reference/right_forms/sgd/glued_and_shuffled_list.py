import numpy as np


def minibatches(x, t, batch_size, rng):
    both = np.column_stack([x, t])
    rng.shuffle(both)
    out = []
    while len(both):
        out.append((both[:batch_size, :-1], both[:batch_size, -1]))
        both = both[batch_size:]
    return out


def _y(x, w, b):
    return 1 / (1 + np.exp(-(x @ w + b)))


def loss(x, t, w, b):
    y = _y(x, w, b)
    return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))


def gradients(x, t, w, b):
    d = _y(x, w, b) - t
    return [np.mean(d[:, None] * x, axis=0), d.mean()]


def sgd_step(params, grads, lr):
    return tuple(p - lr * g for p, g in zip(params, grads))


def sgd_epoch(x, t, w, b, lr, batch_size, rng):
    for xb, tb in minibatches(x, t, batch_size, rng):
        dw, db = gradients(xb, tb, w, b)
        w, b = sgd_step((w, b), (dw, db), lr)
    return [w, b]


def train(x, t, w, b, lr, batch_size, max_epochs, tol, rng):
    epochs = 0
    for _ in range(max_epochs):
        old = np.append(w, b)
        w, b = sgd_epoch(x, t, w, b, lr, batch_size, rng)
        epochs += 1
        if np.abs(np.append(w, b) - old).max() <= tol:
            return w, b, epochs
    return w, b, epochs
