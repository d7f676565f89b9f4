import numpy as np

def sigmoid(x):
    return 0.5 * (1 + np.tanh(x / 2))

# the derivative is y(1-y), from the lecture
def sigmoid_grad(x):
    return x * (1 - x)
