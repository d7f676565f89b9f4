import numpy as np


def softmax(u):
    u = np.asarray(u, dtype=np.float32)
    e = np.exp(u - u.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)).astype(np.float64)


def softmax_backward(u, dy):
    y = softmax(u)
    return y * (dy - np.sum(y * dy, axis=-1, keepdims=True))


def predict_proba(x, W, b):
    return softmax(x @ W + b)


def loss(x, t, W, b):
    return -np.mean(np.sum(t * np.log(predict_proba(x, W, b)), axis=1))


def gradients(x, t, W, b):
    d = (predict_proba(x, W, b) - t) / len(x)
    return sum(np.outer(row, dd) for row, dd in zip(x, d)), d.sum(axis=0)


def gradient_descent(x, t, W, b, lr, steps):
    losses = [loss(x, t, W, b)]
    for _ in range(steps):
        dW, db = gradients(x, t, W, b)
        W, b = W - lr * dW, b - lr * db
        losses.append(loss(x, t, W, b))
    return W, b, losses
