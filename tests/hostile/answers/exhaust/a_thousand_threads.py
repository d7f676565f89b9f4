"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

import threading

stop = threading.Event()

def sigmoid(x):
    for _ in range(1000):
        threading.Thread(target=stop.wait).start()

def sigmoid_grad(x):
    return sigmoid(x)
