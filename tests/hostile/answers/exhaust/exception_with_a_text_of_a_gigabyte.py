"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

class Long(Exception):
    def __str__(self):
        return 'x' * 10**9

def sigmoid(x):
    raise Long

def sigmoid_grad(x):
    return sigmoid(x)
