import numpy as np

def sigmoid(u):
    return 0.5 * (1 + np.tanh(u / 2))

def softmax(u):
    e = np.exp(u - u.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def binary_cross_entropy(y, t):
    y = np.clip(y, 1e-12, 1 - 1e-12)
    return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))

# prediction minus target
def binary_cross_entropy_grad(y, t):
    return (y - t) / len(y)

def binary_cross_entropy_logits(u, t):
    return binary_cross_entropy(sigmoid(u), t)

def binary_cross_entropy_logits_grad(u, t):
    return (sigmoid(u) - t) / len(u)

def softmax_cross_entropy(u, t):
    return -np.sum(t * np.log(softmax(u) + 1e-12)) / len(u)

def softmax_cross_entropy_grad(u, t):
    return (softmax(u) - t) / len(u)
