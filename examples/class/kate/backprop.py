import numpy as np

def forward(x, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    rows = []
    for u in h @ W2 + b2:
        e = np.exp(u - max(u))
        rows.append(e / sum(e))
    return h, np.array(rows)

def loss(x, t, W1, b1, W2, b2):
    h, y = forward(x, W1, b1, W2, b2)
    return -sum(np.log(y[n] @ t[n]) for n in range(len(x))) / len(x)

def output_delta(y, t):
    return (y - t) / len(y)

def hidden_delta(h, W2, delta):
    return np.einsum("nk,mk->nm", delta, W2) * (h - h * h)

def gradients(x, t, W1, b1, W2, b2):
    h, y = forward(x, W1, b1, W2, b2)
    d2 = output_delta(y, t)
    d1 = hidden_delta(h, W2, d2)
    dW1 = sum(np.outer(x[n], d1[n]) for n in range(len(x)))
    dW2 = sum(np.outer(h[n], d2[n]) for n in range(len(x)))
    return dW1, d1.sum(axis=0), dW2, d2.sum(axis=0)
