"""Cross-entropy: the loss of maximum likelihood, from probabilities and, without a logarithm of 0, from scores."""

from functools import partial

import autograd.numpy as np
from autograd import grad

from grader.course import Exercise, _, expect, expect_gradient, expect_shape, expect_true, show
from reference.common import awkward, binary_targets, log_softmax, one_hot
from reference.common import sigmoid as sigma

exercise = Exercise(
    title=_("Cross-entropy"),
    after=["logistic_regression"],
    hints=[
        _("Write down the loss of a single row, once for t = 1 and once for t = 0. What does each depend on?"),
        _("Differentiate log σ(u) by u on paper, then log(1 − σ(u)). What becomes of the fractions?"),
        _("Take the largest score of a row off the whole row. Which exponentials can still be large?"),
    ],
)
BY_PROBABILITY = 5e-5
"""Relative; an ε of 1e-7 inside the logarithm changes the loss of a right y = 0.95 by 2e-6, its gradient by more."""
FAR = np.array([-1000.0, -50.0, 50.0, 1000.0])
FAR_ROWS = np.array([[1000.0, 0.0, -1000.0], [-1000.0, -1000.0, -1000.0], [0.0, 1.0, 2.0]])


@exercise.function
def binary_cross_entropy(y, t):
    y = np.clip(y, 1e-12, 1 - 1e-12)
    return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))


@exercise.function
def binary_cross_entropy_grad(y, t):
    return grad(binary_cross_entropy)(y, t)


@exercise.function
def binary_cross_entropy_logits(u, t):
    return np.mean(np.logaddexp(0.0, u) - u * t)


@exercise.function
def binary_cross_entropy_logits_grad(u, t):
    return grad(binary_cross_entropy_logits)(u, t)


@exercise.function
def softmax_cross_entropy(u, t):
    return -np.sum(t * log_softmax(u)) / len(u)


@exercise.function
def softmax_cross_entropy_grad(u, t):
    return grad(softmax_cross_entropy)(u, t)


# A loss is one number, and a mistake is named by two: all points are asked for before the first is judged.
def expect_losses(got, oracle, points, **tolerance):
    for value, point in zip(got, points, strict=True):
        expect(value, oracle(*point), **tolerance)


@exercise.check("value", of="binary_cross_entropy", title=_("the loss of probabilities between 0.05 and 0.95"))
def ordinary_probabilities(student, rng):
    points = [(rng.uniform(0.05, 0.95, size=n), binary_targets(rng, n)) for n in (6, 6, 1)]
    expect_losses(student.binary_cross_entropy.many(points), binary_cross_entropy, points, rtol=BY_PROBABILITY)


@exercise.check("gradient", of="binary_cross_entropy_grad", points=2, title=_("the gradient by y is that of your loss"))
def own_slope_by_probability(student, rng):
    # Well inside: the checker steps to neighbours too, and beyond 0 or 1 there is no loss to measure.
    at = (rng.uniform(0.25, 0.75, size=5), binary_targets(rng, 5))
    forward, backward = student.binary_cross_entropy, student.binary_cross_entropy_grad
    expect_gradient(forward, backward, at=at, wrt=0, rtol=BY_PROBABILITY)


@exercise.check("value", of="binary_cross_entropy_logits", title=_("the loss of scores"))
def ordinary_scores(student, rng):
    points = [(rng.normal(scale=3, size=n), binary_targets(rng, n)) for n in (6, 6, 1)]
    expect_losses(student.binary_cross_entropy_logits.many(points), binary_cross_entropy_logits, points)


@exercise.check(
    "gradient", of="binary_cross_entropy_logits_grad", points=2, title=_("the gradient by u is that of your loss")
)
def own_slope_by_score(student, rng):
    at = (rng.normal(scale=2, size=5), binary_targets(rng, 5))
    expect_gradient(student.binary_cross_entropy_logits, student.binary_cross_entropy_logits_grad, at=at, wrt=0)


@exercise.check("value", of="softmax_cross_entropy", title=_("the loss of scores for several classes"))
def ordinary_rows_of_scores(student, rng):
    points = [(rng.normal(scale=2, size=shape), one_hot(rng, *shape)) for shape in ((5, 3), (1, 2), (4, 4))]
    expect_losses(student.softmax_cross_entropy.many(points), softmax_cross_entropy, points)


@exercise.check(
    "gradient",
    of="softmax_cross_entropy_grad",
    points=2,
    title=_("the gradient by several scores is that of your loss"),
)
def own_slope_by_rows_of_scores(student, rng):
    at = (rng.normal(scale=2, size=(4, 3)), one_hot(rng, 4, 3))
    expect_gradient(student.softmax_cross_entropy, student.softmax_cross_entropy_grad, at=at, wrt=0)


@exercise.check("law", of="binary_cross_entropy_logits", title=_("scores and probabilities give the same loss"))
def scores_agree_with_probabilities(student, rng):
    u, t = rng.uniform(-2.5, 2.5, size=6), binary_targets(rng, 6)
    once, twice = student.binary_cross_entropy_logits.many([(u, t), (np.tile(u, 2), np.tile(t, 2))])
    expect_true(once > 0, _("The loss is not positive."), got=once)
    expect(once, student.binary_cross_entropy(sigma(u), t), rtol=BY_PROBABILITY)
    expect(twice, once, note=_("every row is there twice"))


@exercise.check(
    "law", of="softmax_cross_entropy", title=_("a shift of a row changes nothing; two classes are a binary loss")
)
def shift_and_two_classes(student, rng):
    u, t = rng.normal(scale=2, size=(4, 3)), one_hot(rng, 4, 3)
    v, binary = rng.normal(scale=2, size=5), binary_targets(rng, 5)
    two = (np.stack([np.zeros(5), v], axis=1), np.stack([1 - binary, binary], axis=1))
    points = [(u, t), (u + rng.normal(scale=5, size=(4, 1)), t), (np.tile(u, (2, 1)), np.tile(t, (2, 1))), two]
    once, shifted, twice, of_two = student.softmax_cross_entropy.many(points)
    expect_true(once > 0, _("The loss is not positive."), got=once)
    expect(shifted, once, note=_("a number was added to every score of a row"))
    expect(twice, once, note=_("every row is there twice"))
    expect(of_two, student.binary_cross_entropy_logits(v, binary), note=_("two classes with the scores 0 and u"))


@exercise.check("law", of="softmax_cross_entropy_grad", title=_("each row of the gradient adds up to 0"))
def rows_add_up_to_zero(student, rng):
    u, t = rng.normal(scale=3, size=(6, 3)), one_hot(rng, 6, 3)
    du = student.softmax_cross_entropy_grad(u, t)
    expect_shape(du, u.shape)
    expect_true(np.allclose(np.sum(du, axis=1), 0, atol=1e-6), _("A row of the gradient does not add up to 0."), got=du)
    expect_true(np.all(du[t == 1] < 0), _("Where t = 1, the loss does not fall as the score rises."), got=du)
    expect_true(np.all(np.abs(du) <= 1 / 6 + 1e-6), _("An entry of the gradient is larger than 1/N."), got=du)


@exercise.check(
    "law", of="binary_cross_entropy_logits_grad", title=_("a confident error is pulled back with full force")
)
def full_force(student, rng):
    u, t = rng.normal(scale=3, size=6), binary_targets(rng, 6)
    du = student.binary_cross_entropy_logits_grad(u, t)
    expect_shape(du, u.shape)
    du = np.asarray(du)
    expect_true(np.all(du[t == 1] < 0), _("Where t = 1, the loss does not fall as the score rises."), got=du)
    expect_true(np.all(du[t == 0] > 0), _("Where t = 0, the loss does not rise with the score."), got=du)
    expect_true(np.all(np.abs(du) <= 1 / 6 + 1e-6), _("An entry of the gradient is larger than 1/N."), got=du)
    show(_("squared error, at u = −10 and t = 1"), (sigma(-10.0) - 1) * sigma(-10.0) * (1 - sigma(-10.0)))
    far = student.binary_cross_entropy_logits_grad(np.array([-10.0, 10.0]), np.array([1.0, 0.0]))
    expect_shape(far, (2,))
    show(_("cross-entropy, at u = −10 and t = 1"), 2 * far[0])
    expect(far, np.array([-0.5, 0.5]), rtol=1e-4, note=_("u = −10 with t = 1, and the reverse"))


@exercise.check(
    "edge", of="binary_cross_entropy", title=_("certainty costs nothing where it is right, much where it is wrong")
)
def certain(student, rng):
    y, t = rng.permutation(np.repeat([0.0, 1.0], 2)), np.array([1.0])
    right, one_for_zero, zero_for_one = student.binary_cross_entropy.many([(y, y.copy()), (1 - t, t), (t, 1 - t)])
    expect(right, 0.0, atol=1e-6, shown=True, note=_("y equals t in every row"))
    for wrong in (one_for_zero, zero_for_one):
        expect_true(15 <= wrong < np.inf, _("A wrong certainty costs less than 15, or inf, or nan."), got=wrong)
    y = rng.uniform(0.05, 0.95, size=6)
    expect(
        student.binary_cross_entropy(awkward(y), np.ones(6)),
        binary_cross_entropy(y, np.ones(6)),
        rtol=BY_PROBABILITY,
        note=_("an array that is read-only and not contiguous"),
    )


@exercise.check("edge", of="binary_cross_entropy_grad", title=_("the gradient by y is a number even where y is 0 or 1"))
def certain_gradient(student, rng):
    t = binary_targets(rng, 6)
    dy = student.binary_cross_entropy_grad(rng.permutation(t), t)
    expect_shape(dy, t.shape)
    expect_true(np.all(np.isfinite(dy)), _("The gradient has nan or inf in it."), got=dy)
    y = rng.uniform(0.15, 0.85, size=6)
    expect(student.binary_cross_entropy_grad(awkward(y), t), student.binary_cross_entropy_grad(y, t))


@exercise.check("edge", of="binary_cross_entropy_logits", title=_("the loss is true for scores of ±1000"))
def far_scores(student, rng):
    points = [(FAR, np.zeros(4)), (FAR, np.ones(4)), (FAR[3:], np.zeros(1)), (FAR[3:] / 2, np.zeros(1))]
    losses = student.binary_cross_entropy_logits.many(points)
    far, half_as_far = losses[2:]
    stopped = _("On the wrong side, a score of 1000 costs no more than one of 500.")
    expect_true(not 1 < far == half_as_far < np.inf, stopped, got=far, reveals="clipped_loss_from_logits")
    expect_losses(losses, binary_cross_entropy_logits, points)


@exercise.check("edge", of="binary_cross_entropy_logits_grad", title=_("the gradient is true for scores of ±1000"))
def far_gradient(student, rng):
    for t in (np.zeros(4), np.ones(4)):
        expect(student.binary_cross_entropy_logits_grad(FAR, t), binary_cross_entropy_logits_grad(FAR, t))
    u, t = rng.normal(scale=2, size=1), np.ones(1)
    expect(student.binary_cross_entropy_logits_grad(awkward(u), t), binary_cross_entropy_logits_grad(u, t))


@exercise.check("edge", of="softmax_cross_entropy", title=_("the loss is true for rows of scores of ±1000"))
def far_rows(student, rng):
    points = [(FAR_ROWS, np.roll(np.eye(3), k, axis=1)) for k in range(3)]
    points += [(FAR_ROWS[1:2], np.eye(3)[:1]), (FAR_ROWS[:1], np.eye(3)[2:]), (FAR_ROWS[:1] / 2, np.eye(3)[2:])]
    losses = student.softmax_cross_entropy.many(points)
    far, half_as_far = losses[-2:]
    stopped = _("A score 2000 above that of the right class costs no more than one 1000 above it.")
    expect_true(not 1 < far == half_as_far < np.inf, stopped, got=far, reveals="clipped_loss_from_logits")
    expect_losses(losses, softmax_cross_entropy, points)


@exercise.check("edge", of="softmax_cross_entropy_grad", title=_("the gradient is true for rows of scores of ±1000"))
def far_rows_gradient(student, rng):
    for k in range(3):
        t = np.roll(np.eye(3), k, axis=1)
        expect(student.softmax_cross_entropy_grad(FAR_ROWS, t), softmax_cross_entropy_grad(FAR_ROWS, t))
    u, t = rng.normal(scale=2, size=(1, 3)), one_hot(rng, 1, 3)
    expect(student.softmax_cross_entropy_grad(awkward(u), t), softmax_cross_entropy_grad(u, t))


# What several functions get wrong in the same way has its words once, and a spelling for each of them.
sum_for_mean = partial(
    exercise.mistake,
    id="sum_for_mean",
    says=_("The terms are added up over the batch; this loss is their mean."),
    ask=_("What happens to your loss if every row is there twice?"),
)
batch_size_forgotten = partial(
    exercise.mistake,
    id="batch_size_forgotten",
    says=_("The gradient is N times too large: it is that of a sum over the batch."),
    ask=_("The loss is a mean: where is the N in its gradient?"),
)
log_of_zero = partial(
    exercise.mistake,
    id="log_of_zero",
    says=_("A probability that is exactly 0 meets the logarithm: log(0) is −inf, and 0 times −inf is nan."),
    ask=_("What is 0 times −inf? At which inputs does it occur?"),
)
clipped_loss_from_logits = partial(
    exercise.mistake,
    id="clipped_loss_from_logits",
    says=_("The loss was computed from a probability that had been kept away from 0: it stops growing."),
    ask=_("Why does a score of 1000 cost no more than one of 28?"),
)
softmax_overflow = partial(
    exercise.mistake,
    id="softmax_overflow",
    says=_("e^u is taken of the scores as they are: it overflows above 709, and below −745 it is 0 in every class."),
    ask=_("Does softmax change if the same number is taken off a whole row?"),
)
softmax_over_the_batch = partial(
    exercise.mistake,
    id="softmax_over_the_batch",
    says=_("The softmax runs down the batch (axis 0), not along the classes of a row."),
    ask=_("Which numbers must add up to 1?"),
)


@sum_for_mean(of="binary_cross_entropy")
def sum_of_terms(y, t):
    return len(y) * binary_cross_entropy(y, t)


@sum_for_mean(of="binary_cross_entropy")
def sum_with_epsilon_inside(y, t):
    return -np.sum(t * np.log(y + 1e-7) + (1 - t) * np.log(1 - y + 1e-7))


@exercise.mistake(
    of="binary_cross_entropy",
    says=_("This is the log-likelihood itself, which is to be made large; a loss is to be made small."),
    ask=_("Is a loss of −3 better or worse than one of −1?"),
)
def minus_forgotten(y, t):
    return -binary_cross_entropy(y, t)


@exercise.mistake(
    of="binary_cross_entropy",
    says=_("Rows with t = 0 cost nothing here, whatever was predicted."),
    ask=_("What does a row with t = 0 cost when y = 0.99?"),
)
def second_term_forgotten(y, t):
    return -np.mean(t * np.log(np.clip(y, 1e-12, 1)))


swapped = partial(
    exercise.mistake,
    of="binary_cross_entropy",
    id="prediction_and_target_swapped",
    says=_("The logarithm is taken of the target, and the prediction weighs it."),
    ask=_("Which of the two can be exactly 0 and has no business in a logarithm?"),
)


@swapped()
def prediction_and_target_swapped(y, t):
    return -np.mean(y * np.log(t) + (1 - y) * np.log(1 - t))


@swapped()
def swapped_and_clipped(y, t):
    return binary_cross_entropy(t, y)


@log_of_zero(of="binary_cross_entropy")
def log_of_a_certain_probability(y, t):
    return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))


@exercise.mistake(
    of="binary_cross_entropy",
    says=_("y is clipped at 0.01: a wrong certainty costs less than 5, and a right one costs something."),
    ask=_("How much may the most wrong answer cost?"),
)
def epsilon_too_large(y, t):
    return binary_cross_entropy(np.clip(y, 0.01, 0.99), t)


@exercise.mistake(
    of="binary_cross_entropy",
    says=_("The logarithm is to the base 2: the loss is 1.44 times too large."),
    ask=_("In which logarithm is the gradient free of constants?"),
)
def log_base_two(y, t):
    return binary_cross_entropy(y, t) / np.log(2)


@exercise.mistake(
    of="binary_cross_entropy",
    says=_("y itself is clipped, the array that belongs to the caller."),
    ask=_("Who else uses y?"),
)
def arguments_changed(y, t):
    y[...] = np.clip(y, 1e-12, 1 - 1e-12)
    return binary_cross_entropy(y, t)


@batch_size_forgotten(of="binary_cross_entropy_grad")
def gradient_of_the_sum_by_probability(y, t):
    return len(y) * binary_cross_entropy_grad(y, t)


@exercise.mistake(
    of="binary_cross_entropy_grad",
    says=_("(y − t)/N is the gradient with respect to the score, before the sigmoid."),
    ask=_("With respect to what is the gradient asked for: the probability, or the score before the sigmoid?"),
)
def logit_gradient_for_probability(y, t):
    return (y - t) / len(y)


@exercise.mistake(
    of="binary_cross_entropy_grad",
    says=_("Where y is 0 or 1, the denominator y(1 − y) is 0."),
    ask=_("What is 0/0 where the answer was perfect?"),
)
def division_by_zero(y, t):
    return (y - t) / (y * (1 - y)) / len(y)


@exercise.mistake(
    of="binary_cross_entropy_grad",
    says=_("The rows with t = 0 have the wrong sign: there the loss rises with y."),
    ask=_("What is the derivative of log(1 − y)?"),
)
def sign_of_the_second_term(y, t):
    return -(t / y + (1 - t) / (1 - y)) / len(y)


@exercise.mistake(
    of="binary_cross_entropy_logits",
    says=_("e^u overflows for large u: the logarithm of inf is inf, where u itself would be right."),
    ask=_("What is log(1 + e^1000), by hand?"),
)
def overflow_in_the_logits(u, t):
    return np.mean(np.log(1 + np.exp(u)) - t * u)


@clipped_loss_from_logits(of="binary_cross_entropy_logits")
def clipped_loss_of_sigma(u, t):
    return binary_cross_entropy(sigma(u), t)


@log_of_zero(of="binary_cross_entropy_logits")
def log_of_sigma(u, t):
    return -np.mean(t * np.log(sigma(u)) + (1 - t) * np.log(1 - sigma(u)))


@batch_size_forgotten(of="binary_cross_entropy_logits_grad")
def gradient_of_the_sum_by_score(u, t):
    return sigma(u) - t


@exercise.mistake(
    of="binary_cross_entropy_logits_grad",
    says=_("The score was taken for the probability: this is (u − t)/N."),
    ask=_("Where did the sigmoid go?"),
)
def logits_taken_for_probabilities(u, t):
    return (u - t) / len(u)


@exercise.mistake(
    of="binary_cross_entropy_logits_grad",
    says=_("This is the gradient of the squared error ½(y − t)², not of the cross-entropy."),
    ask=_("Which factor of the loss's derivative cancels y(1 − y)?"),
)
def extra_slope_factor(u, t):
    return (sigma(u) - t) * sigma(u) * (1 - sigma(u)) / len(u)


@sum_for_mean(of="softmax_cross_entropy")
def sum_of_rows(u, t):
    return -np.sum(t * log_softmax(u))


@softmax_overflow(of="softmax_cross_entropy")
def unshifted_loss(u, t):
    return -np.sum(t * np.log(np.exp(u) / np.sum(np.exp(u), axis=1, keepdims=True))) / len(u)


@softmax_overflow(of="softmax_cross_entropy")
def unshifted_log_sum(u, t):
    return np.mean(np.log(np.sum(np.exp(u), axis=1)) - np.sum(u * t, axis=1))


@exercise.mistake(
    of="softmax_cross_entropy",
    says=_("The mean is taken over rows and classes: the loss is K times too small."),
    ask=_("Over how many things is the mean?"),
)
def mean_over_classes_too(u, t):
    return -np.mean(t * log_softmax(u))


@softmax_over_the_batch(of="softmax_cross_entropy")
def loss_over_the_batch(u, t):
    return -np.sum(t * log_softmax(u.T).T) / len(u)


@exercise.mistake(
    of="softmax_cross_entropy",
    says=_("The logarithm is taken of the scores themselves: there is no softmax."),
    ask=_("Are the rows of u positive, and do they add up to 1?"),
)
def probabilities_taken_for_logits(u, t):
    return -np.sum(t * np.log(u)) / len(u)


@log_of_zero(of="softmax_cross_entropy")
def log_of_softmax(u, t):
    return -np.sum(t * np.log(np.exp(log_softmax(u)))) / len(u)


@clipped_loss_from_logits(of="softmax_cross_entropy")
def clipped_loss_of_softmax(u, t):
    return -np.sum(t * np.log(np.clip(np.exp(log_softmax(u)), 1e-12, 1))) / len(u)


@exercise.mistake(
    of="softmax_cross_entropy",
    says=_("There is one loss for each row, as some libraries give it; here it is the mean over the rows."),
    ask=_("How many numbers is the gradient to be taken of?"),
)
def one_loss_for_each_row(u, t):
    return -np.sum(t * log_softmax(u), axis=1)


@batch_size_forgotten(of="softmax_cross_entropy_grad")
def gradient_of_the_sum_by_rows(u, t):
    return np.exp(log_softmax(u)) - t


@softmax_over_the_batch(of="softmax_cross_entropy_grad")
def gradient_over_the_batch(u, t):
    return (np.exp(log_softmax(u.T).T) - t) / len(u)


@exercise.mistake(
    of="softmax_cross_entropy_grad",
    says=_("Prediction and target have changed places: this is minus the gradient."),
    ask=_("Should the score of the right class grow or shrink when one steps against the gradient?"),
)
def sign_of_the_gradient(u, t):
    return (t - np.exp(log_softmax(u))) / len(u)


@softmax_overflow(of="softmax_cross_entropy_grad")
def unshifted_gradient(u, t):
    return (np.exp(u) / np.sum(np.exp(u), axis=1, keepdims=True) - t) / len(u)


@exercise.mistake(
    of="softmax_cross_entropy_grad",
    says=_("The largest score of the whole batch is taken off every row: in another row all exponentials may be 0."),
    ask=_("Which scores share one sum of exponentials, and which of them is the largest?"),
)
def shifted_by_the_largest_of_all(u, t):
    e = np.exp(u - np.max(u))
    return (e / np.sum(e, axis=1, keepdims=True) - t) / len(u)
