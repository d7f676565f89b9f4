import math

import numpy as np

_erf = np.vectorize(math.erf, otypes=[np.float64])


def normal_pdf(x):
    return np.exp(-np.square(np.asarray(x, dtype=float)) / 2) / np.sqrt(2 * np.pi)


def normal_cdf(x):
    return (1 + _erf(np.divide(x, np.sqrt(2)))) / 2


def predict_proba(x, w, b):
    return normal_cdf(np.dot(x, w) + b)


def loss(x, t, w, b):
    y = np.clip(predict_proba(x, w, b), 1e-12, 1 - 1e-12)
    return np.array(np.mean(-(t * np.log(y) + (1 - t) * np.log1p(-y))))


def gradients(x, t, w, b):
    xb = np.hstack([x, np.ones((len(x), 1))])
    u = xb @ np.append(w, b)
    y = normal_cdf(u)
    g = xb.T @ ((y - t) * normal_pdf(u) / (y * (1 - y))) / len(t)
    return g[:-1], g[-1]
