"""The pseudo-inverse, polyvander, sums in Python, errors without the other functions."""

import numpy as np
from numpy.polynomial.polynomial import polyfit, polyvander


def poly_features(x, degree):
    return polyvander(x, degree)


def fit(x, t, degree):
    return np.linalg.pinv(polyvander(x, degree)) @ t


def predict(w, x):
    return np.array([sum(c * point**k for k, c in enumerate(w)) for point in x])


def mse(y, t):
    return sum((a - b) ** 2 for a, b in zip(y, t, strict=True)) / len(t)


def errors(x_train, t_train, x_test, t_test, degrees):
    table = []
    for degree in degrees:
        w = polyfit(x_train, t_train, degree)
        table.append([np.mean((polyvander(x, degree) @ w - t) ** 2) for x, t in ((x_train, t_train), (x_test, t_test))])
    return np.stack(table)
