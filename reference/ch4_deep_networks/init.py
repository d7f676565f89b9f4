"""Initial weights: equal ones never part, and their variance decides what twenty layers leave of a signal."""

import autograd.numpy as np
from autograd import grad

from grader.course import Exercise, _, expect, expect_distribution, expect_gradient, expect_shape, expect_true, show
from reference.common import descend, fresh

exercise = Exercise(
    title=_("Initial weights"),
    after=["activations", "vanishing_gradient"],
    hints=[
        _("A unit sums n_in products x·w. If every x has variance 1, which variance does the sum have?"),
        _("rng.normal takes a standard deviation, rng.uniform two limits. Which variance does each of them give?"),
        _("Draw the net as x → u → h → y → loss. Pass the error (y − t)/N back through one arrow after the other."),
    ],
)


@exercise.function
def constant(n_in, n_out, value):
    return np.full((n_in, n_out), value)


@exercise.function
def small_normal(n_in, n_out, rng, scale=0.01):
    return rng.normal(0.0, scale, (n_in, n_out))


@exercise.function
def lecun_normal(n_in, n_out, rng):
    return rng.normal(0.0, np.sqrt(1 / n_in), (n_in, n_out))


@exercise.function
def glorot_uniform(n_in, n_out, rng):
    limit = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_in, n_out))


@exercise.function
def he_normal(n_in, n_out, rng):
    return rng.normal(0.0, np.sqrt(2 / n_in), (n_in, n_out))


@exercise.function
def loss(x, t, W, V):
    return 0.5 * np.sum((np.tanh(x @ W) @ V - t) ** 2) / len(x)


@exercise.function
def gradients(x, t, W, V):
    return grad(loss, (2, 3))(x, t, W, V)


# How the five that make weights are asked, whichever it is.


def expect_layers(initialise, *more):
    """Weights of the shape asked for, floating-point numbers, also where one side has a single unit."""
    for n_in, n_out in ((3, 7), (1, 4), (6, 1)):
        weights = initialise(n_in, n_out, *more)
        expect_shape(weights, (n_in, n_out))
        expect_true(weights.dtype.kind == "f", _("The entries are no floating-point numbers."), got=weights)


def expect_follows(initialise, rng, repeats=None, varies=None):
    """The generator decides the weights. repeats, varies: the mistakes that the two claims reveal."""
    seed, another = rng.integers(2**32, size=2)
    first, again, other = (initialise(6, 4, np.random.default_rng(s)) for s in (seed, seed, another))
    expect(again, first, rtol=0, atol=0, note=_("the same generator state once more"), reveals=repeats)
    same = np.array_equal(first, other)
    expect_true(not same, _("Two different generators gave the same weights."), got=other, reveals=varies)


def draws(initialise, rng, *more):
    """30 matrices of unequal sides, each with a generator of its own: 45,000 numbers."""
    return initialise.many([(50, 30, fresh(rng), *more) for _draw in range(30)])


def sizes_by_layer(initialise, activation, rng):
    """The root mean square of a signal after each of 20 layers, over that of the input."""
    h = x = rng.normal(size=(100, 100))
    sizes = []
    for weights in initialise.many([(100, 100, fresh(rng)) for _layer in range(20)]):
        expect_shape(weights, (100, 100))
        h = activation(h @ weights)
        sizes.append(float(np.sqrt(np.mean(h**2) / np.mean(x**2))))
    show(_("rms by layer"), sizes)
    return sizes


def batch(rng, N, n, H, K):
    return rng.normal(size=(N, n)), rng.normal(size=(N, K)), rng.normal(size=(n, H)), rng.normal(size=(H, K))


# constant


@exercise.check("value", of="constant", title=_("constant: every entry is the value"))
def constant_values(student, rng):
    flat, tall, square = student.constant.many([(3, 4, 0.0), (5, 2, -0.3), (2, 2, 2.0)])
    expect(square, constant(2, 2, 2.0))
    expect(tall, constant(5, 2, -0.3))
    expect(flat, constant(3, 4, 0.0))


@exercise.check("edge", of="constant", title=_("constant: one input or one output is a layer as well"))
def constant_narrow(student, rng):
    expect_layers(student.constant, 0.5)


# small_normal


@exercise.check("experiment", of="small_normal", title=_("small_normal: normal, with the standard deviation scale"))
def small_normal_is_normal(student, rng):
    expect_distribution(draws(student.small_normal, rng), "normal", 0.01**2)
    expect_distribution(draws(student.small_normal, rng, 0.5), "normal", 0.5**2, note=_("with scale 0.5"))


@exercise.check("edge", of="small_normal", title=_("small_normal: one input or one output is a layer as well"))
def small_normal_narrow(student, rng):
    expect_layers(student.small_normal, fresh(rng))


@exercise.check("law", of="small_normal", title=_("small_normal: the generator decides the weights"))
def small_normal_follows(student, rng):
    expect_follows(student.small_normal, rng)


@exercise.check("experiment", of="small_normal", title=_("small_normal: 20 layers leave nothing of a signal"))
def small_normal_fades(student, rng):
    sizes = sizes_by_layer(student.small_normal, lambda u: u, rng)
    expect_true(sizes[-1] < 1e-17, _("After 20 layers more is left of the signal than 1e-17."))


# lecun_normal


@exercise.check("experiment", of="lecun_normal", title=_("lecun_normal: normal, with the variance 1/n_in"))
def lecun_normal_is_normal(student, rng):
    expect_distribution(draws(student.lecun_normal, rng), "normal", 1 / 50)


@exercise.check("edge", of="lecun_normal", title=_("lecun_normal: one input or one output is a layer as well"))
def lecun_normal_narrow(student, rng):
    expect_layers(student.lecun_normal, fresh(rng))


@exercise.check("law", of="lecun_normal", title=_("lecun_normal: the generator decides the weights"))
def lecun_normal_follows(student, rng):
    expect_follows(student.lecun_normal, rng, varies="own_seed")


@exercise.check("experiment", of="lecun_normal", title=_("lecun_normal: 20 linear layers keep the size of a signal"))
def lecun_normal_keeps(student, rng):
    sizes = sizes_by_layer(student.lecun_normal, lambda u: u, rng)
    expect_true(0.3 < sizes[-1] < 3, _("After 20 layers the signal is less than 0.3 or more than 3 times its size."))


# glorot_uniform


@exercise.check("experiment", of="glorot_uniform", title=_("glorot_uniform: uniform, variance 2/(n_in + n_out)"))
def glorot_uniform_is_uniform(student, rng):
    expect_distribution(draws(student.glorot_uniform, rng), "uniform", 2 / 80)


@exercise.check("edge", of="glorot_uniform", title=_("glorot_uniform: one input or one output is a layer as well"))
def glorot_uniform_narrow(student, rng):
    expect_layers(student.glorot_uniform, fresh(rng))


@exercise.check("law", of="glorot_uniform", title=_("glorot_uniform: the generator decides the weights"))
def glorot_uniform_follows(student, rng):
    expect_follows(student.glorot_uniform, rng)


# he_normal


@exercise.check("experiment", of="he_normal", title=_("he_normal: normal, with the variance 2/n_in"))
def he_normal_is_normal(student, rng):
    expect_distribution(draws(student.he_normal, rng), "normal", 2 / 50)


@exercise.check("edge", of="he_normal", title=_("he_normal: one input or one output is a layer as well"))
def he_normal_narrow(student, rng):
    expect_layers(student.he_normal, fresh(rng))


@exercise.check("law", of="he_normal", title=_("he_normal: the generator decides the weights"))
def he_normal_follows(student, rng):
    expect_follows(student.he_normal, rng, repeats="global_random")


@exercise.check("experiment", of="he_normal", title=_("he_normal: 20 layers with ReLU keep the size of a signal"))
def he_normal_keeps(student, rng):
    sizes = sizes_by_layer(student.he_normal, lambda u: np.maximum(u, 0.0), rng)
    expect_true(0.1 < sizes[-1] < 6, _("After 20 layers the signal is less than 0.1 or more than 6 times its size."))


# loss and gradients


@exercise.check("value", of="loss", title=_("loss: sum over the outputs, mean over the batch"))
def loss_values(student, rng):
    worked = np.array([[1.0, 2.0]]), np.array([[1.0]]), constant(2, 2, 0.5), constant(2, 1, 0.5)
    several, wider = batch(rng, 5, 4, 3, 2), batch(rng, 3, 2, 4, 3)
    of_several, of_wider, of_worked = student.loss.many([several, wider, worked])
    expect(of_several, loss(*several))
    expect(of_wider, loss(*wider))
    expect(of_worked, loss(*worked), shown=True, note=_("the worked number of the statement"))


@exercise.check("edge", of="loss", title=_("loss: one example with one output"))
def loss_of_one(student, rng):
    one, other = batch(rng, 1, 3, 2, 1), batch(rng, 1, 1, 1, 1)
    expect(student.loss(*one), loss(*one))
    expect(student.loss(*other), loss(*other))


@exercise.check("gradient", of="gradients", points=2, title=_("gradients: the slopes of your own loss"))
def own_slopes(student, rng):
    expect_gradient(student.loss, student.gradients, at=batch(rng, 4, 3, 5, 2), wrt=(2, 3))


@exercise.check("edge", of="gradients", title=_("gradients: one example with one output"))
def own_slopes_of_one(student, rng):
    expect_gradient(student.loss, student.gradients, at=batch(rng, 1, 3, 2, 1), wrt=(2, 3))


@exercise.check("law", of="gradients", title=_("gradients: units that change places take their gradients along"))
def units_change_places(student, rng):
    x, t, W, V = batch(rng, 4, 3, 5, 2)
    order = np.array([2, 0, 4, 1, 3])
    dW, dV = student.gradients(x, t, W, V)
    dW_moved, dV_moved = student.gradients(x, t, W[:, order], V[order])
    expect(dW_moved, dW[:, order])
    expect(dV_moved, dV[order])


@exercise.check("experiment", of="gradients", title=_("gradients: equal units stay equal, random ones part"))
def equal_units_stay_equal(student, rng):
    x, t = rng.normal(size=(20, 4)), rng.normal(size=(20, 2))
    starts = [
        (student.constant(4, 5, 0.3), student.constant(5, 2, 0.3)),
        (student.constant(4, 5, 0.0), student.constant(5, 2, 0.0)),
        (student.small_normal(4, 5, fresh(rng), scale=0.3), student.small_normal(5, 2, fresh(rng), scale=0.3)),
    ]
    equal, zero, parted = (path[-1][0] for path in descend(student.gradients, (x, t), starts, 0.1, 50))
    expect_true(np.ptp(equal, axis=1).max() < 1e-12, _("Units that started equal became different."))
    expect_true(not zero.any(), _("From W = 0 and V = 0 something moved."))
    gaps = np.abs(parted[:, :, None] - parted[:, None, :]).max(axis=0) + np.eye(5)
    show(_("smallest distance of two units"), gaps.min())
    expect_true(gaps.min() > 0.01, _("Two units that started at random are equal after 50 steps."))


# What beginners write


@exercise.mistake(
    of="constant",
    says=_("The matrix has n_out rows and n_in columns."),
    ask=_("In x @ W, which axis of W meets x?"),
)
def shape_swapped(n_in, n_out, value):
    return np.full((n_out, n_in), value)


@exercise.mistake(
    of="small_normal",
    says=_("The standard deviation is the root of scale, not scale."),
    ask=_("Is the second argument of rng.normal a variance?"),
)
def scale_as_variance(n_in, n_out, rng, scale=0.01):
    return rng.normal(0.0, np.sqrt(scale), (n_in, n_out))


@exercise.mistake(
    of="small_normal",
    says=_("The numbers are uniform between −scale and scale."),
    ask=_("Which distribution is promised?"),
)
def uniform_for_normal(n_in, n_out, rng, scale=0.01):
    return rng.uniform(-scale, scale, (n_in, n_out))


@exercise.mistake(
    of="small_normal",
    says=_("All weights lie between 0 and scale."),
    ask=_("What is the mean of numbers between 0 and 1?"),
)
def only_positive(n_in, n_out, rng, scale=0.01):
    return scale * rng.random((n_in, n_out))


@exercise.mistake(
    of="small_normal",
    says=_("The standard deviation is 0.01, whatever scale is."),
    ask=_("What does your function do with scale?"),
)
def scale_ignored(n_in, n_out, rng, scale=0.01):
    return rng.normal(0.0, 0.01, (n_in, n_out))


@exercise.mistake(
    of="lecun_normal",
    says=_("1/n_in was given to rng.normal as the standard deviation."),
    ask=_("What is the variance of your weights?"),
)
def variance_as_deviation(n_in, n_out, rng):
    return rng.normal(0.0, 1 / n_in, (n_in, n_out))


@exercise.mistake(
    of="lecun_normal",
    says=_("The variance is 1/n_out."),
    ask=_("Over how many terms does one unit sum?"),
)
def fan_out_for_fan_in(n_in, n_out, rng):
    return rng.normal(0.0, np.sqrt(1 / n_out), (n_in, n_out))


@exercise.mistake(
    of="lecun_normal",
    says=_("The numbers are uniform, with the variance 1/n_in."),
    ask=_("The variance is right; what else is promised?"),
)
def lecun_uniform(n_in, n_out, rng):
    return rng.uniform(-np.sqrt(3 / n_in), np.sqrt(3 / n_in), (n_in, n_out))


@exercise.mistake(
    of="lecun_normal",
    says=_("The weights are drawn from a generator with a fixed seed, not from rng."),
    ask=_("What does a second network get?"),
)
def own_seed(n_in, n_out, rng):
    return lecun_normal(n_in, n_out, np.random.default_rng(0))


@exercise.mistake(
    of="glorot_uniform",
    says=_("The numbers are normal, with the variance of Glorot's rule."),
    ask=_("The variance is right; what else does the name say?"),
)
def glorot_normal(n_in, n_out, rng):
    return rng.normal(0.0, np.sqrt(2 / (n_in + n_out)), (n_in, n_out))


@exercise.mistake(
    of="glorot_uniform",
    says=_("The standard deviation √(2/(n_in + n_out)) was taken as the limit l."),
    ask=_("What is the variance of a uniform distribution on (−l, l)?"),
)
def glorot_limit_is_deviation(n_in, n_out, rng):
    limit = np.sqrt(2 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_in, n_out))


@exercise.mistake(
    of="glorot_uniform",
    says=_("The limit is √(6/n_in); n_out has no part in it."),
    ask=_("Which two signals is Glorot's rule a compromise between?"),
)
def glorot_fan_in_only(n_in, n_out, rng):
    return rng.uniform(-np.sqrt(6 / n_in), np.sqrt(6 / n_in), (n_in, n_out))


@exercise.mistake(
    of="glorot_uniform",
    says=_("All weights lie between 0 and l."),
    ask=_("What is the mean of your weights?"),
)
def glorot_one_sided(n_in, n_out, rng):
    return rng.uniform(0.0, np.sqrt(6 / (n_in + n_out)), (n_in, n_out))


@exercise.mistake(
    of="he_normal",
    says=_("The weights come from numpy's global generator, not from rng."),
    ask=_("What is rng for?"),
)
def global_random(n_in, n_out, rng):
    return np.sqrt(2 / n_in) * np.random.randn(n_in, n_out)


@exercise.mistake(
    of="he_normal",
    says=_("2/n_in was given to rng.normal as the standard deviation."),
    ask=_("What is the variance of your weights?"),
    id="variance_as_deviation",
)
def he_variance_as_deviation(n_in, n_out, rng):
    return rng.normal(0.0, 2 / n_in, (n_in, n_out))


@exercise.mistake(
    of="he_normal",
    says=_("The variance is 1/n_in, as before a linear activation."),
    ask=_("Which part of the signal does ReLU let through?"),
)
def he_without_two(n_in, n_out, rng):
    return rng.normal(0.0, np.sqrt(1 / n_in), (n_in, n_out))


@exercise.mistake(
    of="he_normal",
    says=_("The variance is 2/n_out."),
    ask=_("Over how many terms does one unit sum?"),
)
def he_fan_out(n_in, n_out, rng):
    return rng.normal(0.0, np.sqrt(2 / n_out), (n_in, n_out))


he_truncated = exercise.mistake(
    of="he_normal",
    says=_("The normal numbers are cut at two standard deviations, as some libraries do."),
    ask=_("How often does a normal number exceed two deviations?"),
    id="he_truncated",
)


@he_truncated
def he_truncated_and_rescaled(n_in, n_out, rng):
    return he_truncated_as_it_is(n_in, n_out, rng) / 0.87962566


@he_truncated
def he_truncated_as_it_is(n_in, n_out, rng):
    z = rng.normal(size=(n_in, n_out))
    while (np.abs(z) > 2).any():
        z = np.where(np.abs(z) > 2, rng.normal(size=z.shape), z)
    return np.sqrt(2 / n_in) * z


@exercise.mistake(
    of="loss",
    says=_("The squares are summed without the ½."),
    ask=_("Where is the ½ of the formula?"),
)
def loss_without_half(x, t, W, V):
    return 2 * loss(x, t, W, V)


@exercise.mistake(
    of="loss",
    says=_("The mean is taken over the outputs too."),
    ask=_("Over what is the mean taken, over what the sum?"),
)
def loss_mean_over_outputs(x, t, W, V):
    return loss(x, t, W, V) / V.shape[1]


@exercise.mistake(
    of="loss",
    says=_("The losses of the examples are summed, not averaged."),
    ask=_("Does the loss of a batch twice as long double?"),
)
def loss_not_divided(x, t, W, V):
    return loss(x, t, W, V) * len(x)


@exercise.mistake(
    of="gradients",
    says=_("Both gradients are N times too large."),
    ask=_("What does the 1/N of the loss do to its gradient?"),
)
def gradient_not_divided(x, t, W, V):
    return tuple(len(x) * g for g in gradients(x, t, W, V))


@exercise.mistake(
    of="gradients",
    says=_("dW was calculated without the slope of tanh."),
    ask=_("Through which function does the error pass on its way to W?"),
)
def gradient_without_slope(x, t, W, V):
    dy = (np.tanh(x @ W) @ V - t) / len(x)
    return x.T @ (dy @ V.T), gradients(x, t, W, V)[1]


@exercise.mistake(
    of="gradients",
    says=_("The slope of tanh was written as 1 − h."),
    ask=_("What is the derivative of tanh, written by its value?"),
)
def gradient_slope_not_squared(x, t, W, V):
    h = np.tanh(x @ W)
    dy = (h @ V - t) / len(x)
    return x.T @ (dy @ V.T * (1 - h)), gradients(x, t, W, V)[1]


@exercise.mistake(
    of="gradients",
    says=_("The two gradients come back in the other order."),
    ask=_("In which order are the gradients promised?"),
)
def gradients_swapped(x, t, W, V):
    return gradients(x, t, W, V)[::-1]
