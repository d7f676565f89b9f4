"""group: lie
breach: it passes without having computed anything right.
stopped from: process
"""

class Pass(Exception):
    status = "pass"

Pass.__name__ = "pass"

def sigmoid(x):
    raise Pass("pass")

sigmoid_grad = sigmoid
