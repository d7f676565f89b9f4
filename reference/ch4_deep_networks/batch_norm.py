"""Batch normalization: every example of a batch takes part in the mean that each of them is measured by."""

import autograd.numpy as np
from autograd import grad

from grader.course import Exercise, _, expect, expect_gradient, expect_true, show

exercise = Exercise(
    title=_("Batch normalization"),
    after=["normalization", "backprop"],
    hints=[
        _("Draw the column as x → μ, x → σ², (x, μ, σ²) → x̂ → y. Along which arrows does one x reach every y?"),
        _("Let d be the gradient at x̂. Write that at σ², then that at μ, then that at x as a sum of three parts."),
        _("Add the same number to all x of a column: y does not move. What does this say about the sum of dx?"),
    ],
)


@exercise.function
def batch_norm_forward(x, gamma, beta, eps=1e-5):
    return gamma * standardized(x, eps) + beta


@exercise.function
def batch_norm_backward(x, gamma, beta, dy, eps=1e-5):
    def projected(x, gamma, beta):
        return np.sum(batch_norm_forward(x, gamma, beta, eps) * dy)

    return grad(projected, (0, 1, 2))(x, gamma, beta)


@exercise.function
def update_running(mean, var, x, momentum=0.9):
    mu, variance = statistics(x)
    return momentum * mean + (1 - momentum) * mu, momentum * var + (1 - momentum) * variance


@exercise.function
def batch_norm_inference(x, gamma, beta, mean, var, eps=1e-5):
    return gamma * (x - mean) / np.sqrt(var + eps) + beta


def statistics(x):
    mu = np.mean(x, axis=0)
    return mu, np.mean((x - mu) ** 2, axis=0)


def standardized(x, eps):
    mu, variance = statistics(x)
    return (x - mu) / np.sqrt(variance + eps)


def batch(rng, N, D, spread=True):
    """x with columns of different size and place, gamma, beta; all moderate where spread is off."""
    scale, offset = (rng.uniform(0.5, 20, D), rng.uniform(-10, 10, D)) if spread else (np.ones(D), np.zeros(D))
    return offset + scale * rng.normal(size=(N, D)), rng.normal(1, 0.5, D), rng.normal(size=D)


def with_constant_column(rng, N):
    x, gamma, beta = batch(rng, N, 3, spread=False)
    x[:, 1] = 3.0
    return x, gamma, beta


WORKED = np.array([[1.0, 0.0], [3.0, 4.0]]), np.array([1.0, 2.0]), np.array([0.0, 1.0])


# batch_norm_forward


@exercise.check("value", of="batch_norm_forward", points=2, title=_("forward: x̂ scaled by gamma and moved by beta"))
def forward_values(student, rng):
    parts, few = batch(rng, 8, 3), batch(rng, 4, 2, spread=False)
    expect(student.batch_norm_forward(*parts), batch_norm_forward(*parts))
    expect(student.batch_norm_forward(*few, eps=0.1), batch_norm_forward(*few, 0.1), note=_("with eps = 0.1"))
    for eps in (0.0, 1.0):
        worked = batch_norm_forward(*WORKED, eps)
        expect(student.batch_norm_forward(*WORKED, eps), worked, shown=True, note=_("the worked number"))


@exercise.check("law", of="batch_norm_forward", title=_("forward: the columns' mean is beta, their deviation |gamma|"))
def forward_laws(student, rng):
    x, gamma, beta = batch(rng, 9, 4)
    y = student.batch_norm_forward(x, gamma, beta, 1e-12)
    moved = rng.uniform(0.5, 4, 4) * x + rng.uniform(-5, 5, 4)
    expect(student.batch_norm_forward(moved, gamma, beta, 1e-12), y, note=_("columns scaled and moved"))
    right = np.allclose(y.mean(axis=0), beta, atol=1e-8) and np.allclose(y.std(axis=0), np.abs(gamma), atol=1e-8)
    expect_true(right, _("The columns of y do not have the mean beta and the deviation |gamma|."), got=y)


@exercise.check("edge", of="batch_norm_forward", title=_("forward: one example, a constant column"))
def forward_edges(student, rng):
    one, constant = batch(rng, 1, 3), with_constant_column(rng, 5)
    expect(student.batch_norm_forward(*one), one[2][None], note=_("one example"))
    expect(student.batch_norm_forward(*constant, 0.1), batch_norm_forward(*constant, 0.1), note=_("a constant column"))


# batch_norm_backward


@exercise.check("value", of="batch_norm_backward", points=2, title=_("backward: dx, dgamma and dbeta"))
def backward_values(student, rng):
    for N, D in ((6, 3), (2, 4)):
        x, gamma, beta = batch(rng, N, D, spread=False)
        dy = rng.normal(size=(N, D))
        expect(student.batch_norm_backward(x, gamma, beta, dy), batch_norm_backward(x, gamma, beta, dy))
        got = student.batch_norm_backward(x, gamma, beta, dy, eps=0.1)
        expect(got, batch_norm_backward(x, gamma, beta, dy, 0.1), note=_("with eps = 0.1"))
    worked = *WORKED, np.array([[1.0, 1.0], [0.0, 0.0]]), 1.0
    got = student.batch_norm_backward(*worked)
    expect(got, batch_norm_backward(*worked), shown=True, note=_("the worked number"))


@exercise.check("gradient", of="batch_norm_backward", title=_("backward: the slopes of your own forward"))
def own_slopes(student, rng):
    x, gamma, beta = batch(rng, 6, 3, spread=False)
    expect_gradient(student.batch_norm_forward, student.batch_norm_backward, at=(x, gamma, beta))


@exercise.check("law", of="batch_norm_backward", title=_("backward: dx is at right angles to shifts and to x̂"))
def backward_laws(student, rng):
    x, gamma, beta = batch(rng, 7, 3, spread=False)
    one, other = rng.normal(size=(2, 7, 3))
    of_one = student.batch_norm_backward(x, gamma, beta, one, 1e-12)
    of_other = student.batch_norm_backward(x, gamma, beta, other, 1e-12)
    both = tuple(2 * a - b for a, b in zip(of_one, of_other, strict=True))
    expect(student.batch_norm_backward(x, gamma, beta, 2 * one - other, 1e-12), both, note=_("linear in dy"))
    dx = of_one[0]
    shift, stretch = dx.sum(axis=0), np.sum(dx * standardized(x, 0.0), axis=0)
    expect_true(np.all(np.abs(shift) < 1e-9), _("The entries of a column of dx do not add up to 0."), got=dx)
    expect_true(np.all(np.abs(stretch) < 1e-9), _("The sum of dx·x̂ over a column is not 0."), got=dx)


@exercise.check("edge", of="batch_norm_backward", title=_("backward: one example, a constant column"))
def backward_edges(student, rng):
    one, constant = batch(rng, 1, 3), with_constant_column(rng, 5)
    dy, more = rng.normal(size=(1, 3)), rng.normal(size=(5, 3))
    expect(student.batch_norm_backward(*one, dy), batch_norm_backward(*one, dy), note=_("one example"))
    got = student.batch_norm_backward(*constant, more, 0.1)
    expect(got, batch_norm_backward(*constant, more, 0.1), note=_("a constant column"))


@exercise.check("experiment", of="batch_norm_backward", title=_("a bias before batch normalization has no gradient"))
def bias_has_no_gradient(student, rng):
    x, W, dy = rng.normal(size=(16, 5)), rng.normal(size=(5, 4)), rng.normal(size=(16, 4))
    gamma, beta = rng.normal(1, 0.5, 4), rng.normal(size=4)
    for b in (np.zeros(4), 3 * rng.normal(size=4)):
        da = student.batch_norm_backward(x @ W + b, gamma, beta, dy)[0]
        db, dW = np.sum(da, axis=0), x.T @ da
        show(_("largest entry of the gradient of b and of W"), [np.abs(db).max(), np.abs(dW).max()])
        expect_true(np.abs(db).max() < 1e-9 * np.abs(dW).max(), _("A bias before the layer has a gradient."), got=da)


# update_running


@exercise.check("value", of="update_running", title=_("update_running: the old average and the batch's statistics"))
def running_values(student, rng):
    mean, var, x = rng.normal(size=3), rng.uniform(0.5, 2, 3), batch(rng, 4, 3)[0]
    expect(student.update_running(mean, var, x), update_running(mean, var, x))
    expect(student.update_running(mean, var, x, momentum=0.6), update_running(mean, var, x, 0.6))
    worked = np.zeros(2), np.ones(2), WORKED[0]
    expect(student.update_running(*worked), update_running(*worked), shown=True, note=_("the worked number"))


@exercise.check("edge", of="update_running", title=_("update_running: one example has the variance 0"))
def running_of_one(student, rng):
    mean, var, x = rng.normal(size=3), rng.uniform(0.5, 2, 3), rng.normal(size=(1, 3))
    expect(student.update_running(mean, var, x), update_running(mean, var, x))


@exercise.check(
    "experiment", of="update_running", title=_("update_running: after 100 batches, near the true statistics")
)
def running_converges(student, rng):
    state, way = (np.zeros(2), np.ones(2)), []
    for _batch in range(100):
        state = student.update_running(*state, rng.normal(3, 2, (64, 2)))
        way.append([part[0] for part in state])
    show(_("running mean and variance of the first column"), way)
    mean, var = state
    expect_true(np.all(np.abs(mean - 3) < 0.5), _("The running mean is more than 0.5 away from 3."), got=mean)
    expect_true(np.all(np.abs(var - 4) < 1.2), _("The running variance is more than 1.2 away from 4."), got=var)


# batch_norm_inference


@exercise.check("value", of="batch_norm_inference", title=_("inference: the given statistics in the batch's place"))
def inference_values(student, rng):
    x, gamma, beta = batch(rng, 5, 3, spread=False)
    mean, var = rng.normal(size=3), rng.uniform(0.5, 4, 3)
    expect(student.batch_norm_inference(x, gamma, beta, mean, var), batch_norm_inference(x, gamma, beta, mean, var))
    got = student.batch_norm_inference(x, gamma, beta, mean, var, eps=0.1)
    expect(got, batch_norm_inference(x, gamma, beta, mean, var, 0.1), note=_("with eps = 0.1"))


@exercise.check("law", of="batch_norm_inference", title=_("inference: no row depends on its neighbours"))
def inference_row_by_row(student, rng):
    x, gamma, beta = batch(rng, 5, 3, spread=False)
    mean, var = rng.normal(size=3), rng.uniform(0.5, 4, 3)
    y = student.batch_norm_inference(x, gamma, beta, mean, var)
    expect(student.batch_norm_inference(x[:1], gamma, beta, mean, var), y[:1], note=_("the first row alone"))
    expect(student.batch_norm_inference(x[::-1], gamma, beta, mean, var), y[::-1], note=_("the rows in reverse order"))


# What beginners write


def assembled(x, gamma, dy, eps, d_to_dx):
    """(dx, dgamma, dbeta) by hand, with dx = d_to_dx(d, x̂, s); d is the gradient at x̂, s the root below it."""
    s, hat = np.sqrt(statistics(x)[1] + eps), standardized(x, eps)
    return d_to_dx(dy * gamma, hat, s), np.sum(dy * hat, axis=0), np.sum(dy, axis=0)


def over_batch(v):
    return np.mean(v, axis=0)


def unbiased(x):
    return np.sum((x - over_batch(x)) ** 2, axis=0) / (len(x) - 1)


@exercise.mistake(
    of="batch_norm_forward",
    says=_("The variance was taken with the divisor N − 1."),
    ask=_("Which divisor does the statement name?"),
)
def divisor_n_minus_1(x, gamma, beta, eps=1e-5):
    return gamma * (x - over_batch(x)) / np.sqrt(unbiased(x) + eps) + beta


@exercise.mistake(
    of="batch_norm_forward",
    says=_("eps was added to the deviation, after the root."),
    ask=_("Where does eps stand?"),
)
def eps_outside_root(x, gamma, beta, eps=1e-5):
    return gamma * (x - over_batch(x)) / (np.std(x, axis=0) + eps) + beta


@exercise.mistake(
    of="batch_norm_forward",
    says=_("x − μ was divided by the variance, without the root."),
    ask=_("What is the deviation of your result?"),
)
def no_root(x, gamma, beta, eps=1e-5):
    return gamma * (x - over_batch(x)) / (np.var(x, axis=0) + eps) + beta


@exercise.mistake(
    of="batch_norm_forward",
    says=_("The statistics were taken over the features of each example; this is layer normalization."),
    ask=_("Over what are the statistics taken: over an example's features or a feature's examples?"),
)
def over_features(x, gamma, beta, eps=1e-5):
    return gamma * standardized(x.T, eps).T + beta


@exercise.mistake(
    of="batch_norm_forward",
    says=_("x̂ came back alone."),
    ask=_("What are gamma and beta for?"),
)
def scale_and_shift_forgotten(x, gamma, beta, eps=1e-5):
    return standardized(x, eps)


@exercise.mistake(
    of="batch_norm_forward",
    says=_("beta was added before the scaling, so that gamma scales it too."),
    ask=_("What is the mean of the result to be?"),
)
def beta_scaled_too(x, gamma, beta, eps=1e-5):
    return gamma * (standardized(x, eps) + beta)


@exercise.mistake(
    of="batch_norm_backward",
    says=_("The mean and the variance were treated as constants."),
    ask=_("If one x changes, does the mean of its column stay?"),
)
def statistics_taken_as_constants(x, gamma, beta, dy, eps=1e-5):
    return assembled(x, gamma, dy, eps, lambda d, hat, s: d / s)


@exercise.mistake(
    of="batch_norm_backward",
    says=_("The gradient goes through the mean, but not through the variance."),
    ask=_("What else depends on x besides the mean?"),
)
def only_through_the_mean(x, gamma, beta, dy, eps=1e-5):
    return assembled(x, gamma, dy, eps, lambda d, hat, s: (d - over_batch(d)) / s)


@exercise.mistake(
    of="batch_norm_backward",
    says=_("The gradient goes through the variance, but not through the mean."),
    ask=_("What does a constant added to all x do to y?"),
)
def only_through_the_variance(x, gamma, beta, dy, eps=1e-5):
    return assembled(x, gamma, dy, eps, lambda d, hat, s: (d - hat * over_batch(d * hat)) / s)


@exercise.mistake(
    of="batch_norm_backward",
    says=_("Sums stand where the means over the batch belong."),
    ask=_("How much of the mean is one example's?"),
)
def sums_for_means(x, gamma, beta, dy, eps=1e-5):
    return assembled(x, gamma, dy, eps, lambda d, hat, s: (d - np.sum(d, axis=0) - hat * np.sum(d * hat, axis=0)) / s)


@exercise.mistake(
    of="batch_norm_backward",
    says=_("dx was calculated without gamma."),
    ask=_("By what is x̂ multiplied on its way to y?"),
)
def gamma_missing_in_dx(x, gamma, beta, dy, eps=1e-5):
    return batch_norm_backward(x, np.ones_like(gamma), beta, dy, eps)


@exercise.mistake(
    of="batch_norm_backward",
    says=_("The part that goes through the variance has the wrong sign."),
    ask=_("Does y grow with x as fast as if σ stood still, or slower?"),
)
def variance_term_added(x, gamma, beta, dy, eps=1e-5):
    return assembled(x, gamma, dy, eps, lambda d, hat, s: (d - over_batch(d) + hat * over_batch(d * hat)) / s)


@exercise.mistake(
    of="batch_norm_backward",
    says=_("dgamma was calculated with x in the place of x̂."),
    ask=_("By what is gamma multiplied in the forward?"),
)
def dgamma_with_x(x, gamma, beta, dy, eps=1e-5):
    dx, _dgamma, dbeta = batch_norm_backward(x, gamma, beta, dy, eps)
    return dx, np.sum(dy * x, axis=0), dbeta


@exercise.mistake(
    of="batch_norm_backward",
    says=_("dbeta is the mean over the batch."),
    ask=_("In how many rows does beta stand?"),
)
def dbeta_is_mean(x, gamma, beta, dy, eps=1e-5):
    dx, dgamma, dbeta = batch_norm_backward(x, gamma, beta, dy, eps)
    return dx, dgamma, dbeta / len(x)


@exercise.mistake(
    of="batch_norm_backward",
    says=_("dgamma and dbeta are means over the batch."),
    ask=_("Is the gradient of a sum a mean?"),
)
def parameter_gradients_averaged(x, gamma, beta, dy, eps=1e-5):
    dx, dgamma, dbeta = batch_norm_backward(x, gamma, beta, dy, eps)
    return dx, dgamma / len(x), dbeta / len(x)


@exercise.mistake(
    of="batch_norm_backward",
    says=_("The deviation was taken without eps."),
    ask=_("By what did the forward divide?"),
)
def eps_forgotten_in_backward(x, gamma, beta, dy, eps=1e-5):
    return assembled(x, gamma, dy, 0.0, lambda d, hat, s: (d - over_batch(d) - hat * over_batch(d * hat)) / s)


@exercise.mistake(
    of="batch_norm_backward",
    says=_("The gradients come back in another order."),
    ask=_("In which order are the inputs named?"),
)
def gradients_in_other_order(x, gamma, beta, dy, eps=1e-5):
    dx, dgamma, dbeta = batch_norm_backward(x, gamma, beta, dy, eps)
    return dgamma, dbeta, dx


@exercise.mistake(
    of="batch_norm_backward",
    says=_("dgamma and dbeta have a row for every example."),
    ask=_("Which shape has gamma?"),
)
def not_summed_over_batch(x, gamma, beta, dy, eps=1e-5):
    return batch_norm_backward(x, gamma, beta, dy, eps)[0], dy * standardized(x, eps), dy


@exercise.mistake(
    of="update_running",
    says=_("momentum weighs the new statistics, as in some libraries."),
    ask=_("With momentum 0.9, what is the share of the past?"),
)
def momentum_of_the_new(mean, var, x, momentum=0.9):
    return update_running(mean, var, x, 1 - momentum)


@exercise.mistake(
    of="update_running",
    says=_("The batch's variance was taken with the divisor N − 1, as in some libraries."),
    ask=_("Which divisor does the statement name?"),
)
def running_variance_unbiased(mean, var, x, momentum=0.9):
    return (
        update_running(mean, var, x, momentum)[0],
        momentum * var + (1 - momentum) * unbiased(x),
    )


@exercise.mistake(
    of="update_running",
    says=_("The deviation was averaged, not the variance."),
    ask=_("What will inference put under the root?"),
)
def running_deviation(mean, var, x, momentum=0.9):
    return update_running(mean, var, x, momentum)[0], momentum * var + (1 - momentum) * np.std(x, axis=0)


@exercise.mistake(
    of="update_running",
    says=_("The statistics of this batch came back alone."),
    ask=_("What is left of the batches before?"),
)
def running_replaced(mean, var, x, momentum=0.9):
    return statistics(x)


@exercise.mistake(
    of="batch_norm_inference",
    says=_("The statistics of the given x were taken."),
    ask=_("May the answer for one example depend on its neighbours?"),
)
def inference_with_batch_statistics(x, gamma, beta, mean, var, eps=1e-5):
    return batch_norm_forward(x, gamma, beta, eps)


@exercise.mistake(
    of="batch_norm_inference",
    says=_("x − mean was divided by the variance, without the root."),
    ask=_("What is the deviation of your result?"),
)
def inference_variance_not_rooted(x, gamma, beta, mean, var, eps=1e-5):
    return gamma * (x - mean) / (var + eps) + beta
