"""group: lie
breach: the grader grows.
stopped from: process
"""

import os
import struct

os.write(3, struct.pack("<IQ", 2**32 - 1, 2**63) + b"\x80" * 10**5)
