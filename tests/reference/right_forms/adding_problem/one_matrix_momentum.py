"""All gates in one matrix, momentum with clipping; marks by argsort of uniforms; results as lists."""
import numpy as np

G = "ifoa"


def make_data(N, T, rng):
    order = rng.random((N, T)).argsort(axis=1)[:, :2]
    x = np.stack([rng.uniform(size=(T, N)), np.zeros((T, N))], axis=-1)
    t = np.zeros((N, 1))
    for n, pair in enumerate(order):
        x[pair, n, 1] = 1
        t[n, 0] = x[pair[0], n, 0] + x[pair[1], n, 0]
    return [x, t]


def sigma(u):
    return 0.5 * (1 + np.tanh(u / 2))


def joined(p):
    return [np.concatenate([p[f"{k}_{g}"] for g in G], axis=-1) for k in "WUb"]


def forward(x, p):
    W, U, b = joined(p)
    m = len(p["V"])
    h, c, trace = np.zeros((x.shape[1], m)), np.zeros((x.shape[1], m)), []
    for u in x @ W + b:
        u = u + h @ U
        s, a = sigma(u[:, : 3 * m]), np.tanh(u[:, 3 * m :])
        i, f, o = s[:, :m], s[:, m : 2 * m], s[:, 2 * m :]
        new = f * c + i * a
        trace.append((h, c, i, f, o, a, np.tanh(new)))
        h, c = o * np.tanh(new), new
    return h, trace


def predict(x, params):
    return forward(x, params)[0] @ params["V"] + params["c"]


def loss_gradients(x, t, params):
    W, U, b = joined(params)
    h, trace = forward(x, params)
    e = (h @ params["V"] + params["c"] - t) / len(t)
    dh, dc, E = e @ params["V"].T, 0, []
    for before, c, i, f, o, a, s in trace[::-1]:
        dc = dc + dh * o * (1 - s * s)
        du = np.hstack([dc * a * i * (1 - i), dc * c * f * (1 - f), dh * s * o * (1 - o), dc * i * (1 - a * a)])
        E.insert(0, du)
        dh, dc = du @ U.T, dc * f
    E = np.array(E)
    before = np.array([row[0] for row in trace])
    grads = {"V": h.T @ e, "c": e.sum(0)}
    for key, value in zip("WUb", (np.einsum("tni,tnh->ih", x, E), np.einsum("tnk,tnh->kh", before, E), E.sum((0, 1)))):
        grads.update({f"{key}_{g}": part for g, part in zip(G, np.split(value, 4, axis=-1))})
    return [0.5 * len(t) * (e**2).sum(), grads]


def train(T, n_h, steps, rng):
    p = {"V": rng.normal(size=(n_h, 1)) / n_h**0.5, "c": np.zeros(1)}
    for g in G:
        p |= {f"W_{g}": rng.normal(size=(2, n_h)), f"U_{g}": rng.normal(size=(n_h, n_h)) / n_h**0.5, f"b_{g}": np.zeros(n_h)}
    speed, losses = {k: 0 for k in p}, []
    for _ in range(steps):
        x, t = make_data(32, T, rng)
        loss, g = loss_gradients(x, t, p)
        losses.append(float(loss))
        norm = np.sqrt(sum((v**2).sum() for v in g.values()))
        scale = min(1, 1 / (norm + 1e-6))
        speed = {k: 0.9 * speed[k] - 0.1 * scale * g[k] for k in p}
        p = {k: p[k] + speed[k] for k in p}
    return [p, losses]
