"""Logistic regression: the likelihood of all answers together, and the gradient that climbs it."""

from functools import partial

import autograd.numpy as np
from autograd import grad

from grader.course import Exercise, _, expect, expect_gradient, expect_shape, expect_true, show
from reference.common import awkward, binary_targets, mixed, sigmoid

exercise = Exercise(
    title=_("Logistic regression"),
    after=["sigmoid"],
    hints=[
        _("Three rows with y = 0.9, 0.2, 0.6 and t = 1, 0, 0: how probable is it that all three come out so?"),
        _("y^t (1 − y)^(1 − t) is one number. Which, where t = 1, and which, where t = 0? What is its logarithm?"),
        _("Differentiate t log σ(u) + (1 − t) log(1 − σ(u)) by u on paper. What cancels?"),
        _("The loss is −log L / N. What do the minus and the N do to one step of w?"),
    ],
)
ROWS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
OR, XOR = np.array([0.0, 1, 1, 1]), np.array([0.0, 1, 1, 0])
WORKED = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([1.0, 0.0]), np.array([0.5, -0.25]), 0.1


@exercise.function
def predict_proba(x, w, b):
    return sigmoid(np.dot(x, w) + b)


@exercise.function
def likelihood(x, t, w, b):
    return np.exp(log_likelihood(x, t, w, b))


@exercise.function
def log_likelihood(x, t, w, b):
    u = np.dot(x, w) + b
    return np.sum(t * u - np.logaddexp(0.0, u))


@exercise.function
def log_likelihood_gradients(x, t, w, b):
    return grad(log_likelihood, argnum=(2, 3))(x, t, w, b)


@exercise.function
def gradient_descent(x, t, w, b, lr, steps):
    def loss(w, b):
        return -log_likelihood(x, t, w, b) / len(x)

    losses = [loss(w, b)]
    for _step in range(steps):
        dw, db = grad(loss, argnum=(0, 1))(w, b)
        w, b = w - lr * dw, b - lr * db
        losses.append(loss(w, b))
    return w, b, np.array(losses)


def data(rng, N, n):
    """x, t, w, b with scores well inside −12 … 12."""
    x = np.clip(rng.normal(size=(N, n)), -2.5, 2.5)
    w = np.clip(rng.normal(size=n), -1.5, 1.5)
    return x, binary_targets(rng, N), w, rng.choice([-1.0, 1.0]) * rng.uniform(0.4, 1)


def expect_all(question, oracle, points):
    for value, point in zip(question.many(points), points, strict=True):
        expect(value, oracle(*point))


@exercise.check("value", of="predict_proba", title=_("predict_proba: a probability for each row, in every size"))
def probability_for_each_row(student, rng):
    for N, n in ((6, 3), (1, 1), (4, 4)):
        x, _t, w, b = data(rng, N, n)
        expect(student.predict_proba(x, w, b), predict_proba(x, w, b))
    x, _t, w, b = WORKED
    expect(student.predict_proba(x, w, b), predict_proba(x, w, b), shown=True, note=_("the worked number"))


@exercise.check("value", of="likelihood", title=_("likelihood: the probability of all targets together"))
def all_targets_together(student, rng):
    expect_all(student.likelihood, likelihood, [data(rng, 5, 2), data(rng, 5, 3), data(rng, 1, 2)])
    expect(student.likelihood(*WORKED), likelihood(*WORKED), shown=True, note=_("the worked number"))


@exercise.check("value", of="log_likelihood", points=2, title=_("log_likelihood: the sum of the logarithms"))
def sum_of_logarithms(student, rng):
    expect_all(student.log_likelihood, log_likelihood, [data(rng, 7, 3), data(rng, 12, 2), data(rng, 1, 3)])
    expect(student.log_likelihood(*WORKED), log_likelihood(*WORKED), shown=True, note=_("the worked number"))


@exercise.check(
    "law", of="log_likelihood", title=_("log_likelihood: the logarithm of your likelihood, sum of its parts")
)
def sum_of_its_parts(student, rng):
    x, t, w, b = data(rng, 5, 3)
    whole, head, tail, shuffled, mirrored = student.log_likelihood.many(
        [(x, t, w, b), (x[:2], t[:2], w, b), (x[2:], t[2:], w, b), (x[::-1], t[::-1], w, b), (x, 1 - t, -w, -b)]
    )
    expect(whole, np.log(np.asarray(student.likelihood(x, t, w, b))), note=_("the logarithm of your likelihood"))
    expect(whole, head + tail, note=_("the first two rows and the others, added"))
    expect(shuffled, whole, note=_("the rows in another order"))
    expect(mirrored, whole, note=_("the targets exchanged, and the signs of w and b"))
    expect_true(whole <= 0, _("The logarithm of a probability is above 0."), got=whole)


@exercise.check(
    "gradient", of="log_likelihood_gradients", points=2, title=_("the gradients are the slopes of your log_likelihood")
)
def own_slope(student, rng):
    expect_gradient(student.log_likelihood, student.log_likelihood_gradients, at=data(rng, 8, 3), wrt=(2, 3))


@exercise.check(
    "law", of="log_likelihood_gradients", title=_("the gradients of all rows are the sum of those of each row")
)
def gradients_add_up(student, rng):
    x, t, w, b = data(rng, 6, 3)
    points = [(x, t, w, b)] + [(x[[k]], t[[k]], w, b) for k in range(6)]
    whole, *rows = student.log_likelihood_gradients.many(points)
    expect_shape(whole[0], (3,))
    expect_shape(whole[1], ())
    expect(whole, mixed([1.0] * 6, [(np.asarray(dw), np.asarray(db)) for dw, db in rows]), note=_("row by row, added"))


@exercise.check("value", of="gradient_descent", title=_("gradient_descent: three steps down the loss"))
def three_steps(student, rng):
    lr = rng.uniform(0.2, 0.8)
    start = *data(rng, 6, 2), lr, 3
    expect(student.gradient_descent(*start), gradient_descent(*start))
    worked = *WORKED, 0.5, 1
    expect(student.gradient_descent(*worked), gradient_descent(*worked), shown=True, note=_("the worked number"))


@exercise.check("edge", of="predict_proba", title=_("predict_proba: arrays of every kind"))
def kinds_of_arrays(student, rng):
    x, _t, w, b = data(rng, 4, 3)
    expect(student.predict_proba(awkward(x), awkward(w), b), predict_proba(x, w, b), note=KINDS)
    y = student.predict_proba(x.astype("float32"), w.astype("float32"), b)
    expect(y, predict_proba(x, w, b), rtol=1e-3, note=FLOAT32)


KINDS = _("arrays that are read-only and not contiguous")
FLOAT32 = _("arrays of float32")
ONE_ROW = _("one row alone")


@exercise.check("edge", of="log_likelihood", title=_("log_likelihood: one row of each class, arrays of every kind"))
def one_row_of_each(student, rng):
    x, t, w, b = data(rng, 4, 3)
    whole = log_likelihood(x, t, w, b)
    expect(student.log_likelihood(awkward(x), awkward(t), awkward(w), b), whole, note=KINDS)
    expect(student.log_likelihood(*(part.astype("float32") for part in (x, t, w)), b), whole, rtol=1e-3, note=FLOAT32)
    for target in (np.zeros(1), np.ones(1)):
        expect(student.log_likelihood(x[:1], target, w, b), log_likelihood(x[:1], target, w, b), note=ONE_ROW)


@exercise.check("edge", of="log_likelihood_gradients", title=_("the gradients of one row, and of arrays of every kind"))
def gradients_at_the_edge(student, rng):
    x, t, w, b = data(rng, 4, 3)
    ordinary = student.log_likelihood_gradients(x, t, w, b)
    expect(student.log_likelihood_gradients(awkward(x), awkward(t), awkward(w), b), ordinary, note=KINDS)
    expect_gradient(
        student.log_likelihood,
        student.log_likelihood_gradients,
        at=(x[:1], t[:1], w, b),
        wrt=(2, 3),
        note=ONE_ROW,
    )


@exercise.check(
    "edge", of="gradient_descent", title=_("gradient_descent: no step at all, one row, arrays of every kind")
)
def no_step(student, rng):
    x, t, w, b = data(rng, 4, 2)
    lr = rng.uniform(0.2, 0.8)
    still = w, b, np.array([-log_likelihood(x, t, w, b) / 4])
    expect(student.gradient_descent(x, t, w, b, lr, 0), still, note=_("no step: the start, and its loss"))
    one = x[:1], t[:1], w, b, lr, 2
    expect(student.gradient_descent(*one), gradient_descent(*one), note=ONE_ROW)
    kinds = awkward(x), awkward(t), awkward(w), b, lr, 2
    expect(student.gradient_descent(*kinds), gradient_descent(x, t, w, b, lr, 2), note=KINDS)


@exercise.check(
    "experiment", of="log_likelihood", title=_("3,000 rows: the likelihood is 0 to the machine, its logarithm not")
)
def too_small_for_a_float(student, rng):
    x, w, b = rng.normal(size=(3000, 2)), np.array([1.0, -1.0]), 0.2
    t = np.where(rng.uniform(size=3000) < predict_proba(x, w, b), 1.0, 0.0)
    got = student.log_likelihood(x, t, w, b)
    show(_("likelihood"), likelihood(x, t, w, b))
    show(_("log-likelihood"), got)
    expect_true(np.all(np.isfinite(got)), _("The logarithm is not finite."), got=got, reveals="log_of_the_product")
    expect_true(-1780 <= got <= -1450, _("The log-likelihood is not between −1,780 and −1,450."), got=got)
    expect(got, log_likelihood(x, t, w, b))


@exercise.check("experiment", of="gradient_descent", title=_("OR is learned from every start; XOR stays at ln 2"))
def a_line_and_no_line(student, rng):
    for start in range(3):
        w, b, losses = student.gradient_descent(ROWS, OR, rng.normal(size=2), rng.normal(), 2.0, 200)
        expect_shape(losses, (201,))
        show(_("loss for OR, start {number}").format(number=start + 1), np.asarray(losses)[::10])
        expect_true(np.all(np.diff(losses) <= 1e-6), _("The loss rises at a step."), got=losses)
        expect_true(losses[-1] < 0.05, _("After 200 steps the loss for OR is not below 0.05."), got=losses)
        right = (predict_proba(ROWS, w, b) > 0.5) == (OR > 0.5)
        expect_true(np.all(right), _("Not all four rows of OR are right after training."), got=w)
    for start in range(3):
        w, b = rng.normal(size=2), rng.normal()
        losses = student.gradient_descent(ROWS, XOR, w, b, 1.0, 200)[2]
        expect_shape(losses, (201,))
        losses = np.asarray(losses)
        show(_("loss for XOR, start {number}").format(number=start + 1), losses[::10])
        expect(
            losses[-1], np.log(2), rtol=0, atol=1e-3, note=_("XOR: one line knows nothing, and the loss ends at ln 2")
        )


@exercise.mistake(
    of="predict_proba",
    says=_("The bias is not in the score."),
    ask=_("Where must the probability be ½ if there is no b?"),
)
def bias_forgotten(x, w, b):
    return sigmoid(x @ w)


@exercise.mistake(
    of="predict_proba",
    says=_("The step was kept: every answer is 0 or 1, and none is a probability."),
    ask=_("Can a likelihood be made of answers that are always certain?"),
)
def step_instead_of_sigmoid(x, w, b):
    return np.where(x @ w + b >= 0, 1.0, 0.0)


@exercise.mistake(
    of="predict_proba",
    says=_("The exponent has the other sign: this is the probability of t = 0."),
    ask=_("Is the probability of t = 1 large where the score is large?"),
)
def sign_of_the_exponent(x, w, b):
    return sigmoid(-(x @ w + b))


@exercise.mistake(
    of="predict_proba",
    says=_("The probabilities stand in a column, (N, 1); the targets are (N,)."),
    ask=_("What shape has (N, 1) minus (N,)?"),
)
def column_for_vector(x, w, b):
    return sigmoid(x @ w + b)[:, None]


@exercise.mistake(
    of="likelihood",
    says=_("Only the rows with t = 1 are in the product."),
    ask=_("What does a row with t = 0 contribute?"),
)
def only_the_positive_class(x, t, w, b):
    return np.prod(predict_proba(x, w, b) ** t)


@exercise.mistake(
    of="likelihood",
    says=_("The probabilities of the rows are added up."),
    ask=_("The rows are independent: is the probability of all of them a sum or a product?"),
)
def sum_for_product(x, t, w, b):
    y = predict_proba(x, w, b)
    return np.sum(y**t * (1 - y) ** (1 - t))


@exercise.mistake(
    of="log_likelihood",
    says=_("This is the mean over the rows; the log-likelihood is their sum."),
    ask=_("What is the logarithm of a product of N factors?"),
)
def mean_for_sum(x, t, w, b):
    return log_likelihood(x, t, w, b) / len(x)


@exercise.mistake(
    of="log_likelihood",
    says=_("There is a minus in front, as in a loss."),
    ask=_("Can the logarithm of a probability be positive?"),
)
def sign_of_the_likelihood(x, t, w, b):
    return -log_likelihood(x, t, w, b)


@exercise.mistake(
    of="log_likelihood",
    says=_("The product was calculated first and its logarithm afterwards: the product has become 0."),
    ask=_("What is the product of 3,000 numbers below 1 on this machine?"),
)
def log_of_the_product(x, t, w, b):
    y = predict_proba(x, w, b)
    return np.log(np.prod(y**t * (1 - y) ** (1 - t)))


@exercise.mistake(
    of="log_likelihood",
    says=_("The logarithm is to the base 10."),
    ask=_("Which logarithm has the slope 1/y?"),
)
def log_base_ten(x, t, w, b):
    return log_likelihood(x, t, w, b) / np.log(10)


@exercise.mistake(
    of="log_likelihood",
    says=_("The probabilities were rounded before their logarithm was taken."),
    ask=_("What is lost before the logarithm?"),
)
def log_zero_by_rounding(x, t, w, b):
    y = np.round(predict_proba(x, w, b), 3)
    return np.sum(t * np.log(y) + (1 - t) * np.log(1 - y))


@exercise.mistake(
    of="log_likelihood_gradients",
    says=_("These are the gradients of minus the log-likelihood: they point down, not up."),
    ask=_("The log-likelihood or its negative, a loss: of which of the two is this the gradient?"),
)
def gradient_of_the_loss(x, t, w, b):
    error = predict_proba(x, w, b) - t
    return x.T @ error, np.sum(error)


@exercise.mistake(
    of="log_likelihood_gradients",
    says=_("The gradients are divided by N."),
    ask=_("Is the log-likelihood a sum or a mean?"),
)
def gradient_divided_by_n(x, t, w, b):
    error = (t - predict_proba(x, w, b)) / len(x)
    return x.T @ error, np.sum(error)


@exercise.mistake(
    of="log_likelihood_gradients",
    says=_("The slope of the sigmoid, y(1 − y), is a factor too many."),
    ask=_("The slope of the logarithm is 1/y: what does it do to y(1 − y)?"),
)
def extra_slope_factor(x, t, w, b):
    y = predict_proba(x, w, b)
    error = (t - y) * y * (1 - y)
    return x.T @ error, np.sum(error)


@exercise.mistake(
    of="log_likelihood_gradients",
    says=_("db has one entry for each row."),
    ask=_("How many biases are there?"),
)
def bias_gradient_not_summed(x, t, w, b):
    error = t - predict_proba(x, w, b)
    return x.T @ error, error


@exercise.mistake(
    of="log_likelihood_gradients",
    says=_("Every weight has the same gradient: the inputs are not in it."),
    ask=_("Which input does each weight multiply?"),
)
def features_not_weighted(x, t, w, b):
    error = np.sum(t - predict_proba(x, w, b))
    return error * np.ones_like(w), error


def descend(x, t, w, b, lr, steps, move):
    """The loop of a descent with another step: w, b = move(w, b, dw, db), given the loss's gradients."""
    losses = [-log_likelihood(x, t, w, b) / len(x)]
    for _step in range(steps):
        dw, db = log_likelihood_gradients(x, t, w, b)
        w, b = move(w, b, -dw / len(x), -db / len(x))
        losses.append(-log_likelihood(x, t, w, b) / len(x))
    return w, b, np.array(losses)


@exercise.mistake(
    of="gradient_descent",
    says=_("The steps go up the loss: the gradient of the log-likelihood was taken for the gradient of the loss."),
    ask=_("Does your loss fall?"),
)
def step_in_the_wrong_direction(x, t, w, b, lr, steps):
    return descend(x, t, w, b, lr, steps, lambda w, b, dw, db: (w + lr * dw, b + lr * db))


@exercise.mistake(
    of="gradient_descent",
    says=_("The steps are N times too large: they climb log L and not down E = −log L / N."),
    ask=_("Of which function, E or log L, are these steps?"),
)
def mean_forgotten_in_the_step(x, t, w, b, lr, steps):
    N = len(x)
    return descend(x, t, w, b, lr, steps, lambda w, b, dw, db: (w - lr * N * dw, b - lr * N * db))


@exercise.mistake(
    of="gradient_descent",
    says=_("The step of b was calculated after w had moved."),
    ask=_("At which point are both derivatives to be taken?"),
)
def bias_from_the_new_weights(x, t, w, b, lr, steps):
    def move(w, b, dw, _db):
        w = w - lr * dw
        return w, b + lr * log_likelihood_gradients(x, t, w, b)[1] / len(x)

    return descend(x, t, w, b, lr, steps, move)


first_loss_missing = partial(
    exercise.mistake,
    of="gradient_descent",
    id="first_loss_missing",
    says=_("There are as many losses as steps; the first or the last one is missing."),
    ask=_("What does the curve begin with, and what does it end with?"),
)


@first_loss_missing()
def losses_after_each_step(x, t, w, b, lr, steps):
    w, b, losses = gradient_descent(x, t, w, b, lr, steps)
    return w, b, losses[1:]


@first_loss_missing()
def losses_before_each_step(x, t, w, b, lr, steps):
    w, b, losses = gradient_descent(x, t, w, b, lr, steps)
    return w, b, losses[:-1]


@exercise.mistake(
    of="gradient_descent",
    says=_("w was changed in place: the caller's array has other numbers now."),
    ask=_("Whose array is w when the function begins?"),
)
def arguments_changed(x, t, w, b, lr, steps):
    def move(w, b, dw, db):
        w -= lr * dw
        return w, b - lr * db

    return descend(x, t, w, b, lr, steps, move)
