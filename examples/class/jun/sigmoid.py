import numpy as np

def sigmoid(x):
    if x >= 0:
        return 1 / (1 + np.exp(-x))
    else:
        return np.exp(x) / (1 + np.exp(x))

def sigmoid_grad(x):
    y = sigmoid(x)
    return 1 - y ** 2
