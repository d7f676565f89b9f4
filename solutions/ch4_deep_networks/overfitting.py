"""Polynomials fitted by least squares, and their errors on points seen and unseen."""

import numpy as np


def poly_features(x, degree):
    """The powers of every x, lowest first.

    x: (N,). degree: a whole number, from 0 on.
    Returns: (N, degree + 1), columns x^0 to x^degree.
    """
    return x[:, None] ** np.arange(degree + 1)


def fit(x, t, degree):
    """The coefficients of the polynomial with the least sum of squared errors, lowest power first.

    x, t: (N,), N >= degree + 1.
    Returns: (degree + 1,).
    """
    return np.linalg.lstsq(poly_features(x, degree), t, rcond=None)[0]


def predict(w, x):
    """The value of the polynomial with coefficients w, lowest power first, at every x.

    w: (degree + 1,). x: (N,).
    Returns: (N,).
    """
    return poly_features(x, len(w) - 1) @ w


def mse(y, t):
    """The mean of the squared errors.

    y, t: (N,).
    Returns: a number.
    """
    return np.mean((y - t) ** 2)


def errors(x_train, t_train, x_test, t_test, degrees):
    """Training and test error of the polynomials of these degrees, fitted to the training points.

    x_train, t_train: (N,). x_test, t_test: (M,). degrees: list of whole numbers.
    Returns: (len(degrees), 2), a row (training mse, test mse) for each degree.
    """
    rows = []
    for degree in degrees:
        w = fit(x_train, t_train, degree)
        rows.append([mse(predict(w, x_train), t_train), mse(predict(w, x_test), t_test)])
    return np.array(rows)
