import numpy as np


def _32(*parts):
    return [np.asarray(part, dtype=np.float32) for part in parts]


def predict_proba(x, w, b):
    x, w, b = _32(x, w, b)
    return (1 / (1 + np.exp(-(x @ w + b)))).astype(float)


def likelihood(x, t, w, b):
    y = predict_proba(x, w, b)
    return np.prod(np.where(t > 0.5, y, 1 - y))


def log_likelihood(x, t, w, b):
    x, t, w, b = _32(x, t, w, b)
    u = x @ w + b
    return float(np.sum(t * u - np.log1p(np.exp(u)), dtype=float))


def log_likelihood_gradients(x, t, w, b):
    d = t - predict_proba(x, w, b)
    return x.T @ d, d.sum()


def gradient_descent(x, t, w, b, lr, steps):
    losses = [-log_likelihood(x, t, w, b) / len(x)]
    for _ in range(steps):
        dw, db = log_likelihood_gradients(x, t, w, b)
        w, b = w + lr * dw / len(x), b + lr * db / len(x)
        losses.append(-log_likelihood(x, t, w, b) / len(x))
    return w, b, losses
