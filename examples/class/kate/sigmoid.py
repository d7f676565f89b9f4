import math
import numpy as np

def one(v):
    if v >= 0:
        return 1 / (1 + math.exp(-v))
    return math.exp(v) / (1 + math.exp(v))

def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.array([one(v) for v in x.ravel()]).reshape(x.shape)

def sigmoid_grad(x):
    return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))
