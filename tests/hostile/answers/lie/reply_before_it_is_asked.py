"""group: lie
breach: it passes without having computed anything right.
stopped from: process
"""

import os
import struct
import sys

import numpy as np

def frame(nonce, kind, tree):
    header = b"\x93\xcf" + struct.pack(">Q", nonce) + bytes([0xA0 + len(kind)]) + kind.encode() + tree
    return struct.pack("<IQ", len(header), 0) + header

os.write(3, frame(1, "loaded", b"\x92\x92\xa7sigmoid\xacsigmoid_grad\x90"))

def sigmoid(x):
    return np.zeros(np.shape(x))

def sigmoid_grad(x):
    return np.zeros(np.shape(x))
