"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

def sigmoid(x):
    return 10**10**6

def sigmoid_grad(x):
    return sigmoid(x)
