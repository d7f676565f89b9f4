"""group: speak
breach: a character that commands a terminal, a page or a sheet stands in the result as it came.
stopped from: process
"""

TEXT = "\u202egnorw\u2066\u2069\u200f"
print(TEXT.encode("utf-8", "surrogatepass").decode("utf-8", "ignore"))

def sigmoid(x):
    raise ValueError(TEXT)

def sigmoid_grad(x):
    raise type(TEXT.replace("\0", ""), (Exception,), {})(TEXT)
