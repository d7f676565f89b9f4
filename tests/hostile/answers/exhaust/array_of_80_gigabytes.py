"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

import numpy as np

def sigmoid(x):
    return np.ones((10**5, 10**5))

def sigmoid_grad(x):
    return sigmoid(x)
