"""Probit regression: another curve from 0 to 1, whose slope does not cancel against the loss."""

import math
from functools import partial

import autograd.numpy as np
from autograd import grad
from autograd.extend import defvjp, primitive

from grader.course import Exercise, _, expect, expect_gradient, expect_shape, expect_true, show
from reference.common import awkward, binary_targets, sigmoid

exercise = Exercise(
    title=_("Probit regression"),
    after=["logistic_regression"],
    hints=[
        _("A table says Φ(1) = 0.8413. `math.erf(1)` is 0.8427. What lies between the two?"),
        _("What is the slope of Φ? Which of your functions calculates it?"),
        _("Write the chain from the loss to w: the loss by y, y by the score u, u by w. How many factors are there?"),
        _("For the sigmoid, two of these factors cancelled: which? Do they here?"),
    ],
)
KINDS = _("arrays that are read-only and not contiguous")
ONE_ROW = _("one row alone")
WORKED = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([1.0, 0.0]), np.array([0.5, -0.25]), 0.1


@primitive
def erf(x):
    return np.reshape([math.erf(value) for value in np.ravel(x)], np.shape(x))


defvjp(erf, lambda ans, x: lambda g: g * 2 / math.sqrt(math.pi) * np.exp(-(x**2)))


@exercise.function
def normal_pdf(x):
    return np.exp(-0.5 * np.square(x)) / math.sqrt(2 * math.pi)


@exercise.function
def normal_cdf(x):
    return 0.5 * (1 + erf(x / math.sqrt(2)))


@exercise.function
def predict_proba(x, w, b):
    return normal_cdf(np.dot(x, w) + b)


@exercise.function
def loss(x, t, w, b):
    # 1 − Φ(u) is Φ(−u), and t and 1 − t are 0 or 1: one logarithm is enough.
    return -np.sum(np.log(normal_cdf((2 * t - 1) * (np.dot(x, w) + b)))) / len(x)


@exercise.function
def gradients(x, t, w, b):
    return grad(loss, argnum=(2, 3))(x, t, w, b)


def data(rng, N, n):
    """x, t, w, b with |x·w + b| at most 2.6; b is not near 0."""
    x, w, b = rng.normal(size=(N, n)), rng.normal(size=n), rng.choice([-1.0, 1.0]) * rng.uniform(0.4, 0.9)
    scores = x @ w
    return x * np.minimum(1, 1.7 / np.abs(scores))[:, None], binary_targets(rng, N), w, b


def without_targets(point):
    return point[0], *point[2:]


def expect_all(question, oracle, points):
    for value, point in zip(question.many(points), points, strict=True):
        expect(value, oracle(*point))


@exercise.check("value", of="normal_pdf", title=_("φ(x) at ordinary points, in every shape"))
def density(student, rng):
    for x in (rng.normal(scale=2, size=5), rng.normal(scale=2, size=(2, 3)), rng.normal()):
        expect(student.normal_pdf(x), normal_pdf(x))
    expect(student.normal_pdf(0.0), normal_pdf(0.0), shown=True)


@exercise.check("value", of="normal_cdf", points=2, title=_("Φ(x) at ordinary points, in every shape"))
def distribution(student, rng):
    for x in (rng.normal(scale=1.5, size=5), rng.normal(scale=1.5, size=(2, 3)), rng.normal()):
        expect(student.normal_cdf(x), normal_cdf(x), rtol=0, atol=2e-7)
    for x in (-1.0, 0.0, 1.0, 1.96):
        expect(student.normal_cdf(x), normal_cdf(x), rtol=0, atol=2e-7, shown=True)


@exercise.check("gradient", of="normal_pdf", title=_("φ is the slope of your own Φ"))
def slope_of_the_distribution(student, rng):
    expect_gradient(student.normal_cdf, student.normal_pdf, at=np.clip(rng.normal(scale=1.5, size=6), -3, 3))


@exercise.check("law", of="normal_cdf", title=_("Φ rises, and Φ(−x) and Φ(x) add up to 1"))
def point_symmetry(student, rng):
    x = np.linspace(-3.8, 3.8, 10) + rng.uniform(-0.2, 0.2, size=10)
    y = student.normal_cdf(x)
    expect_shape(y, x.shape)
    y = np.asarray(y)
    expect_true(np.all(np.diff(y) > 0), _("x rises from entry to entry, but Φ(x) does not."), got=y)
    expect(student.normal_cdf(-x), 1 - y, atol=3e-7, note=_("at −x, beside 1 − Φ(x)"))


@exercise.check("value", of="predict_proba", title=_("predict_proba: Φ of the score, in every size"))
def probability_for_each_row(student, rng):
    points = [without_targets(data(rng, N, n)) for N, n in ((6, 3), (1, 1), (4, 4))]
    expect_all(student.predict_proba, predict_proba, points)
    worked = without_targets(WORKED)
    expect(student.predict_proba(*worked), predict_proba(*worked), shown=True, note=_("the worked number"))


@exercise.check("value", of="loss", title=_("loss: the cross-entropy, the mean over the batch"))
def loss_of_the_batch(student, rng):
    expect_all(student.loss, loss, [data(rng, N, n) for N, n in ((6, 3), (4, 4), (2, 1))])
    expect(student.loss(*WORKED), loss(*WORKED), shown=True, note=_("the worked number"))


@exercise.check("gradient", of="gradients", points=2, title=_("gradients: the slopes of your own loss in w and b"))
def own_slope(student, rng):
    expect_gradient(student.loss, student.gradients, at=data(rng, 7, 3), wrt=(2, 3))


@exercise.check("edge", of="normal_pdf", title=_("φ far out, of whole numbers, of nothing, of arrays of every kind"))
def density_far_out(student, rng):
    expect_elementwise(student.normal_pdf, normal_pdf, rng)


@exercise.check("edge", of="normal_cdf", title=_("Φ far out, of whole numbers, of nothing, of arrays of every kind"))
def distribution_far_out(student, rng):
    expect_elementwise(student.normal_cdf, normal_cdf, rng)


def expect_elementwise(question, oracle, rng):
    far = np.array([-40.0, -8.0, 0.0, 8.0, 40.0])
    expect(question(far), oracle(far), rtol=0, note=_("0, ±8 and ±40"))
    whole = rng.permutation(np.arange(-3, 4))
    expect(question(whole), oracle(whole.astype(float)), rtol=0, note=_("an array of integers"))
    single = np.array(rng.normal())
    expect(question(single), oracle(single), note=_("a 0-d array"))
    expect_shape(question(np.zeros(0)), (0,), note=_("an array without an entry"))
    x = rng.normal(size=(3, 4))
    expect(question(awkward(x)), oracle(x), rtol=0, note=KINDS)
    expect(question(x.astype("float32")), oracle(x), rtol=1e-3, note=_("an array of float32"))


@exercise.check("edge", of="gradients", title=_("gradients: one row, arrays of every kind"))
def gradients_of_one_row(student, rng):
    x, t, w, b = data(rng, 4, 3)
    expect_gradient(student.loss, student.gradients, at=(x[:1], t[:1], w, b), wrt=(2, 3), note=ONE_ROW)
    expect(student.gradients(awkward(x), awkward(t), awkward(w), b), student.gradients(x, t, w, b), note=KINDS)


@exercise.check(
    "experiment", of="normal_cdf", title=_("Φ is nearly σ(1.702 x), and the share of normal numbers below x")
)
def nearly_a_sigmoid(student, rng):
    x = np.linspace(-10, 10, 2001)
    y = student.normal_cdf(x)
    expect_shape(y, x.shape)
    y = np.asarray(y)
    gap = np.max(np.abs(y - sigmoid(1.702 * x)))
    show(_("largest gap to σ(1.702 x)"), gap)
    show(_("tails at −4: Φ, σ(1.702 x)"), np.array([y[600], sigmoid(-4 * 1.702)]))
    expect_true(0.0090 <= gap <= 0.0100, _("The largest gap to σ(1.702 x) is not 0.0095."), got=y)
    share = np.mean(rng.normal(size=20000) < 0.5)
    show(_("share of 20,000 normal numbers below 0.5"), share)
    expect(
        student.normal_cdf(0.5), share, rtol=0, atol=0.02, shown=True, note=_("the share of normal numbers below 0.5")
    )


@exercise.mistake(
    of="normal_cdf",
    says=_("erf was taken of x itself: this curve is too steep by a factor √2."),
    ask=_("What is Φ(1) in a table, and what is yours?"),
)
def root_two_forgotten(x):
    return 0.5 * (1 + erf(x))


@exercise.mistake(
    of="normal_cdf",
    says=_("This is erf alone: it runs from −1 to 1."),
    ask=_("Can a probability be negative?"),
)
def erf_for_cdf(x):
    return erf(x / math.sqrt(2))


@exercise.mistake(
    of="normal_cdf",
    says=_("This is the sigmoid."),
    ask=_("How thick is the tail of your curve at −4?"),
)
def logistic_for_normal(x):
    return sigmoid(x * 1.0)


@exercise.mistake(
    of="normal_cdf",
    says=_("This is σ(1.702 x), which comes near to Φ, but is not Φ."),
    ask=_("How large is the largest difference to Φ?"),
)
def logistic_approximation(x):
    return sigmoid(1.702 * x)


@exercise.mistake(
    of="normal_cdf",
    says=_("This is the probability above x: the curve falls."),
    ask=_("As x grows, should Φ rise or fall?"),
)
def upper_tail(x):
    return normal_cdf(-x)


@exercise.mistake(
    of="normal_cdf",
    says=_("math.erf was given a whole array."),
    ask=_("How many numbers does math.erf take?"),
)
def not_elementwise(x):
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


@exercise.mistake(
    of="normal_pdf",
    says=_("The factor before the exponential is missing."),
    ask=_("What is the area under your curve?"),
)
def normalisation_forgotten(x):
    return np.exp(-0.5 * np.square(x))


@exercise.mistake(
    of="normal_pdf",
    says=_("The exponent is −x² and not −x²/2."),
    ask=_("Which variance has your curve?"),
)
def half_forgotten_in_the_exponent(x):
    return np.exp(-np.square(x * 1.0)) / math.sqrt(2 * math.pi)


@exercise.mistake(
    of="normal_pdf",
    says=_("The exponential was divided by 2π, not by its square root."),
    ask=_("What is the area under your curve?"),
)
def root_two_pi_wrong(x):
    return np.exp(-0.5 * np.square(x)) / (2 * math.pi)


@exercise.mistake(
    of="normal_pdf",
    says=_("This is Φ(1 − Φ), the pattern of the sigmoid's slope."),
    ask=_("For which curve is the slope y(1 − y)?"),
)
def sigmoid_slope_for_density(x):
    return normal_cdf(x) * (1 - normal_cdf(x))


@exercise.mistake(
    of="predict_proba",
    says=_("The density φ was taken for the probability."),
    ask=_("Does a large score give a large probability?"),
)
def density_for_probability(x, w, b):
    return normal_pdf(x @ w + b)


@exercise.mistake(
    of="predict_proba", says=_("The bias is not in the score."), ask=_("Where is the probability ½ if there is no b?")
)
def bias_forgotten(x, w, b):
    return normal_cdf(x @ w)


@exercise.mistake(
    of="loss",
    says=_("The terms are added up over the batch; this loss is their mean."),
    ask=_("What happens to your loss if every row is there twice?"),
)
def sum_for_mean(x, t, w, b):
    return len(x) * loss(x, t, w, b)


def factors(x, w, b):
    """y and φ at the scores."""
    u = x @ w + b
    return normal_cdf(u), normal_pdf(u)


def from_error(x, delta):
    return x.T @ delta, np.sum(delta)


@exercise.mistake(
    of="gradients",
    says=_("(y − t) x / N is the gradient of logistic regression."),
    ask=_("Which two factors cancelled for the sigmoid, and do they here?"),
)
def logistic_gradient(x, t, w, b):
    y, _phi = factors(x, w, b)
    return from_error(x, (y - t) / len(x))


chain_link_missing = partial(
    exercise.mistake, of="gradients", ask=_("The chain has three links: loss, Φ, score. Which one is missing?")
)


@chain_link_missing(says=_("The slope of Φ is not in the gradient."))
def density_forgotten(x, t, w, b):
    y, _phi = factors(x, w, b)
    return from_error(x, (y - t) / (y * (1 - y)) / len(x))


@chain_link_missing(says=_("The slope of the loss by y is not whole: its denominator is missing."))
def variance_forgotten(x, t, w, b):
    y, phi = factors(x, w, b)
    return from_error(x, (y - t) * phi / len(x))


@exercise.mistake(
    of="gradients",
    says=_("Prediction and target have changed places: this is minus the gradient."),
    ask=_("Does the loss fall against it?"),
)
def sign_of_the_gradient(x, t, w, b):
    y, phi = factors(x, w, b)
    return from_error(x, (t - y) * phi / (y * (1 - y)) / len(x))


@exercise.mistake(
    of="gradients",
    says=_("The gradient is N times too large: it is that of a sum over the batch."),
    ask=_("The loss is a mean: where is the N in its gradient?"),
)
def batch_size_forgotten(x, t, w, b):
    y, phi = factors(x, w, b)
    return from_error(x, (y - t) * phi / (y * (1 - y)))
