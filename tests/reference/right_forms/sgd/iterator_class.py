import numpy as np


class _Batches:
    def __init__(self, x, t, size, rng):
        self.x, self.t, self.size = x, t, size
        self.order = np.argsort(rng.random(len(x)))
        self.at = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.at >= len(self.order):
            raise StopIteration
        rows = self.order[self.at : self.at + self.size]
        self.at += self.size
        return [self.x[rows], self.t[rows]]


def minibatches(x, t, batch_size, rng):
    return _Batches(x, t, batch_size, rng)


def loss(x, t, w, b):
    u = np.dot(x, w) + b
    return float(np.sum(np.maximum(u, 0) - u * t + np.log1p(np.exp(-abs(u))))) / len(t)


def gradients(x, t, w, b):
    d = ((1 + np.tanh((np.dot(x, w) + b) / 2)) / 2 - t) / len(t)
    return np.einsum("n,ni->i", d, x), np.array(d.sum())


def sgd_step(params, grads, lr):
    new = []
    for p, g in zip(params, grads):
        p = np.array(p)
        p -= lr * g
        new.append(p)
    return new


def sgd_epoch(x, t, w, b, lr, batch_size, rng):
    params = [w, b]
    for xb, tb in minibatches(x, t, batch_size, rng):
        params = sgd_step(params, gradients(xb, tb, *params), lr)
    return params


def train(x, t, w, b, lr, batch_size, max_epochs, tol, rng):
    epoch, moved = 0, np.inf
    while epoch < max_epochs and moved > tol:
        w2, b2 = sgd_epoch(x, t, w, b, lr, batch_size, rng)
        moved = max([abs(b2 - b)] + [abs(p - q) for p, q in zip(w2, w)])
        w, b, epoch = w2, b2, epoch + 1
    return [w, b, epoch]
