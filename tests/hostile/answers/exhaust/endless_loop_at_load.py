"""group: exhaust
breach: the grader waits longer than the limits say, or reports a fault.
stopped from: process
"""

while True:
    pass
