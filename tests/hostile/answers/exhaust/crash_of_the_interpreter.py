"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

import ctypes

def sigmoid(x):
    ctypes.string_at(0)

def sigmoid_grad(x):
    return sigmoid(x)
