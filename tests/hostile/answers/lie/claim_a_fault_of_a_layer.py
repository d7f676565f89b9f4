"""group: lie
breach: the grader reports a fault.
stopped from: process
"""

import os
import struct
import sys

import numpy as np

def frame(nonce, kind, tree):
    header = b"\x93\xcf" + struct.pack(">Q", nonce) + bytes([0xA0 + len(kind)]) + kind.encode() + tree
    return struct.pack("<IQ", len(header), 0) + header

os.write(3, frame(0, "layer", b"\x91\xa1x"))
os._exit(71)
