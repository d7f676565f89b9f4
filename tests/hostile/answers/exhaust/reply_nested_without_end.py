"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

def sigmoid(x):
    knot = []
    knot.append(knot)
    return knot

def sigmoid_grad(x):
    return sigmoid(x)
