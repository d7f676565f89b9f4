"""Adam on all parameters in one vector; recursion over the layers for the way there and back."""

import numpy as np


def _keys(L):
    return (
        [f"W{k}" for k in range(1, L + 1)]
        + [f"{name}{k}" for k in range(1, L) for name in ("gamma", "beta")]
        + [f"b{L}"]
    )


def init_params(sizes, rng):
    L = len(sizes) - 1
    params = {}
    for key in _keys(L):
        k = int(key.strip("Wgamebt"))
        if key.startswith("W"):
            params[key] = rng.normal(0, np.sqrt(2 / sizes[k - 1]), (sizes[k - 1], sizes[k]))
        else:
            params[key] = np.full(sizes[k], 1.0 if key.startswith("g") else 0.0)
    return params


def _log_softmax(u):
    u = u - np.max(u, axis=1)[:, None]
    return u - np.log(np.sum(np.exp(u), axis=1))[:, None]


def _there_and_back(params, h, t, masks, k, slopes):
    """The loss from layer k on, and the gradient at h; fills in slopes on the way back."""
    W, N = params[f"W{k}"], len(h)
    if k > len(masks):
        log_y = _log_softmax(h @ W + params[f"b{k}"])
        d = (np.exp(log_y) - t) / N
        slopes[f"W{k}"], slopes[f"b{k}"] = h.T @ d, np.sum(d, axis=0)
        return -np.sum(t * log_y) / N, d @ W.T
    a = h @ W
    s = np.sqrt(np.var(a, axis=0) + 1e-5)
    hat = (a - np.mean(a, axis=0)) / s
    z = params[f"gamma{k}"] * hat + params[f"beta{k}"]
    value, d = _there_and_back(params, np.maximum(z, 0) * masks[k - 1], t, masks, k + 1, slopes)
    d = d * masks[k - 1] * np.heaviside(z, 0)
    slopes[f"gamma{k}"], slopes[f"beta{k}"] = np.sum(d * hat, axis=0), np.sum(d, axis=0)
    d = d * params[f"gamma{k}"]
    d = (d - d.mean(axis=0) - hat * (d * hat).mean(axis=0)) / s
    slopes[f"W{k}"] = h.T @ d
    return value, d @ W.T


def loss(params, x, t, masks):
    return _there_and_back(params, x, t, masks, 1, {})[0]


def gradients(params, x, t, masks):
    slopes = {}
    _there_and_back(params, x, t, masks, 1, slopes)
    return slopes


def predict(params, stats, x):
    if len(x) > 1:
        return np.concatenate([predict(params, stats, row[None]) for row in x])
    h = x
    for k, (mean, var) in enumerate(stats, 1):
        h = np.clip(
            params[f"gamma{k}"] * (h @ params[f"W{k}"] - mean) / np.sqrt(var + 1e-5) + params[f"beta{k}"], 0, None
        )
    return np.exp(_log_softmax(h @ params[f"W{len(stats) + 1}"] + params[f"b{len(stats) + 1}"]))


def _flat(params, keys):
    return np.concatenate([params[key].ravel() for key in keys])


def _apart(vector, like, keys):
    ends = np.cumsum([like[key].size for key in keys])[:-1]
    return {key: part.reshape(like[key].shape) for key, part in zip(keys, np.split(vector, ends), strict=True)}


def train(x, t, sizes, rng, epochs, batch, lr, p):
    params, keys = init_params(sizes, rng), _keys(len(sizes) - 1)
    w = _flat(params, keys)
    m, v, count, losses = np.zeros_like(w), np.zeros_like(w), 0, np.zeros(epochs)
    sums = None
    for epoch in range(epochs):
        order = np.argsort(rng.random(len(x)))
        for chunk in np.array_split(order, len(x) // batch):
            masks = [(rng.uniform(size=(batch, n)) > p) / (1 - p) for n in sizes[1:-1]]
            params, slopes = _apart(w, params, keys), {}
            losses[epoch] += _there_and_back(params, x[chunk], t[chunk], masks, 1, slopes)[0] * batch / len(x)
            g, count = _flat(slopes, keys), count + 1
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
            w = w - lr * m / (1 - 0.9**count) / (np.sqrt(v / (1 - 0.999**count)) + 1e-8)
    params, h, sums = _apart(w, params, keys), x, []
    for k in range(1, len(sizes) - 1):
        a = h @ params[f"W{k}"]
        sums.append((np.average(a, axis=0), np.var(a, axis=0)))
        h = np.maximum(params[f"gamma{k}"] * (a - sums[-1][0]) / np.sqrt(sums[-1][1] + 1e-5) + params[f"beta{k}"], 0)
    return params, sums, losses
