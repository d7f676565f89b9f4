"""group: speak
breach: a character that commands a terminal, a page or a sheet stands in the result as it came.
stopped from: process
"""

import os

TEXT = "\0 \ud800 \udfff \x7f \x9b31m"
os.write(1, TEXT.encode("utf-8", "surrogatepass") + bytes(range(256)))

def sigmoid(x):
    raise ValueError(TEXT)

sigmoid_grad = sigmoid
