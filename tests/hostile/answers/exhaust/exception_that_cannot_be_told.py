"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

class Odd(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__

def sigmoid(x):
    raise Odd

def sigmoid_grad(x):
    return sigmoid(x)
