"""Inputs of all times multiplied at once; errors of all times collected, gradients by einsum and reshaping."""
import numpy as np

G = ("a", "i", "f", "o")


def init_params(n_in, n_h, rng, forget_bias=1.0):
    draw = lambda n: rng.normal(size=(n, n_h), scale=np.sqrt(1 / n))
    params = {f"W_{g}": draw(n_in) for g in G} | {f"U_{g}": draw(n_h) for g in G}
    return params | {f"b_{g}": np.zeros(n_h) for g in "aio"} | {"b_f": np.zeros(n_h) + forget_bias}


def act(g, u):
    if g == "a":
        return np.tanh(u)
    return np.where(u > 0, 1 / (1 + np.exp(-u)), np.exp(u) / (1 + np.exp(u)))


def slope(g, y):
    return 1 - y * y if g == "a" else y - y * y


def run(x, h, c, p):
    fed = {g: np.tensordot(x, p[f"W_{g}"], axes=1) + p[f"b_{g}"] for g in G}
    past, now, gates = [], [], []
    for t in range(x.shape[0]):
        y = {g: act(g, fed[g][t] + h @ p[f"U_{g}"]) for g in G}
        past.append((h, c))
        c = y["f"] * c + y["i"] * y["a"]
        h = y["o"] * np.tanh(c)
        now.append((h, c))
        gates.append(y)
    return past, now, gates


def lstm_step(x, h, c, params):
    return run(x[None], h, c, params)[1][0]


def lstm_forward(x, h0, c0, params):
    _, now, _ = run(x, h0, c0, params)
    return np.array([h for h, _ in now]), np.array([c for _, c in now])


def back(x, h0, c0, p, dhs, dcs):
    past, now, gates = run(x, h0, c0, p)
    dh, dc = np.zeros(h0.shape), np.zeros(c0.shape)
    errors = {g: np.zeros((len(x), *h0.shape)) for g in G}
    for t in range(len(x) - 1, -1, -1):
        y, (h, c), squashed = gates[t], past[t], np.tanh(now[t][1])
        dh = dh + dhs[t]
        dc = dc + dcs[t] + dh * y["o"] * (1 - squashed**2)
        outer = {"a": dc * y["i"], "i": dc * y["a"], "f": dc * c, "o": dh * squashed}
        for g in G:
            errors[g][t] = outer[g] * slope(g, y[g])
        dh = np.add.reduce([errors[g][t] @ p[f"U_{g}"].T for g in G])
        dc = dc * y["f"]
    before = np.array([h for h, _ in past])
    grads = {}
    for g, e in errors.items():
        grads[f"W_{g}"] = np.einsum("tni,tnh->ih", x, e)
        grads[f"U_{g}"] = before.reshape(-1, before.shape[2]).T @ e.reshape(-1, e.shape[2])
        grads[f"b_{g}"] = e.sum(axis=(0, 1))
    return sum(e @ p[f"W_{g}"].T for g, e in errors.items()), dh, dc, grads


def lstm_step_backward(x, h, c, params, dh_new, dc_new):
    dx, dh, dc, grads = back(x[None], h, c, params, dh_new[None], dc_new[None])
    return dx[0], dh, dc, grads


def lstm_backward(x, h0, c0, params, dhs):
    return back(x, h0, c0, params, dhs, 0 * dhs)
