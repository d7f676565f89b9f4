"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

import sys

sys.setrecursionlimit(10**9)

def sigmoid(x):
    return sigmoid(x) + 1

def sigmoid_grad(x):
    return sigmoid(x)
