import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def forward(x, W1, b1, W2, b2):
    h = sigmoid(x @ W1 + b1)
    return h, softmax(h @ W2 + b2)

def loss(x, t, W1, b1, W2, b2):
    h, y = forward(x, W1, b1, W2, b2)
    return -np.sum(t * np.log(y)) / len(x)

def output_delta(y, t):
    return (y - t) / len(y)

def hidden_delta(h, W2, delta):
    return delta @ W2.T          # send the error back through the weights

def gradients(x, t, W1, b1, W2, b2):
    h, y = forward(x, W1, b1, W2, b2)
    delta2 = output_delta(y, t)
    delta1 = hidden_delta(h, W2, delta2)
    return x.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
