"""group: exhaust
breach: the grader grows, hangs or reports a fault.
stopped from: process
"""

import os

while True:
    os.write(2, b'x' * 10**5)
