import numpy as np

def softmax(u):
    e = np.exp(u - np.max(u, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)

def forward(x, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    return h, softmax(h @ W2 + b2)

def loss(x, t, W1, b1, W2, b2):
    h, y = forward(x, W1, b1, W2, b2)
    return -np.mean(t * np.log(y))

def output_delta(y, t):
    return (y - t) / y.shape[0]

def hidden_delta(h, W2, delta):
    return delta @ W2.T * h * (1 - h)

def gradients(x, t, W1, b1, W2, b2):
    h, y = forward(x, W1, b1, W2, b2)
    d2 = output_delta(y, t)
    d1 = hidden_delta(h, W2, d2)
    dW1 = x.T @ d1
    db1 = d1
    dW2 = h.T @ d2
    db2 = d2
    return dW1, db1, dW2, db2
