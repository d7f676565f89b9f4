"""Capstone: a recurrent network learns a noisy sine wave and goes on with it by itself."""

import numpy as np


def make_windows(series, length):
    """All windows of a series, and the value that follows each.

    series: (S,). length: a whole number, 1 <= length < S; there are M = S − length windows.
    Returns: (x, t): x (length, M, 1) with x[s, m, 0] = series[m + s], t (M, 1) with t[m, 0] = series[m + length].
    """
    count = len(series) - length
    x = np.stack([series[s : s + count] for s in range(length)])
    return x[:, :, np.newaxis], series[length:, np.newaxis].copy()


def predict(x, params):
    """The output after the last step of an RNN that starts from zero: h_t = tanh(x_t W + h_{t−1} U + b), y = h V + c.

    x: (T, N, 1). params: W (1, n_h), U (n_h, n_h), b (n_h,), V (n_h, 1), c (1,).
    Returns: (N, 1).
    """
    return _states(x, params)[-1] @ params["V"] + params["c"]


def loss_gradients(x, t, params):
    """The loss (1/N) Σ ½ (predict − t)² and its gradients.

    x: (T, N, 1). t: (N, 1). params: as in predict.
    Returns: (loss, grads): a number, and a dict with the keys W, U, b, V, c.
    """
    hs = _states(x, params)
    error = hs[-1] @ params["V"] + params["c"] - t
    dy = error / len(t)
    grads = {"W": 0.0, "U": 0.0, "b": 0.0, "V": hs[-1].T @ dy, "c": dy.sum(axis=0)}
    dh = dy @ params["V"].T
    for s in reversed(range(len(x))):
        du = dh * (1 - hs[s + 1] ** 2)  # hs[0] is the state before the first step
        grads["W"] = grads["W"] + x[s].T @ du
        grads["U"] = grads["U"] + hs[s].T @ du
        grads["b"] = grads["b"] + du.sum(axis=0)
        dh = du @ params["U"].T
    return 0.5 * np.sum(error**2) / len(t), grads


def train(x, t, n_h, steps, rng):
    """Learn to predict t from x, on the whole batch.

    x: (T, N, 1). t: (N, 1). n_h: number of units. steps: number of updates. rng: numpy.random.Generator.
    Returns: (params, losses): the parameters after the last update (n_in = n_out = 1), and the loss before each
    (steps,).
    """
    params = {
        "W": rng.normal(size=(1, n_h)),
        "U": rng.normal(scale=1 / np.sqrt(n_h), size=(n_h, n_h)),
        "b": np.zeros(n_h),
        "V": rng.normal(scale=1 / np.sqrt(n_h), size=(n_h, 1)),
        "c": np.zeros(1),
    }
    m = {key: np.zeros(p.shape) for key, p in params.items()}
    v = {key: np.zeros(p.shape) for key, p in params.items()}
    losses = np.zeros(steps)
    for k in range(steps):
        losses[k], grads = loss_gradients(x, t, params)
        for key, g in grads.items():  # Adam
            m[key] = 0.9 * m[key] + 0.1 * g
            v[key] = 0.999 * v[key] + 0.001 * g**2
            first, second = m[key] / (1 - 0.9 ** (k + 1)), v[key] / (1 - 0.999 ** (k + 1))
            params[key] = params[key] - 0.01 * first / (np.sqrt(second) + 1e-8)
    return params, losses


def continue_wave(start, params, count):
    """Go on with a series: predict from the last L values, append, drop the oldest, repeat.

    start: (L,). params: as in predict. count: a whole number from 1 on.
    Returns: (count,), the predictions.
    """
    window, values = start, []
    for _ in range(count):
        y = predict(window[:, np.newaxis, np.newaxis], params)[0, 0]
        values.append(y)
        window = np.append(window[1:], y)
    return np.array(values)


def _states(x, params):
    """The states from the zero start on: T + 1 arrays (N, n_h)."""
    hs = [np.zeros((x.shape[1], len(params["b"])))]
    for x_t in x:
        hs.append(np.tanh(x_t @ params["W"] + hs[-1] @ params["U"] + params["b"]))
    return hs
