"""The normal equations, Horner's rule, running products."""

import numpy as np


def poly_features(x, degree):
    columns = [np.ones(len(x))]
    for _ in range(degree):
        columns.append(columns[-1] * x)
    return np.column_stack(columns)


def fit(x, t, degree):
    F = poly_features(x, degree)
    return np.linalg.solve(F.T @ F, F.T @ t)


def predict(w, x):
    y = np.zeros(len(x))
    for coefficient in w[::-1]:
        y = y * x + coefficient
    return y


def mse(y, t):
    return np.dot(y - t, y - t) / len(y)


def errors(x_train, t_train, x_test, t_test, degrees):
    table = np.empty((len(degrees), 2))
    for row, degree in enumerate(degrees):
        w = fit(x_train, t_train, degree)
        table[row] = mse(predict(w, x_train), t_train), mse(predict(w, x_test), t_test)
    return table
