"""Columns inside, transposes at the door; two marks by swapping; RMSProp."""
import numpy as np


def make_data(N, T, rng):
    x = np.zeros((T, N, 2))
    x[:, :, 0] = rng.uniform(0, 1, (T, N))
    first = rng.integers(0, T, N)
    second = (first + rng.integers(1, T, N)) % T
    x[first, np.arange(N), 1] = 1
    x[second, np.arange(N), 1] = 1
    return x, (x[first, np.arange(N), 0] + x[second, np.arange(N), 0]).reshape(N, 1)


def sigma(v):
    return np.exp(-np.logaddexp(0, -v))


def forward(x, p):
    m, N = len(p["b_f"]), x.shape[1]
    h, c, past = np.zeros((m, N)), np.zeros((m, N)), []
    for x_t in x:
        u = {g: p["W_" + g].T @ x_t.T + p["U_" + g].T @ h + p["b_" + g][:, None] for g in "aifo"}
        a, i, f, o = np.tanh(u["a"]), sigma(u["i"]), sigma(u["f"]), sigma(u["o"])
        new = f * c + i * a
        past.append((x_t.T, h, c, a, i, f, o, np.tanh(new)))
        c, h = new, o * np.tanh(new)
    return h, past


def predict(x, params):
    h, _ = forward(x, params)
    return (params["V"].T @ h).T + params["c"]


def loss_gradients(x, t, params):
    h, past = forward(x, params)
    e = (params["V"].T @ h + params["c"][:, None] - t.T) / len(t)
    grads = {k: 0 for k in params}
    grads["V"], grads["c"] = h @ e.T, e.sum(axis=1)
    dh, dc = params["V"] @ e, 0
    while past:
        x_t, before, c, a, i, f, o, s = past.pop()
        dc = dc + dh * o * (1 - s) * (1 + s)
        d = {"o": dh * s * o * (1 - o), "a": dc * i * (1 - a) * (1 + a), "i": dc * a * i * (1 - i), "f": dc * c * f * (1 - f)}
        for g in d:
            grads["W_" + g] = grads["W_" + g] + x_t @ d[g].T
            grads["U_" + g] = grads["U_" + g] + before @ d[g].T
            grads["b_" + g] = grads["b_" + g] + d[g].sum(axis=1)
        dh = sum(params["U_" + g] @ d[g] for g in d)
        dc = dc * f
    return 0.5 * len(t) * float(np.vdot(e, e)), grads


def train(T, n_h, steps, rng):
    p = {}
    for g in "fiao":
        p["b_" + g] = np.full(n_h, 1.0 if g == "f" else 0.0)
        p["U_" + g], p["W_" + g] = rng.normal(0, n_h**-0.5, (n_h, n_h)), rng.normal(0, 2**-0.5, (2, n_h))
    p["V"], p["c"] = rng.normal(0, n_h**-0.5, (n_h, 1)), np.zeros(1)
    s, losses = {k: 0 for k in p}, []
    for _ in range(steps):
        loss, g = loss_gradients(*make_data(32, T, rng), p)
        losses.append(loss)
        s = {k: 0.9 * s[k] + 0.1 * g[k] ** 2 for k in p}
        p = {k: p[k] - 0.003 * g[k] / (np.sqrt(s[k]) + 1e-8) for k in p}
    return p, losses
