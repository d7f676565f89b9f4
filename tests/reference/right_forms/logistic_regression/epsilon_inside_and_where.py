import numpy as np

EPS = 1e-12


def predict_proba(x, w, b):
    return 1 / (1 + np.exp(-x.dot(w) - b))


def likelihood(x, t, w, b):
    y = predict_proba(x, w, b)
    return (y**t * (1 - y) ** (1 - t)).prod()


def log_likelihood(x, t, w, b):
    y = predict_proba(x, w, b)
    return np.log(np.where(t == 1, y, 1 - y) + EPS).sum()


def log_likelihood_gradients(x, t, w, b):
    xb = np.column_stack([x, np.ones(len(x))])
    g = xb.T @ (t - predict_proba(x, w, b))
    return g[:-1], g[-1]


def loss(x, t, w, b):
    return -log_likelihood(x, t, w, b) / len(x)


def gradient_descent(x, t, w, b, lr, steps):
    path = [(w, b)]
    for _ in range(steps):
        w, b = path[-1]
        d = (predict_proba(x, w, b) - t) / len(x)
        path.append((w - lr * x.T @ d, b - lr * d.sum()))
    return (*path[-1], [loss(x, t, *place) for place in path])
