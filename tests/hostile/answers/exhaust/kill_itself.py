"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

import os
import signal

def sigmoid(x):
    os.kill(os.getpid(), signal.SIGKILL)

def sigmoid_grad(x):
    return sigmoid(x)
