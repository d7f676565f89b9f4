"""polyfit, polyval and vander, with the order turned round."""

import numpy as np


def poly_features(x, degree):
    return np.vander(x, degree + 1, increasing=True)


def fit(x, t, degree):
    return np.polyfit(x, t, degree)[::-1]


def predict(w, x):
    return np.polyval(w[::-1], x)


def mse(y, t):
    return float(((y - t) ** 2).mean())


def errors(x_train, t_train, x_test, t_test, degrees):
    ws = [fit(x_train, t_train, degree) for degree in degrees]
    training = [mse(predict(w, x_train), t_train) for w in ws]
    test = [mse(predict(w, x_test), t_test) for w in ws]
    return np.array([training, test]).T
