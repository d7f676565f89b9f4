from statistics import NormalDist

import numpy as np

_N = NormalDist()


def normal_pdf(x):
    return np.vectorize(_N.pdf, otypes=[float])(x)


def normal_cdf(x):
    return np.vectorize(_N.cdf, otypes=[float])(x)


def predict_proba(x, w, b):
    return [_N.cdf(float(row @ w + b)) for row in x]


def loss(x, t, w, b):
    y = np.array(predict_proba(x, w, b))
    return -np.log(np.where(t == 1, y, 1 - y)).mean()


def gradients(x, t, w, b):
    s = 2 * t - 1
    u = x @ w + b
    d = -s * normal_pdf(u) / normal_cdf(s * u) / len(x)
    return [d @ x, d.sum()]
