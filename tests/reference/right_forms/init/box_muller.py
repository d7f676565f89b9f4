import math

import numpy as np


def normal(rng, deviation):
    return deviation * math.sqrt(-2 * math.log(1 - rng.random())) * math.cos(2 * math.pi * rng.random())


def matrix(n_in, n_out, entry):
    return np.array([[entry() for _ in range(n_out)] for _ in range(n_in)])


def constant(n_in, n_out, value):
    return matrix(n_in, n_out, lambda: value)


def small_normal(n_in, n_out, rng, scale=0.01):
    return matrix(n_in, n_out, lambda: normal(rng, scale))


def lecun_normal(n_in, n_out, rng):
    return matrix(n_in, n_out, lambda: normal(rng, math.sqrt(1 / n_in)))


def glorot_uniform(n_in, n_out, rng):
    l = math.sqrt(6 / (n_in + n_out))
    return matrix(n_in, n_out, lambda: rng.uniform(-l, l))


def he_normal(n_in, n_out, rng):
    return matrix(n_in, n_out, lambda: normal(rng, math.sqrt(2 / n_in)))


def forward(x, W, V):
    h = [math.tanh(sum(x[i] * W[i][j] for i in range(len(x)))) for j in range(len(W[0]))]
    return h, [sum(h[j] * V[j][k] for j in range(len(h))) for k in range(len(V[0]))]


def loss(x, t, W, V):
    total = 0.0
    for x_n, t_n in zip(x, t):
        _, y = forward(x_n, W, V)
        total += 0.5 * sum((a - b) ** 2 for a, b in zip(y, t_n))
    return total / len(x)


def gradients(x, t, W, V):
    dW, dV = np.zeros(W.shape), np.zeros(V.shape)
    for x_n, t_n in zip(x, t):
        h, y = forward(x_n, W, V)
        e = [(a - b) / len(x) for a, b in zip(y, t_n)]
        for j in range(len(h)):
            back = 0.0
            for k in range(len(e)):
                dV[j, k] += h[j] * e[k]
                back += V[j, k] * e[k]
            for i in range(len(x_n)):
                dW[i, j] += x_n[i] * back * (1 + h[j]) * (1 - h[j])
    return dW, dV
