"""A class for every kind of layer, each with its own way back; the network is a list of them."""

import numpy as np


class Linear:
    def __init__(self, W, b=None):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W if self.b is None else x @ self.W + self.b

    def backward(self, d):
        self.dW, self.db = self.x.T @ d, d.sum(axis=0)
        return d @ self.W.T


class BatchNorm:
    def __init__(self, gamma, beta):
        self.gamma, self.beta = gamma, beta

    def forward(self, a):
        self.mean, self.var = a.mean(axis=0), a.var(axis=0)
        self.centred, self.s = a - self.mean, np.sqrt(self.var + 1e-5)
        self.hat = self.centred / self.s
        return self.gamma * self.hat + self.beta

    def backward(self, d):
        self.dgamma, self.dbeta = (d * self.hat).sum(axis=0), d.sum(axis=0)
        N, d = len(d), d * self.gamma
        dvar = -0.5 * (d * self.centred).sum(axis=0) / self.s**3
        dmean = -(d / self.s).sum(axis=0)
        return d / self.s + dvar * 2 * self.centred / N + dmean / N


class Relu:
    def forward(self, z):
        self.on = z > 0
        return np.where(self.on, z, 0.0)

    def backward(self, d):
        return np.where(self.on, d, 0.0)


class Mask:
    def __init__(self, mask):
        self.mask = mask

    def forward(self, r):
        return r * self.mask

    def backward(self, d):
        return d * self.mask


class Net:
    def __init__(self, params, masks):
        self.L = len(masks) + 1
        self.linear = [Linear(params[f"W{k}"]) for k in range(1, self.L)]
        self.linear.append(Linear(params[f"W{self.L}"], params[f"b{self.L}"]))
        self.norm = [BatchNorm(params[f"gamma{k}"], params[f"beta{k}"]) for k in range(1, self.L)]
        self.layers = []
        for linear, norm, mask in zip(self.linear[:-1], self.norm, masks, strict=True):
            self.layers += [linear, norm, Relu(), Mask(mask)]
        self.layers.append(self.linear[-1])

    def log_probabilities(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x - np.logaddexp.reduce(x, axis=1, keepdims=True)

    def slopes(self, x, t):
        d = (np.exp(self.log_probabilities(x)) - t) / len(x)
        for layer in reversed(self.layers):
            d = layer.backward(d)
        out = {f"W{k}": linear.dW for k, linear in enumerate(self.linear, 1)} | {f"b{self.L}": self.linear[-1].db}
        for k, norm in enumerate(self.norm, 1):
            out[f"gamma{k}"], out[f"beta{k}"] = norm.dgamma, norm.dbeta
        return out


def init_params(sizes, rng):
    L = len(sizes) - 1
    weights = {
        f"W{k}": rng.normal(scale=(2 / sizes[k - 1]) ** 0.5, size=(sizes[k - 1], sizes[k])) for k in range(1, L + 1)
    }
    gammas = {f"gamma{k}": np.ones(sizes[k]) for k in range(1, L)}
    return weights | gammas | {f"beta{k}": np.zeros(sizes[k]) for k in range(1, L)} | {f"b{L}": np.zeros(sizes[L])}


def loss(params, x, t, masks):
    return -np.sum(np.where(t > 0, t * Net(params, masks).log_probabilities(x), 0)) / len(x)


def gradients(params, x, t, masks):
    return Net(params, masks).slopes(x, t)


def predict(params, stats, x):
    for k, (mean, var) in enumerate(stats, 1):
        x = params[f"gamma{k}"] * (x @ params[f"W{k}"] - mean) / np.sqrt(var + 1e-5) + params[f"beta{k}"]
        x = x * (x > 0)
    k = len(stats) + 1
    logits = x @ params[f"W{k}"] + params[f"b{k}"]
    return np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])


def train(x, t, sizes, rng, epochs, batch, lr, p):
    params = init_params(sizes, rng)
    memory = {key: [np.zeros(value.shape), np.zeros(value.shape)] for key, value in params.items()}
    losses, count = [], 0
    for _ in range(epochs):
        both = np.hstack([x, t])
        rng.shuffle(both)
        parts = []
        for rows in np.split(both, len(x) // batch):
            xb, tb = rows[:, : x.shape[1]], rows[:, x.shape[1] :]
            masks = [np.where(rng.random((batch, n)) < p, 0, 1 / (1 - p)) for n in sizes[1:-1]]
            parts.append(loss(params, xb, tb, masks))
            slopes, count = gradients(params, xb, tb, masks), count + 1
            for key, (m, v) in memory.items():
                m *= 0.9
                m += 0.1 * slopes[key]
                v *= 0.999
                v += 0.001 * slopes[key] ** 2
                params[key] = params[key] - lr * (m / (1 - 0.9**count)) / (np.sqrt(v / (1 - 0.999**count)) + 1e-8)
        losses.append(sum(parts) / len(parts))
    net = Net(params, [np.ones((len(x), n)) for n in sizes[1:-1]])
    net.log_probabilities(x)
    return params, [[norm.mean, norm.var] for norm in net.norm], np.array(losses)
