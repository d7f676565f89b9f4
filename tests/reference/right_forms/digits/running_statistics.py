"""Statistics averaged while training, Adam's steps in the efficient order with eps scaled, masks by binomial."""

import numpy as np


def init_params(sizes, rng):
    params = {}
    for k in range(1, len(sizes)):
        params[f"W{k}"] = np.sqrt(2.0 / sizes[k - 1]) * rng.standard_normal((sizes[k - 1], sizes[k]))
    for k in range(1, len(sizes) - 1):
        params[f"gamma{k}"] = np.ones(sizes[k])
        params[f"beta{k}"] = np.zeros(sizes[k])
    params[f"b{len(sizes) - 1}"] = np.zeros(sizes[-1])
    return params


def _pass(params, x, masks):
    h, tape, stats = x, [], []
    for k, mask in enumerate(masks, 1):
        a = h @ params[f"W{k}"]
        mu, var = a.mean(0), a.var(0)
        hat = (a - mu) / np.sqrt(var + 1e-5)
        r = np.maximum(params[f"gamma{k}"] * hat + params[f"beta{k}"], 0)
        tape.append((h, hat, var, r))
        stats.append((mu, var))
        h = r * mask
    k = len(masks) + 1
    u = h @ params[f"W{k}"] + params[f"b{k}"]
    u = u - u.max(1, keepdims=True)
    return u - np.log(np.exp(u).sum(1, keepdims=True)), h, tape, stats


def loss(params, x, t, masks):
    return float(-(t * _pass(params, x, masks)[0]).sum(1).mean())


def gradients(params, x, t, masks):
    log_y, h, tape, _ = _pass(params, x, masks)
    k = len(masks) + 1
    d = (np.exp(log_y) - t) / len(x)
    out = {f"W{k}": np.einsum("ni,nj->ij", h, d), f"b{k}": d.sum(0)}
    for k in range(len(masks), 0, -1):
        below, hat, var, r = tape[k - 1]
        d = (d @ params[f"W{k + 1}"].T) * masks[k - 1] * (r > 0)
        out[f"gamma{k}"], out[f"beta{k}"] = np.einsum("nj,nj->j", d, hat), d.sum(0)
        N = len(x)
        d = params[f"gamma{k}"] / (N * np.sqrt(var + 1e-5)) * (N * d - out[f"beta{k}"] - hat * out[f"gamma{k}"])
        out[f"W{k}"] = below.T @ d
    return out


def predict(params, stats, x):
    h = x
    for k, (mu, var) in enumerate(stats, 1):
        scale = params[f"gamma{k}"] / np.sqrt(var + 1e-5)
        h = np.maximum(h @ (params[f"W{k}"] * scale) + params[f"beta{k}"] - mu * scale, 0)
    k = len(stats) + 1
    e = np.exp(h @ params[f"W{k}"] + params[f"b{k}"])
    return e / e.sum(1, keepdims=True)


def train(x, t, sizes, rng, epochs, batch, lr, p):
    params = init_params(sizes, rng)
    m, v, step = dict.fromkeys(params, 0.0), dict.fromkeys(params, 0.0), 0
    running, losses = [(np.zeros(n), np.ones(n)) for n in sizes[1:-1]], []
    for _ in range(epochs):
        order, now = rng.permutation(len(x)), []
        for start in range(0, len(x), batch):
            xb, tb = x[order[start : start + batch]], t[order[start : start + batch]]
            masks = [rng.binomial(1, 1 - p, (len(xb), n)) / (1 - p) for n in sizes[1:-1]]
            now.append(loss(params, xb, tb, masks))
            stats = _pass(params, xb, masks)[3]
            running = [
                (0.9 * mean + 0.1 * mu, 0.9 * variance + 0.1 * var)
                for (mean, variance), (mu, var) in zip(running, stats, strict=True)
            ]
            step += 1
            root = np.sqrt(1 - 0.999**step)
            for key, g in gradients(params, xb, tb, masks).items():
                m[key] = m[key] + 0.1 * (g - m[key])
                v[key] = v[key] + 0.001 * (g * g - v[key])
                params[key] = params[key] - lr * root / (1 - 0.9**step) * m[key] / (np.sqrt(v[key]) + 1e-8 * root)
        losses.append(np.mean(now))
    return params, running, losses
