import math

import numpy as np


def binary_cross_entropy(y, t):
    total = 0.0
    for n in range(len(y)):
        p = y[n] if t[n] == 1 else 1 - y[n]
        total -= math.log(max(p, 1e-12))
    return total / len(y)


def binary_cross_entropy_grad(y, t):
    out = []
    for p, target in zip(y, t, strict=True):
        p = min(max(p, 1e-12), 1 - 1e-12)
        out.append((p - target) / (p * (1 - p)) / len(y))
    return out


def binary_cross_entropy_logits(u, t):
    return sum(max(a, 0.0) - a * b + math.log1p(math.exp(-abs(a))) for a, b in zip(u, t, strict=True)) / len(u)


def _sigmoid(a):
    return 1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a))


def binary_cross_entropy_logits_grad(u, t):
    return [(_sigmoid(a) - b) / len(u) for a, b in zip(u, t, strict=True)]


def softmax_cross_entropy(u, t):
    total = 0.0
    for row, target in zip(u, t, strict=True):
        m = max(row)
        log_sum = m + math.log(sum(math.exp(a - m) for a in row))
        total += log_sum - row[int(np.argmax(target))]
    return total / len(u)


def softmax_cross_entropy_grad(u, t):
    du = np.zeros(u.shape)
    for n in range(len(u)):
        e = np.exp(u[n] - u[n].max())
        du[n] = e / e.sum() - t[n]
    return du / len(u)
