import numpy as np

EPS = 1e-12

def binary_cross_entropy(y, t):
    y = np.clip(y, EPS, 1 - EPS)
    return -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y))

def binary_cross_entropy_grad(y, t):
    y = np.clip(y, EPS, 1 - EPS)
    return (y - t) / (y * (1 - y))

def binary_cross_entropy_logits(u, t):
    return np.mean(np.log(1 + np.exp(u)) - t * u)

def binary_cross_entropy_logits_grad(u, t):
    y = 1 / (1 + np.exp(-u))
    return (y - t) / len(u)

def softmax(u):
    e = np.exp(u)
    return e / np.sum(e, axis=1, keepdims=True)

def softmax_cross_entropy(u, t):
    return -np.sum(t * np.log(softmax(u))) / len(u)

def softmax_cross_entropy_grad(u, t):
    return (softmax(u) - t) / len(u)
