import numpy as np


def layer(x, W, b):
    out = []
    for row in x:
        out.append([1 / (1 + np.exp(-(sum(row[i] * W[i, j] for i in range(len(row))) + b[j]))) for j in range(len(b))])
    return np.array(out)


def forward(x, weights, biases):
    h = np.array(x)
    for W, b in zip(weights, biases):
        h = layer(h, W, b)
    return h


def xor_parameters():
    weights = [np.array([[20.0, 20.0], [20.0, 20.0]]), np.array([[20.0], [-20.0]])]
    return weights, [np.array([-10.0, -30.0]), np.array([-10.0])]


def count_parameters(sizes):
    total = 0
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        total += np.zeros((n_in, n_out)).size + np.zeros(n_out).size
    return total


def collapse(weights, biases):
    def through(x):
        for W, b in zip(weights, biases):
            x = x @ W + b
        return x

    n = weights[0].shape[0]
    zero = through(np.zeros((1, n)))
    return through(np.eye(n)) - zero, zero.ravel()
