import numpy as np


def softmax(u):
    rows = []
    for row in u:
        e = np.exp(row - max(row))
        rows.append(e / sum(e))
    return np.array(rows)


def softmax_backward(u, dy):
    out = []
    for y, d in zip(softmax(u), dy):
        J = np.diag(y) - np.outer(y, y)
        out.append(J @ d)
    return np.stack(out)


def predict_proba(x, W, b):
    return softmax(np.dot(x, W) + b)


def loss(x, t, W, b):
    y = predict_proba(x, W, b)
    return -np.log(y[np.arange(len(y)), t.argmax(axis=1)]).mean()


def gradients(x, t, W, b):
    u = np.dot(x, W) + b
    y = softmax(u)
    du = softmax_backward(u, -t / y / len(x))
    return [(du.T @ x).T, du.sum(0)]


def gradient_descent(x, t, W, b, lr, steps):
    W, b = np.array(W), np.array(b)
    losses = np.zeros(steps + 1)
    losses[0] = loss(x, t, W, b)
    for k in range(1, steps + 1):
        dW, db = gradients(x, t, W, b)
        W -= lr * dW
        b -= lr * db
        losses[k] = loss(x, t, W, b)
    return [W, b, losses]
