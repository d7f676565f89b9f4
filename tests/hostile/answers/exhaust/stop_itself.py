"""group: exhaust
breach: the grader waits longer than the limits say, or reports a fault.
stopped from: process
"""

import os
import signal

def sigmoid(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    signal.raise_signal(signal.SIGSTOP)
    while True:
        pass

def sigmoid_grad(x):
    return sigmoid(x)
