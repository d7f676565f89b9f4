import math

import numpy as np


def _32(x):
    return np.asarray(x, dtype=np.float32)


def normal_pdf(x):
    x = _32(x)
    return (np.exp(-x * x / 2) / np.float32(math.sqrt(2 * math.pi))).astype(float)


def normal_cdf(x):
    x = _32(x)
    flat = np.array([0.5 + 0.5 * math.erf(v / math.sqrt(2)) for v in x.ravel()])
    return flat.reshape(x.shape)


def predict_proba(x, w, b):
    return normal_cdf(x @ w + b)


def loss(x, t, w, b):
    y = predict_proba(x, w, b)
    return np.float64(-np.mean(np.log(np.where(t > 0.5, y, 1 - y))))


def gradients(x, t, w, b):
    u = x @ w + b
    y = normal_cdf(u)
    d = (y - t) * normal_pdf(u) / (y * (1 - y)) / len(t)
    return x.T @ d, d.sum()
