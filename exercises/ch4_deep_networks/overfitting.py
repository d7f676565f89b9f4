"""Polynomials fitted by least squares, and their errors on points seen and unseen."""

import numpy as np


def poly_features(x, degree):
    """The powers of every x, lowest first.

    x: (N,). degree: a whole number, from 0 on.
    Returns: (N, degree + 1), columns x^0 to x^degree.
    """
    raise NotImplementedError("poly_features: not written yet")


def fit(x, t, degree):
    """The coefficients of the polynomial with the least sum of squared errors, lowest power first.

    x, t: (N,), N >= degree + 1.
    Returns: (degree + 1,).
    """
    raise NotImplementedError("fit: not written yet")


def predict(w, x):
    """The value of the polynomial with coefficients w, lowest power first, at every x.

    w: (degree + 1,). x: (N,).
    Returns: (N,).
    """
    raise NotImplementedError("predict: not written yet")


def mse(y, t):
    """The mean of the squared errors.

    y, t: (N,).
    Returns: a number.
    """
    raise NotImplementedError("mse: not written yet")


def errors(x_train, t_train, x_test, t_test, degrees):
    """Training and test error of the polynomials of these degrees, fitted to the training points.

    x_train, t_train: (N,). x_test, t_test: (M,). degrees: list of whole numbers.
    Returns: (len(degrees), 2), a row (training mse, test mse) for each degree.
    """
    raise NotImplementedError("errors: not written yet")
