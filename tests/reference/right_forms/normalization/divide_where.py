"""np.divide with where=, singular values for the condition number."""

import numpy as np


def fit(x):
    mean = np.mean(x, axis=0)
    return mean, np.sqrt(np.mean(np.square(x - mean), axis=0))


def transform(x, mean, std):
    centred = x - mean
    return np.divide(centred, std, out=centred.copy(), where=np.broadcast_to(std > 0, centred.shape))


def inverse_transform(z, mean, std):
    return mean + np.multiply(z, std, out=z.copy(), where=np.broadcast_to(std != 0, z.shape))


def condition_number(x):
    singular = np.linalg.svd(x, compute_uv=False)
    return (singular.max() / singular.min()) ** 2
