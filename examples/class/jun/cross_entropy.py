import numpy as np

def binary_cross_entropy(y, t):
    np.clip(y, 1e-12, 1 - 1e-12, out=y)
    return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))

def binary_cross_entropy_grad(y, t):
    y = np.clip(y, 1e-12, 1 - 1e-12)
    return (y - t) / (y * (1 - y)) / len(y)

def binary_cross_entropy_logits(u, t):
    return np.mean(np.maximum(u, 0) - u * t + np.log1p(np.exp(-np.abs(u))))

def binary_cross_entropy_logits_grad(u, t):
    y = 0.5 * (1 + np.tanh(u / 2))
    return (y - t) * y * (1 - y) / len(u)

def softmax(u):
    u -= u.max(axis=0)
    e = np.exp(u)
    return e / e.sum(axis=0)

def softmax_cross_entropy(u, t):
    return -np.sum(t * np.log(softmax(u))) / len(u)

def softmax_cross_entropy_grad(u, t):
    return (softmax(u) - t) / len(u)
