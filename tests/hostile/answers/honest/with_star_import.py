"""An honest answer, with star import. It passes at every level."""

from numpy import *

def sigmoid(x):
    return exp(-logaddexp(0.0, negative(x)))

def sigmoid_grad(x):
    return sigmoid(x) * sigmoid(negative(x))
