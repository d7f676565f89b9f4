"""An honest answer, with logging. It passes at every level."""

import logging
import sys

import numpy as np

logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
log = logging.getLogger(__name__)

def sigmoid(x):
    log.debug('x = %s', x)
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1.0, e) / (1.0 + e)

def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))
