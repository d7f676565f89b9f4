"""group: exhaust
breach: the grader waits longer than the limits say, or reports a fault.
stopped from: process
"""

def sigmoid(x):
    return 9**9**9**9

def sigmoid_grad(x):
    return sigmoid(x)
