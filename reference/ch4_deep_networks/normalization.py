"""Normalising the data: mean 0 and deviation 1, measured on the training data alone, make the valley round."""

import numpy as np

from grader.course import Exercise, _, expect, expect_shape, expect_true, show
from reference.common import awkward

exercise = Exercise(
    title=_("Normalising the data"),
    after=["sgd"],
    hints=[
        _("Take a table of heights in metres and weights in kilograms. Over which axis does a mean make sense?"),
        _("transform does two things, one after the other. In which order does its inverse undo them?"),
        _("A column is always 5 in the training data and 6 in a new row. Which result tells that something changed?"),
    ],
)


@exercise.function
def fit(x):
    return np.mean(x, axis=0), np.std(x, axis=0)


@exercise.function
def transform(x, mean, std):
    return (x - mean) / divisor(std)


@exercise.function
def inverse_transform(z, mean, std):
    return z * divisor(std) + mean


@exercise.function
def condition_number(x):
    eigenvalues = np.linalg.eigvalsh(x.T @ x / len(x))
    return eigenvalues[-1] / eigenvalues[0]


def divisor(std):
    return np.where(std == 0, 1.0, std)


def table(rng, N, D=4):
    """Columns of very different size and place."""
    return rng.uniform(-50, 50, D) + 10.0 ** rng.uniform(-1, 2, D) * rng.normal(size=(N, D))


def with_constant_columns(rng, N):
    """Columns 1 and 3 are whole numbers that do not change, so that their mean is exact and their deviation is 0."""
    x = table(rng, N)
    x[:, 1], x[:, 3] = rng.choice(np.arange(2.0, 9.0), 2, replace=False)
    return x


WORKED = np.array([[1.0, 5.0], [3.0, 5.0], [5.0, 5.0]])


# fit


@exercise.check("value", of="fit", points=2, title=_("fit: mean and deviation of every column"))
def fit_values(student, rng):
    x = table(rng, 20)
    expect(student.fit(x), fit(x))
    expect(student.fit(awkward(x)), fit(x), note=_("an array that is read-only and not contiguous"))
    expect(student.fit(WORKED), fit(WORKED), shown=True, note=_("the worked number of the statement"))


@exercise.check("law", of="fit", title=_("fit: columns scaled and moved take their statistics along"))
def fit_moves_along(student, rng):
    x, scale, shift = rng.normal(size=(15, 4)), rng.uniform(0.5, 3, 4), rng.normal(size=4)
    mean, std = student.fit(x)
    for part in (mean, std):
        expect_shape(part, (4,))
    mean, std = np.asarray(mean), np.asarray(std)
    expect(student.fit(scale * x + shift), (scale * mean + shift, scale * std))
    expect(student.fit(-x), (-mean, std), note=_("columns with the other sign"))


@exercise.check("edge", of="fit", title=_("fit: one example, constant columns, a far offset"))
def fit_edges(student, rng):
    one, constant, far = table(rng, 1), with_constant_columns(rng, 8), 1e6 + rng.normal(size=(20, 3))
    expect(student.fit(one), (one[0], np.zeros(4)), note=_("one example"))
    expect(student.fit(constant), fit(constant), note=_("constant columns"))
    expect(student.fit(far), fit(far), rtol=1e-5, note=_("an offset of 1e6 with a spread of 1"))


# transform


@exercise.check("value", of="transform", title=_("transform: other data, by the statistics that are given"))
def transform_values(student, rng):
    mean, std = fit(table(rng, 20))
    x = table(rng, 7)
    expect(student.transform(x, mean, std), transform(x, mean, std))
    expect(student.transform(x[:1], mean, std), transform(x[:1], mean, std), note=_("one row"))


@exercise.check("law", of="transform", title=_("transform: the training data get mean 0 and deviation 1"))
def standardized(student, rng):
    x = table(rng, 25)
    z = student.transform(x, *fit(x))
    right = np.allclose(z.mean(axis=0), 0, atol=1e-9) and np.allclose(z.std(axis=0), 1, atol=1e-9)
    expect_true(right, _("The columns do not have mean 0 and deviation 1."), got=z)
    moved = 3 * x - 7
    expect(student.transform(moved, *fit(moved)), z, note=_("columns scaled and moved"))


@exercise.check("edge", of="transform", title=_("transform: columns that were constant in the training data"))
def transform_constant(student, rng):
    constant = with_constant_columns(rng, 8)
    mean, std = fit(constant)
    expect(student.transform(constant, mean, std), transform(constant, mean, std), note=_("the training data"))
    new = mean + rng.normal(size=(7, 4))
    expect(student.transform(new, mean, std), transform(new, mean, std), note=_("data in which they change"))
    worked, row = fit(WORKED), np.array([[7.0, 6.0]])
    got = student.transform(row, *worked)
    expect(got, transform(row, *worked), shown=True, note=_("the worked number of the statement"))


@exercise.check("experiment", of="transform", title=_("transform: the valley of the loss becomes round"))
def rounder_valley(student, rng):
    x = 3 + np.geomspace(1, 30, 5) * rng.normal(size=(100, 5))
    before, after = condition_number(x), condition_number(student.transform(x, *fit(x)))
    show(_("condition number before and after"), [before, after])
    show(_("steps of rate 1/L until a thousandth is left"), [np.log(1e-3) / np.log1p(-1 / k) for k in (before, after)])
    expect_true(before > 20 * after, _("The condition number did not fall to less than a twentieth."))


# inverse_transform


@exercise.check("value", of="inverse_transform", title=_("inverse_transform: back to the old units"))
def inverse_values(student, rng):
    mean, std = fit(table(rng, 20))
    z = rng.normal(size=(7, 4))
    expect(student.inverse_transform(z, mean, std), inverse_transform(z, mean, std))


@exercise.check("law", of="inverse_transform", title=_("inverse_transform undoes your own transform"))
def there_and_back(student, rng):
    mean, std = fit(table(rng, 20))
    x = table(rng, 7)
    expect(student.inverse_transform(student.transform(x, mean, std), mean, std), x)


@exercise.check("edge", of="inverse_transform", title=_("inverse_transform: columns that were constant"))
def inverse_constant(student, rng):
    mean, std = fit(with_constant_columns(rng, 8))
    z = rng.normal(size=(7, 4))
    expect(student.inverse_transform(z, mean, std), inverse_transform(z, mean, std))


# condition_number


def clouds(rng):
    """Three tables whose columns lie around 2."""
    return [(rng.normal(2, 0.3, 4) + rng.uniform(0.5, 3, 4) * rng.normal(size=(30, 4)),) for _cloud in range(3)]


@exercise.check("value", of="condition_number", title=_("condition_number: largest over smallest eigenvalue of xᵀx/N"))
def condition_values(student, rng):
    points = clouds(rng)
    for (x,), value in zip(points, student.condition_number.many(points), strict=True):
        expect(value, condition_number(x))


@exercise.check(
    "law", of="condition_number", title=_("condition_number: the unit does not matter, and it is at least 1")
)
def condition_laws(student, rng):
    points = clouds(rng)
    scaled = [(rng.uniform(0.1, 10) * x,) for (x,) in points]
    values = student.condition_number.many(points)
    expect_true(np.all(np.array(values) >= 1), _("A condition number is smaller than 1."), got=values[0])
    for value, same in zip(values, student.condition_number.many(scaled), strict=True):
        expect(same, value)


@exercise.check("edge", of="condition_number", title=_("condition_number: two columns, and a single one"))
def condition_edges(student, rng):
    expect(student.condition_number(np.array([[1.0, 0.0], [0.0, 3.0]])), 9.0, shown=True)
    expect(student.condition_number(rng.normal(size=(6, 1))), 1.0, note=_("one column"))


# What beginners write


@exercise.mistake(
    of="fit",
    says=_("The deviation was taken with the divisor N − 1, as in pandas or R."),
    ask=_("Which divisor does the statement name?"),
)
def divisor_n_minus_1(x):
    mean, std = fit(x)
    return mean, std * np.sqrt(len(x) / np.float64(len(x) - 1))


@exercise.mistake(
    of="fit",
    says=_("This is the variance; the root was not taken."),
    ask=_("In which unit is a standard deviation?"),
)
def variance_for_deviation(x):
    return x.mean(axis=0), x.var(axis=0)


@exercise.mistake(
    of="fit",
    says=_("The statistics are those of the rows."),
    ask=_("Is one example compared with itself, or one column over all examples?"),
)
def over_rows(x):
    return x.mean(axis=1), x.std(axis=1)


@exercise.mistake(
    of="fit",
    says=_("One mean and one deviation were taken over the whole table."),
    ask=_("May metres and kilograms share a mean?"),
)
def one_number_for_all(x):
    return x.mean(), x.std()


@exercise.mistake(
    of="fit",
    says=_("The deviation comes back before the mean."),
    ask=_("In which order are the two asked?"),
)
def std_first(x):
    return fit(x)[::-1]


@exercise.mistake(
    of="fit",
    says=_("The mean was not taken away before squaring."),
    ask=_("What is the spread of a column that is always 5?"),
)
def not_centred_deviation(x):
    return x.mean(axis=0), np.sqrt(np.mean(x**2, axis=0))


@exercise.mistake(
    of="transform",
    says=_("The data were measured by their own mean and deviation, not by those given."),
    ask=_("If a single test row comes, what is its mean?"),
)
def own_statistics_of_the_test(x, mean, std):
    return transform(x, *fit(x))


@exercise.mistake(
    of="transform",
    says=_("Columns with deviation 0 were divided by 0."),
    ask=_("What does a column with std 0 give?"),
)
def divides_by_zero(x, mean, std):
    return (x - mean) / std


@exercise.mistake(
    of="transform",
    says=_("A small number was added to the deviation, so that a column with deviation 0 is blown up."),
    ask=_("What becomes of a difference of 1 divided by 1e-8?"),
)
def tiny_added_to_std(x, mean, std):
    return (x - mean) / (std + 1e-8)


@exercise.mistake(
    of="transform",
    says=_("Columns with deviation 0 were set to 0."),
    ask=_("What if the column is not constant in the test data?"),
)
def constant_column_to_zero(x, mean, std):
    return np.where(std == 0, 0.0, transform(x, mean, std))


@exercise.mistake(
    of="transform",
    says=_("The mean was not taken away."),
    ask=_("What is the mean of your result?"),
)
def not_centred(x, mean, std):
    return x / divisor(std)


@exercise.mistake(
    of="transform",
    says=_("The division is by the variance."),
    ask=_("What is the deviation of your result?"),
)
def divided_by_variance(x, mean, std):
    return (x - mean) / divisor(std) ** 2


@exercise.mistake(
    of="transform",
    says=_("The division came first, and the mean, still in the old unit, was taken away afterwards."),
    ask=_("In which unit is the mean?"),
)
def divided_before_centred(x, mean, std):
    return x / divisor(std) - mean


@exercise.mistake(
    of="inverse_transform",
    says=_("The mean was added before the scaling."),
    ask=_("In which order are two steps undone?"),
)
def inverse_in_wrong_order(z, mean, std):
    return (z + mean) * divisor(std)


@exercise.mistake(
    of="inverse_transform",
    says=_("Columns with deviation 0 were multiplied by 0 and are lost."),
    ask=_("What did transform do to this column?"),
)
def inverse_loses_constant_column(z, mean, std):
    return z * std + mean


@exercise.mistake(
    of="condition_number",
    says=_("This is the condition number of x itself."),
    ask=_("Are you asked about x or about xᵀx?"),
)
def condition_of_x(x):
    return np.linalg.cond(x)


@exercise.mistake(
    of="condition_number",
    says=_("The ratio is upside down."),
    ask=_("Can it be under 1?"),
)
def condition_upside_down(x):
    return 1 / condition_number(x)


@exercise.mistake(
    of="condition_number",
    says=_("The eigenvalues are those of the covariance matrix."),
    ask=_("Does the definition take the mean away first?"),
)
def condition_of_covariance(x):
    return condition_number(x - x.mean(axis=0))
