import numpy as np


def forward(X, W, b, V, c):
    Z = np.matmul(X, W) + b.reshape(1, -1)
    H = np.where(Z >= 0, 1 / (1 + np.exp(-Z)), np.exp(Z) / (1 + np.exp(Z)))
    S = np.matmul(H, V) + c.reshape(1, -1)
    S = S - S.max(axis=1, keepdims=True)
    return H, np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)


def loss(X, T, W, b, V, c):
    _, Y = forward(X, W, b, V, c)
    total = 0
    for row, target in zip(Y, T, strict=True):
        total = total - np.log(np.dot(row, target))
    return total / len(X)


def output_delta(Y, T):
    N, _ = Y.shape
    return Y / N - T / N


def hidden_delta(H, V, D):
    return sum(np.outer(D[:, k], V[:, k]) for k in range(V.shape[1])) * H * (1 - H)


def gradients(X, T, W, b, V, c):
    H, Y = forward(X, W, b, V, c)
    D2 = output_delta(Y, T)
    D1 = hidden_delta(H, V, D2)
    dW = (D1.T @ X).T
    dV = (D2.T @ H).T
    return dW, D1.sum(0), dV, D2.sum(0)
