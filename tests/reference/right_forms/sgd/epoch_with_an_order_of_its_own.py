import numpy as np


def minibatches(x, t, batch_size, rng):
    index = np.arange(len(x))
    rng.shuffle(index)
    return tuple((x[index[i : i + batch_size]], t[index[i : i + batch_size]]) for i in range(0, len(x), batch_size))


def loss(x, t, w, b):
    y = 1 / (1 + np.exp(-x @ w - b))
    return -np.log(np.where(t == 1, y, 1 - y)).mean()


def gradients(x, t, w, b):
    n = len(x)
    dw, db = np.zeros(len(w)), 0.0
    for row, target in zip(x, t):
        e = 1 / (1 + np.exp(-(row @ w + b))) - target
        dw = dw + e * row / n
        db = db + e / n
    return dw, db


def sgd_step(params, grads, lr):
    return [params[i] - lr * grads[i] for i in range(len(params))]


def sgd_epoch(x, t, w, b, lr, batch_size, rng):
    left = list(rng.choice(len(x), size=len(x), replace=False))
    while left:
        rows, left = left[:batch_size], left[batch_size:]
        dw, db = gradients(x[rows], t[rows], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def train(x, t, w, b, lr, batch_size, max_epochs, tol, rng):
    for k in range(max_epochs):
        new_w, new_b = sgd_epoch(x, t, w, b, lr, batch_size, rng)
        still = np.all(np.abs(new_w - w) <= tol) and abs(new_b - b) <= tol
        w, b = new_w, new_b
        if still:
            break
    return w, b, k + 1
