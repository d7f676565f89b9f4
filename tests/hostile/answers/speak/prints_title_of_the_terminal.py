"""group: speak
breach: a character that commands a terminal, a page or a sheet stands in the result as it came.
stopped from: process
"""

TEXT = "\x1b]0;owned\x07\x1b]8;;http://example.org\x07click\x1b]8;;\x07"
print(TEXT.encode("utf-8", "surrogatepass").decode("utf-8", "ignore"))

def sigmoid(x):
    raise ValueError(TEXT)

def sigmoid_grad(x):
    raise type(TEXT.replace("\0", ""), (Exception,), {})(TEXT)
