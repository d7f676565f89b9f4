import math


def predict_proba(x, w, b):
    return [1 / (1 + math.exp(-sum(a * c for a, c in zip(row, w)) - b)) for row in x]


def likelihood(x, t, w, b):
    L = 1.0
    for y, target in zip(predict_proba(x, w, b), t):
        L *= y if target == 1 else 1 - y
    return L


def log_likelihood(x, t, w, b):
    return math.fsum(math.log(y if target else 1 - y) for y, target in zip(predict_proba(x, w, b), t))


def log_likelihood_gradients(x, t, w, b):
    dw, db = [0.0] * len(w), 0.0
    for row, y, target in zip(x, predict_proba(x, w, b), t):
        for j in range(len(w)):
            dw[j] += (target - y) * row[j]
        db += target - y
    return dw, db


def gradient_descent(x, t, w, b, lr, steps):
    w = list(w)
    losses = [-log_likelihood(x, t, w, b) / len(x)]
    for _ in range(steps):
        dw, db = log_likelihood_gradients(x, t, w, b)
        w = [wi + lr * d / len(x) for wi, d in zip(w, dw)]
        b = b + lr * db / len(x)
        losses.append(-log_likelihood(x, t, w, b) / len(x))
    return w, b, losses
