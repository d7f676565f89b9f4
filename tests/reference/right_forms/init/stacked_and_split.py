import numpy as np


def normal(rng, shape, deviation):
    rows = [rng.normal(0.0, deviation, size=shape[1]) for _ in range(shape[0])]
    return np.vstack(rows)


def constant(n_in, n_out, value):
    return np.tile(np.array([[value]]), (n_in, n_out))


def small_normal(n_in, n_out, rng, scale=0.01):
    return normal(rng, (n_in, n_out), scale)


def lecun_normal(n_in, n_out, rng):
    return normal(rng, (n_in, n_out), np.sqrt(1.0 / n_in))


def glorot_uniform(n_in, n_out, rng):
    l = np.sqrt(6.0 / (n_in + n_out))
    return np.stack([rng.uniform(-l, l, n_in) for _ in range(n_out)], axis=1)


def he_normal(n_in, n_out, rng):
    return normal(rng, (n_in, n_out), np.sqrt(2.0 / n_in))


def loss(x, t, W, V):
    per_example = [0.5 * float(np.sum((np.tanh(a[None] @ W) @ V - b) ** 2)) for a, b in zip(x, t)]
    return np.mean(per_example)


def gradients(x, t, W, V):
    def of(n):
        h = np.tanh(x[n : n + 1] @ W)
        d = h @ V - t[n : n + 1]
        return x[n : n + 1].T @ ((d @ V.T) * (1 - h**2)), h.T @ d

    each = [of(n) for n in range(len(x))]
    return np.mean([dW for dW, _ in each], axis=0), np.mean([dV for _, dV in each], axis=0)
