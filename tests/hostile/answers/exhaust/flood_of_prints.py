"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

def sigmoid(x):
    while True:
        print('x' * 10**5)

def sigmoid_grad(x):
    return sigmoid(x)
