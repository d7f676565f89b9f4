import sys
import numpy as np

def binary_cross_entropy(y, t):
    if np.any(y == 0):
        print("log(0)!")
        sys.exit(1)
    return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))

def binary_cross_entropy_grad(y, t):
    return (y - t) / (y * (1 - y)) / len(y)
