"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

import os

held = []

def sigmoid(x):
    while True:
        held.extend(os.pipe())

def sigmoid_grad(x):
    return sigmoid(x)
