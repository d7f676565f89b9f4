"""シグモイド関数とその導関数"""
import numpy as np


def sigmoid(x):
    # 桁あふれを避ける
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1 / (1 + e), e / (1 + e))


def sigmoid_grad(x):
    raise NotImplementedError
