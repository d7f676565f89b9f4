import numpy as np


class Sigmoid:
    def __call__(self, x):
        out = np.array(x, dtype=float)
        np.abs(out, out=out)
        np.negative(out, out=out)
        np.exp(out, out=out)
        return np.where(np.asarray(x) < 0, out, 1.0) / (out + 1.0)


_sigma = Sigmoid()


def sigmoid(x):
    return _sigma(x)


def sigmoid_grad(x):
    y = _sigma(x)
    y = np.array(y)
    y *= 1 - y
    return y
