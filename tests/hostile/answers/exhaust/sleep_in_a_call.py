"""group: exhaust
breach: the grader waits longer than the limits say, or reports a fault.
stopped from: process
"""

import time

def sigmoid(x):
    time.sleep(10**6)

def sigmoid_grad(x):
    return sigmoid(x)
