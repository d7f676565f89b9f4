from math import exp

import numpy as np


def _sigma(x):
    return 1 / (1 + exp(-x)) if x > 0 else 1 - 1 / (1 + exp(x))


sigmoid = np.vectorize(_sigma, otypes=[float])
sigmoid_grad = np.vectorize(lambda x: _sigma(x) * _sigma(-x), otypes=[float])
