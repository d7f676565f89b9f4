"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

def sigmoid(x):
    grown = []
    while True:
        grown.append([0] * 10**6)

def sigmoid_grad(x):
    return sigmoid(x)
