"""The chapter's own functions, pasted in under other names and put together."""

import numpy as np


def he(n_in, n_out, rng):
    return rng.normal(0.0, np.sqrt(2 / n_in), size=(n_in, n_out))


def bn(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + beta


def bn_backward(x, gamma, dy, eps=1e-5):
    s = np.sqrt(x.var(axis=0) + eps)
    hat, d = (x - x.mean(axis=0)) / s, dy * gamma
    dx = (d - d.mean(axis=0) - hat * (d * hat).mean(axis=0)) / s
    return dx, (dy * hat).sum(axis=0), dy.sum(axis=0)


def drop(shape, p, rng):
    return (rng.random(shape) >= p) / (1 - p)


def adam(w, grad, state, lr):
    m, v, t = state
    m, v, t = 0.9 * m + 0.1 * grad, 0.999 * v + 0.001 * grad**2, t + 1
    return w - lr * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8), (m, v, t)


def softmax_loss(u, t):
    u = u - u.max(axis=1, keepdims=True)
    log_y = u - np.log(np.exp(u).sum(axis=1, keepdims=True))
    return -(t * log_y).sum() / len(t), (np.exp(log_y) - t) / len(t)


def init_params(sizes, rng):
    L = len(sizes) - 1
    params = {f"b{L}": np.zeros(sizes[-1])}
    for k in range(L):
        params[f"W{k + 1}"] = he(sizes[k], sizes[k + 1], rng)
        if k + 1 < L:
            params[f"gamma{k + 1}"], params[f"beta{k + 1}"] = np.ones(sizes[k + 1]), np.zeros(sizes[k + 1])
    return params


def forward(params, x, masks):
    hs, pre, zs = [x], [], []
    for k, mask in enumerate(masks, 1):
        pre.append(hs[-1] @ params[f"W{k}"])
        zs.append(bn(pre[-1], params[f"gamma{k}"], params[f"beta{k}"]))
        hs.append(np.maximum(zs[-1], 0.0) * mask)
    k = len(masks) + 1
    return hs, pre, zs, hs[-1] @ params[f"W{k}"] + params[f"b{k}"]


def loss(params, x, t, masks):
    return softmax_loss(forward(params, x, masks)[3], t)[0]


def gradients(params, x, t, masks):
    hs, pre, zs, u = forward(params, x, masks)
    d, k = softmax_loss(u, t)[1], len(masks) + 1
    grads = {f"b{k}": d.sum(axis=0)}
    while True:
        grads[f"W{k}"] = hs[k - 1].T @ d
        if k == 1:
            return grads
        d, k = d @ params[f"W{k}"].T, k - 1
        dz = d * masks[k - 1] * (zs[k - 1] > 0)
        d, grads[f"gamma{k}"], grads[f"beta{k}"] = bn_backward(pre[k - 1], params[f"gamma{k}"], dz)


def predict(params, stats, x):
    h, k = x, 1
    for mean, var in stats:
        h = np.maximum(
            params[f"gamma{k}"] * (h @ params[f"W{k}"] - mean) / np.sqrt(var + 1e-5) + params[f"beta{k}"], 0.0
        )
        k += 1
    u = h @ params[f"W{k}"] + params[f"b{k}"]
    e = np.exp(u - u.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def train(x, t, sizes, rng, epochs, batch, lr, p):
    params = init_params(sizes, rng)
    states = {key: (0 * value, 0 * value, 0) for key, value in params.items()}
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        history.append([])
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            masks = [drop((batch, n), p, rng) for n in sizes[1:-1]]
            history[-1].append(loss(params, x[rows], t[rows], masks))
            for key, grad in gradients(params, x[rows], t[rows], masks).items():
                params[key], states[key] = adam(params[key], grad, states[key], lr)
    _, pre, _, _ = forward(params, x, [np.ones((len(x), n)) for n in sizes[1:-1]])
    return params, [(a.mean(axis=0), a.var(axis=0)) for a in pre], np.mean(history, axis=1)
