"""Capstone: an LSTM learns to add the two marked numbers of a sequence."""

import numpy as np


def make_data(N, T, rng):
    """Sequences of numbers in [0, 1), two of them marked, and the sum of the marked ones.

    N: number of examples. T: number of steps, at least 2. rng: numpy.random.Generator.
    Returns: (x, t): x (T, N, 2) with the numbers in x[..., 0] and marks of 0 and 1 in x[..., 1], t (N, 1).
    """
    x = np.zeros((T, N, 2))
    x[:, :, 0] = rng.random((T, N))
    for n in range(N):
        x[rng.choice(T, size=2, replace=False), n, 1] = 1.0
    return x, np.sum(x[:, :, 0] * x[:, :, 1], axis=0)[:, np.newaxis]


def predict(x, params):
    """What the last state of an LSTM says, started from h0 = c0 = 0: h V + c.

    x: (T, N, 2). params: W_g (2, n_h), U_g (n_h, n_h), b_g (n_h,) for g = a, i, f, o; V (n_h, 1), c (1,).
    Returns: (N, 1).
    """
    h, _steps = _forward(x, params)
    return h @ params["V"] + params["c"]


def loss_gradients(x, t, params):
    """The loss (1/N) Σ ½ (predict − t)² and its gradients.

    x: (T, N, 2). t: (N, 1). params: as in predict.
    Returns: (loss, grads): a number, and a dict with the fourteen keys of params.
    """
    h, steps = _forward(x, params)
    error = h @ params["V"] + params["c"] - t
    dy = error / len(t)
    grads = {key: np.zeros(np.shape(value)) for key, value in params.items()}
    grads["V"] += h.T @ dy
    grads["c"] += dy.sum(axis=0)
    dh, dc = dy @ params["V"].T, np.zeros(h.shape)
    for x_t, before, old, a, i, f, o, squashed in reversed(steps):
        dc = dc + dh * o * (1 - squashed**2)
        du = {
            "a": dc * i * (1 - a**2),
            "i": dc * a * i * (1 - i),
            "f": dc * old * f * (1 - f),
            "o": dh * squashed * o * (1 - o),
        }
        for g in du:
            grads["W_" + g] += x_t.T @ du[g]
            grads["U_" + g] += before.T @ du[g]
            grads["b_" + g] += du[g].sum(axis=0)
        dh = sum(du[g] @ params["U_" + g].T for g in du)
        dc = dc * f
    return 0.5 * np.sum(error**2) / len(t), grads


def train(T, n_h, steps, rng):
    """Learn to add on fresh data for every update.

    T: length of the sequences. n_h: number of units. steps: number of updates. rng: numpy.random.Generator.
    Returns: (params, losses): the parameters after the last update, and the loss of each batch before its update
    (steps,).
    """
    params = _start(n_h, rng)
    m = {key: np.zeros(p.shape) for key, p in params.items()}
    v = {key: np.zeros(p.shape) for key, p in params.items()}
    losses = np.zeros(steps)
    for k in range(steps):
        losses[k], grads = loss_gradients(*make_data(32, T, rng), params)
        for key, g in grads.items():  # Adam
            m[key] = 0.9 * m[key] + 0.1 * g
            v[key] = 0.999 * v[key] + 0.001 * g**2
            first, second = m[key] / (1 - 0.9 ** (k + 1)), v[key] / (1 - 0.999 ** (k + 1))
            params[key] = params[key] - 0.01 * first / (np.sqrt(second) + 1e-8)
    return params, losses


def _start(n_h, rng):
    params = {"V": rng.normal(scale=1 / np.sqrt(n_h), size=(n_h, 1)), "c": np.zeros(1)}
    for g in "aifo":
        params["W_" + g] = rng.normal(scale=1 / np.sqrt(2), size=(2, n_h))
        params["U_" + g] = rng.normal(scale=1 / np.sqrt(n_h), size=(n_h, n_h))
        params["b_" + g] = np.ones(n_h) if g == "f" else np.zeros(n_h)
    return params


def _forward(x, params):
    """The last h, and for every step what its backward needs."""
    h = c = np.zeros((x.shape[1], len(params["b_f"])))
    steps = []
    for x_t in x:
        u = {g: x_t @ params["W_" + g] + h @ params["U_" + g] + params["b_" + g] for g in "aifo"}
        a, i, f, o = np.tanh(u["a"]), _sigmoid(u["i"]), _sigmoid(u["f"]), _sigmoid(u["o"])
        c_new = f * c + i * a
        squashed = np.tanh(c_new)
        steps.append((x_t, h, c, a, i, f, o, squashed))
        h, c = o * squashed, c_new
    return h, steps


def _sigmoid(u):
    e = np.exp(-np.abs(u))  # never larger than 1, so that nothing overflows
    return np.where(u >= 0, 1.0, e) / (1.0 + e)
