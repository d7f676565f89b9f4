"""A deep network with batch normalization and dropout, trained by Adam until it reads digits.

Keys of params, for sizes [n0, ..., nL]: W1 ... WL (n_{l−1}, n_l), gamma1, beta1 ... gamma{L−1}, beta{L−1} (n_l,),
and b{L} (n_L,). A hidden layer is relu(batch norm of h @ W) ∘ mask; the last one softmax(h @ W + b).
"""

import numpy as np

EPS = 1e-5


def init_params(sizes, rng):
    """Where training starts: He's normal weights, gammas 1, betas and the last bias 0.

    sizes: [n0, ..., nL], L >= 2. rng: numpy.random.Generator.
    Returns: dict of params.
    """
    last = len(sizes) - 1
    params = {f"b{last}": np.zeros(sizes[-1])}
    for layer in range(1, last + 1):
        n, m = sizes[layer - 1], sizes[layer]
        params[f"W{layer}"] = rng.normal(0.0, np.sqrt(2 / n), (n, m))
        if layer < last:
            params[f"gamma{layer}"], params[f"beta{layer}"] = np.ones(m), np.zeros(m)
    return params


def loss(params, x, t, masks):
    """The mean cross-entropy of a batch, with this batch's statistics and these masks.

    params: dict. x: (N, n0). t: (N, nL), one-hot. masks: list of L − 1 arrays (N, n_l), entries 0 or 1/(1 − p).
    Returns: a number.
    """
    log_y, _ = _forward(params, x, masks)
    return -np.sum(t * log_y) / len(x)


def gradients(params, x, t, masks):
    """The gradients of that loss.

    params, x, t, masks: as for loss.
    Returns: dict with the keys of params.
    """
    log_y, layers = _forward(params, x, masks)
    last = len(masks) + 1
    d = (np.exp(log_y) - t) / len(x)
    slopes = {f"W{last}": layers[-1]["h"].T @ d, f"b{last}": d.sum(axis=0)}
    dh = d @ params[f"W{last}"].T
    for layer in range(last - 1, 0, -1):
        kept = layers[layer]
        dz = dh * kept["mask"] * (kept["z"] > 0)
        slopes[f"gamma{layer}"], slopes[f"beta{layer}"] = (dz * kept["hat"]).sum(axis=0), dz.sum(axis=0)
        dhat = dz * params[f"gamma{layer}"]
        through_variance = kept["hat"] * (dhat * kept["hat"]).mean(axis=0)
        da = (dhat - dhat.mean(axis=0) - through_variance) / kept["s"]
        slopes[f"W{layer}"] = layers[layer - 1]["h"].T @ da
        dh = da @ params[f"W{layer}"].T
    return slopes


def predict(params, stats, x):
    """The probabilities of the classes, with given statistics in the place of the batch's, and without dropout.

    stats: list of L − 1 pairs (mean, var), each (n_l,). x: (N, n0).
    Returns: (N, nL), rows that add up to 1.
    """
    h = x
    for layer, (mean, var) in enumerate(stats, 1):
        hat = (h @ params[f"W{layer}"] - mean) / np.sqrt(var + EPS)
        h = np.maximum(params[f"gamma{layer}"] * hat + params[f"beta{layer}"], 0.0)
    last = len(stats) + 1
    return np.exp(_log_softmax(h @ params[f"W{last}"] + params[f"b{last}"]))


def train(x, t, sizes, rng, epochs, batch, lr, p):
    """Train with mini-batches in a new order every epoch, new dropout masks every step, and Adam.

    x: (N, n0). t: (N, nL), one-hot. N is a multiple of batch. lr: the rate of Adam. p: the probability to be dropped.
    Returns: (params, stats, losses): stats ready for predict, losses (epochs,) the mean of each epoch's batch losses.
    """
    params = init_params(sizes, rng)
    m = {key: np.zeros_like(value) for key, value in params.items()}
    v = {key: np.zeros_like(value) for key, value in params.items()}
    steps, losses = 0, np.zeros(epochs)
    for epoch in range(epochs):
        for rows in rng.permutation(len(x)).reshape(-1, batch):
            masks = [(rng.random((batch, n)) >= p) / (1 - p) for n in sizes[1:-1]]
            losses[epoch] += loss(params, x[rows], t[rows], masks) * batch / len(x)
            steps += 1
            for key, g in gradients(params, x[rows], t[rows], masks).items():
                m[key] = 0.9 * m[key] + 0.1 * g
                v[key] = 0.999 * v[key] + 0.001 * g**2
                corrected = m[key] / (1 - 0.9**steps), v[key] / (1 - 0.999**steps)
                params[key] = params[key] - lr * corrected[0] / (np.sqrt(corrected[1]) + 1e-8)
    return params, _statistics(params, x, len(sizes) - 2), losses


def _forward(params, x, masks):
    """log y, and for every layer what the way back needs; entry 0 holds the input."""
    layers = [{"h": x}]
    for layer, mask in enumerate(masks, 1):
        a = layers[-1]["h"] @ params[f"W{layer}"]
        s = np.sqrt(a.var(axis=0) + EPS)
        hat = (a - a.mean(axis=0)) / s
        z = params[f"gamma{layer}"] * hat + params[f"beta{layer}"]
        layers.append({"h": np.maximum(z, 0.0) * mask, "z": z, "hat": hat, "s": s, "mask": mask})
    last = len(masks) + 1
    return _log_softmax(layers[-1]["h"] @ params[f"W{last}"] + params[f"b{last}"]), layers


def _statistics(params, x, hidden):
    """Mean and variance of every hidden layer's a over the whole of x, without dropout."""
    stats, h = [], x
    for layer in range(1, hidden + 1):
        a = h @ params[f"W{layer}"]
        mean, var = a.mean(axis=0), a.var(axis=0)
        stats.append((mean, var))
        hat = (a - mean) / np.sqrt(var + EPS)
        h = np.maximum(params[f"gamma{layer}"] * hat + params[f"beta{layer}"], 0.0)
    return stats


def _log_softmax(u):
    shifted = u - u.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
