import numpy as np


def minibatches(x, t, batch_size, rng):
    pool = list(range(len(x)))
    while pool:
        rows = [pool.pop(int(rng.integers(len(pool)))) for _ in range(min(batch_size, len(pool)))]
        yield np.array([x[r] for r in rows]), np.array([t[r] for r in rows])


def _u(x, w, b):
    return np.float32(x) @ np.float32(w) + np.float32(b)


def loss(x, t, w, b):
    u = _u(x, w, b)
    return np.float64(np.mean(np.logaddexp(0, u, dtype=np.float64) - t * u))


def gradients(x, t, w, b):
    d = (1 / (1 + np.exp(-_u(x, w, b))) - t) / len(t)
    return (np.float32(x).T @ np.float32(d)).astype(float), float(d.sum())


def sgd_step(params, grads, lr):
    return [np.subtract(p, np.multiply(lr, g)) for p, g in zip(params, grads)]


def sgd_epoch(x, t, w, b, lr, batch_size, rng):
    for batch in minibatches(x, t, batch_size, rng):
        w, b = sgd_step([w, b], gradients(*batch, w, b), lr)
    return w, b


def train(x, t, w, b, lr, batch_size, max_epochs, tol, rng):
    for done in range(1, max_epochs + 1):
        start = w, b
        w, b = sgd_epoch(x, t, w, b, lr, batch_size, rng)
        if max(abs(w - start[0]).max(), abs(b - start[1])) <= tol:
            break
    return w, b, done
