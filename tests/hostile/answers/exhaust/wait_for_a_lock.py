"""group: exhaust
breach: the grader waits longer than the limits say, or reports a fault.
stopped from: process
"""

import threading

lock = threading.Lock()
lock.acquire()

def sigmoid(x):
    lock.acquire()

def sigmoid_grad(x):
    return sigmoid(x)
