"""An honest answer, with names in japanese. It passes at every level."""

import numpy as np

def シグモイド(入力):
    指数 = np.exp(-np.abs(入力))
    return np.where(np.greater_equal(入力, 0), 1.0, 指数) / (1.0 + 指数)

sigmoid = シグモイド

def sigmoid_grad(x):
    # σ′ = σ(1 − σ)
    print('傾き', x)
    return sigmoid(x) * (1 - sigmoid(x))
