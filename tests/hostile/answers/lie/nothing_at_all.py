"""group: lie
breach: it passes without having computed anything right.
stopped from: process
"""

def sigmoid(x):
    return None

sigmoid_grad = sigmoid
