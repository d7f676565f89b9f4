"""Overfitting: with every degree a polynomial comes closer to the training points, noise and all."""

import numpy as np

from grader.course import Exercise, _, expect, expect_shape, expect_true, show

exercise = Exercise(
    title=_("Overfitting by polynomials"),
    after=["sgd"],
    hints=[
        _("Write down the row of features for x = 2 and degree 3. Which power stands first, and how many are there?"),
        _("Least squares is solved by one call of numpy. Which of the things that come back are the coefficients?"),
        _("In one row of errors one polynomial is measured twice. Which points made it, and which did it never see?"),
    ],
)


@exercise.function
def poly_features(x, degree):
    return np.stack([x**k for k in range(degree + 1)], axis=1)


@exercise.function
def fit(x, t, degree):
    return np.linalg.lstsq(poly_features(x, degree), t, rcond=None)[0]


@exercise.function
def predict(w, x):
    return poly_features(x, len(w) - 1) @ w


@exercise.function
def mse(y, t):
    return np.mean((y - t) ** 2)


@exercise.function
def errors(x_train, t_train, x_test, t_test, degrees):
    fits = [fit(x_train, t_train, degree) for degree in degrees]
    return np.array([(mse(predict(w, x_train), t_train), mse(predict(w, x_test), t_test)) for w in fits])


def noisy_sine(rng, N, jitter=0.04):
    """N points of sin πx, spread over −1 … 1, measured with noise."""
    x = np.linspace(-1 + jitter, 1 - jitter, N) + rng.uniform(-jitter, jitter, N)
    return x, np.sin(np.pi * x) + 0.2 * rng.normal(size=N)


WORKED = np.array([-1.0, 0.0, 1.0, 2.0]), np.array([1.0, 0.0, 1.0, 3.0])
CLOSE = {"rtol": 1e-6, "atol": 1e-8}  # normal equations are right answers too, and lose a few digits


# poly_features


@exercise.check("value", of="poly_features", points=2, title=_("poly_features: a column for every power, lowest first"))
def features(student, rng):
    for degree in (4, 1, 0):
        x = rng.normal(size=6)
        expect(student.poly_features(x, degree), poly_features(x, degree))


@exercise.check("edge", of="poly_features", title=_("poly_features: a single point"))
def features_of_one(student, rng):
    x = rng.normal(size=1)
    expect(student.poly_features(x, 3), poly_features(x, 3))
    expect(student.poly_features(np.zeros(2), 2), poly_features(np.zeros(2), 2), note=_("x = 0"))


# fit


@exercise.check("value", of="fit", title=_("fit: the coefficients of least squares, lowest power first"))
def coefficients(student, rng):
    for degree in (4, 2, 1, 0):
        x, t = noisy_sine(rng, 12)
        expect(student.fit(x, t, degree), fit(x, t, degree), **CLOSE)
    for degree in (1, 2):
        expect(student.fit(*WORKED, degree), fit(*WORKED, degree), **CLOSE, shown=True, note=_("the worked number"))


@exercise.check("law", of="fit", title=_("fit: linear in t, at right angles to what is left over"))
def fit_laws(student, rng):
    x, t = noisy_sine(rng, 12)
    more = rng.normal(size=12)
    w, of_more = student.fit.many([(x, t, 3), (x, more, 3)])
    for coefficients in (w, of_more):
        expect_shape(coefficients, (4,))
    w = np.asarray(w)
    both = 2 * w + np.asarray(of_more)
    expect(student.fit(x, 2 * t + more, 3), both, **CLOSE, note=_("linear in t"))
    expect(student.fit(x, t + 5, 3), w + 5 * np.eye(4)[0], **CLOSE, note=_("5 added to every t"))
    left_over = poly_features(x, 3).T @ (predict(np.asarray(w), x) - t)
    expect_true(np.all(np.abs(left_over) < 1e-8), _("What is left over is not at right angles to every power."), got=w)
    cubic = rng.normal(size=4)
    expect(student.fit(x, predict(cubic, x), 3), cubic, **CLOSE, note=_("points on a polynomial"))


@exercise.check("edge", of="fit", title=_("fit: as many points as coefficients, degree 0, one point"))
def fit_edges(student, rng):
    x, t = noisy_sine(rng, 4)
    w = student.fit(x, t, 3)
    expect_shape(w, (4,))
    passes = mse(predict(np.asarray(w), x), t) < 1e-12
    expect_true(passes, _("The polynomial of degree 3 does not pass through its 4 points."), got=w)
    expect(student.fit(x, t, 0), np.mean(t, keepdims=True), **CLOSE, note=_("degree 0 is the mean"))
    expect(student.fit(x[:1], t[:1], 0), t[:1], **CLOSE, note=_("one point"))


# predict and mse


@exercise.check("value", of="predict", title=_("predict: the polynomial's value at every x"))
def predictions(student, rng):
    for length in (6, 2, 1):
        w, x = rng.normal(size=length), rng.uniform(-1, 1, 7)
        expect(student.predict(w, x), predict(w, x))
    expect(student.predict(w, x[:1]), predict(w, x[:1]), note=_("one point"))


@exercise.check("value", of="mse", title=_("mse: the mean of the squares"))
def mean_squares(student, rng):
    points = [tuple(rng.normal(size=(2, N))) for N in (1, 5, 20)]
    for (y, t), value in zip(points, student.mse.many(points), strict=True):
        expect(value, mse(y, t))


# errors


@exercise.check("value", of="errors", title=_("errors: training and test error, a row for each degree"))
def error_table(student, rng):
    train, test = noisy_sine(rng, 12), noisy_sine(rng, 15)
    for degrees in ([1, 2, 4], [4, 0, 2]):
        expect(student.errors(*train, *test, degrees), errors(*train, *test, degrees), **CLOSE)
    worked = *WORKED, np.array([3.0]), np.array([6.0]), [1, 2]
    expect(student.errors(*worked), errors(*worked), **CLOSE, shown=True, note=_("the worked number"))


@exercise.check("edge", of="errors", title=_("errors: one degree, and a polynomial through every point"))
def error_edges(student, rng):
    train, test = noisy_sine(rng, 4), noisy_sine(rng, 6)
    expect(student.errors(*train, *test, [3]), errors(*train, *test, [3]), **CLOSE)
    expect(student.errors(*train, *test, [0]), errors(*train, *test, [0]), **CLOSE)


@exercise.check("experiment", of="errors", points=2, title=_("degree 16 learns the noise: its test error rises again"))
def noise_is_learned(student, rng):
    tables, ratios = [], []
    for _draw in range(9):
        train, test = noisy_sine(rng, 20, jitter=0.0), noisy_sine(rng, 200, jitter=0.0)
        table = student.errors(*train, *test, [1, 4, 16])
        expect_shape(table, (3, 2))
        best = errors(*train, *test, [1, 4, 16])
        fitted = np.all(table[:, 0] <= 1.05 * best[:, 0] + 1e-6)
        expect_true(fitted, _("The training error is larger than that of least squares."), got=table)
        falls = np.all(np.diff(table[:, 0]) < 0)
        expect_true(falls, _("The training error does not fall with the degree."), got=table)
        expect_true(table[2, 1] > table[2, 0], _("At degree 16 the test error is not the larger one."), got=table)
        tables.append(table)
        ratios.append(table[2, 1] / table[1, 1])
    show(_("training and test error of degrees 1, 4, 16, the median of 9 draws"), np.median(tables, axis=0))
    expect_true(np.median(ratios) > 1.5, _("From degree 4 to 16 the test error does not rise by half."))


# What beginners write


@exercise.mistake(
    of="poly_features",
    says=_("The highest power stands first, as np.vander and np.polyfit have it."),
    ask=_("Which column is x⁰?"),
)
def highest_power_first(x, degree):
    return np.vander(x, degree + 1)


@exercise.mistake(
    of="poly_features",
    says=_("The column of ones is missing."),
    ask=_("Can your polynomial have a value other than 0 at x = 0?"),
)
def no_constant_column(x, degree):
    return poly_features(x, degree)[:, 1:]


@exercise.mistake(
    of="poly_features",
    says=_("The highest power is missing."),
    ask=_("How many coefficients has a parabola?"),
)
def one_power_short(x, degree):
    return poly_features(x, degree)[:, :-1]


@exercise.mistake(
    of="poly_features",
    says=_("A row stands for every power and a column for every point."),
    ask=_("Which axis counts the examples?"),
)
def features_transposed(x, degree):
    return poly_features(x, degree).T


@exercise.mistake(
    of="fit",
    says=_("The coefficient of the highest power stands first."),
    ask=_("In which order does polyfit give its coefficients?"),
)
def fit_highest_first(x, t, degree):
    return fit(x, t, degree)[::-1]


@exercise.mistake(
    of="fit",
    says=_("All that np.linalg.lstsq returns came back."),
    ask=_("What else does lstsq return?"),
)
def whole_lstsq_tuple(x, t, degree):
    w, residuals, rank, singular = np.linalg.lstsq(poly_features(x, degree), t, rcond=None)
    return w, residuals, int(rank), singular


@exercise.mistake(
    of="predict",
    says=_("The first coefficient was taken for the highest power, as np.polyval does."),
    ask=_("Which coefficient does polyval take first?"),
)
def predict_reversed(w, x):
    return np.polyval(w, x)


@exercise.mistake(
    of="predict",
    says=_("The constant term is missing."),
    ask=_("What is your polynomial at x = 0?"),
)
def predict_without_constant(w, x):
    return predict(w, x) - w[0]


@exercise.mistake(
    of="mse",
    says=_("The mean of the squares was halved."),
    ask=_("Is there a ½ in this definition?"),
)
def mse_half(y, t):
    return 0.5 * mse(y, t)


@exercise.mistake(
    of="mse",
    says=_("The root was taken of the mean of the squares."),
    ask=_("What is asked: the mean square or its root?"),
)
def mse_root(y, t):
    return np.sqrt(mse(y, t))


@exercise.mistake(
    of="mse",
    says=_("The squares were summed, not averaged."),
    ask=_("Can errors on 20 and on 200 points be compared by yours?"),
)
def mse_sum(y, t):
    return np.sum((y - t) ** 2)


@exercise.mistake(
    of="errors",
    says=_("The test error stands before the training error."),
    ask=_("Which column is the training error?"),
)
def errors_columns_swapped(x_train, t_train, x_test, t_test, degrees):
    return errors(x_train, t_train, x_test, t_test, degrees)[:, ::-1]


@exercise.mistake(
    of="errors",
    says=_("There is a column for each degree."),
    ask=_("What is one row of the result?"),
)
def errors_transposed(x_train, t_train, x_test, t_test, degrees):
    return errors(x_train, t_train, x_test, t_test, degrees).T


@exercise.mistake(
    of="errors",
    says=_("The polynomial was fitted to the training and the test points together."),
    ask=_("What would the test set still tell you?"),
)
def fitted_to_all_data(x_train, t_train, x_test, t_test, degrees):
    x, t = np.concatenate([x_train, x_test]), np.concatenate([t_train, t_test])
    fits = [fit(x, t, degree) for degree in degrees]
    return np.array([(mse(predict(w, x_train), t_train), mse(predict(w, x_test), t_test)) for w in fits])


@exercise.mistake(
    of="errors",
    says=_("For the test error a second polynomial was fitted, to the test points."),
    ask=_("Which data may the coefficients have seen?"),
)
def refitted_on_test(x_train, t_train, x_test, t_test, degrees):
    training = errors(x_train, t_train, x_train, t_train, degrees)[:, 0]
    return np.stack([training, errors(x_test, t_test, x_test, t_test, degrees)[:, 0]], axis=1)


@exercise.mistake(
    of="errors",
    says=_("Both errors were measured on the training points."),
    ask=_("Which points did the model never see?"),
)
def test_error_on_training(x_train, t_train, x_test, t_test, degrees):
    return errors(x_train, t_train, x_train, t_train, degrees)
