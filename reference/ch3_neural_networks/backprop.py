"""Backpropagation: the error of the output, sent back through the same weights, is the gradient of every weight."""

from functools import partial

import autograd.numpy as np
from autograd import grad

from grader.course import Exercise, _, expect, expect_gradient, expect_shape, expect_true, show
from reference.common import awkward, descend, log_softmax, mixed, one_hot, sigmoid

exercise = Exercise(
    title=_("Backpropagation"),
    after=["mlp", "cross_entropy"],
    hints=[
        _("Take one row and one weight of W2. Through which of the scores does it reach the loss?"),
        _("A hidden unit reaches the loss through every output. With which weights do their errors come back to it?"),
        _("Write the shapes of the layer's input and of its error side by side. Which product has the shape of W?"),
    ],
)
SHAPES = (4, 4, 4, 4), (5, 3, 4, 2), (1, 2, 1, 3)
"""N, n, m, K. A square one, in which a forgotten transpose has the right shape, and a single row and unit."""


@exercise.function
def forward(x, W1, b1, W2, b2):
    h = sigmoid(np.dot(x, W1) + b1)
    return h, np.exp(log_softmax(np.dot(h, W2) + b2))


@exercise.function
def loss(x, t, W1, b1, W2, b2):
    h = sigmoid(np.dot(x, W1) + b1)
    return -np.sum(t * log_softmax(np.dot(h, W2) + b2)) / len(x)


@exercise.function
def output_delta(y, t):
    # The scores are known up to a constant a row, which the loss does not see: log y is one choice of them.
    return grad(lambda u: -np.sum(t * log_softmax(u)) / len(t))(np.log(y))


@exercise.function
def hidden_delta(h, W2, delta):
    # The score of h; where h is 0 or 1 there is none, and no slope.
    inside = np.clip(h, 1e-15, 1 - 1e-15)
    u = np.log(inside) - np.log1p(-inside)
    return grad(lambda u: np.sum(delta * np.dot(sigmoid(u), W2)))(u) * ((h > 0) & (h < 1))


@exercise.function
def gradients(x, t, W1, b1, W2, b2):
    return grad(loss, argnum=(2, 3, 4, 5))(x, t, W1, b1, W2, b2)


def network(rng, N, n, m, K):
    """x, one-hot t, and the four parameters."""
    parameters = rng.normal(size=(n, m)), rng.normal(size=m), rng.normal(size=(m, K)), rng.normal(size=K)
    return rng.normal(size=(N, n)), one_hot(rng, N, K), *parameters


def without_targets(network):
    return network[0], *network[2:]


@exercise.check("value", of="forward", points=2, title=_("forward: hidden values and probabilities, in every size"))
def both_layers(student, rng):
    points = [without_targets(network(rng, *shape)) for shape in SHAPES]
    for value, point in zip(student.forward.many(points), points, strict=True):
        expect(value, forward(*point))


@exercise.check("value", of="loss", title=_("loss: the sum over the classes, the mean over the batch"))
def loss_of_the_network(student, rng):
    points = [network(rng, *shape) for shape in SHAPES]
    for value, point in zip(student.loss.many(points), points, strict=True):
        expect(value, loss(*point))


@exercise.check("value", of="output_delta", title=_("output_delta: the error of the output"))
def error_of_the_output(student, rng):
    points = [(np.exp(log_softmax(rng.normal(scale=2, size=(N, 3)))), one_hot(rng, N, 3)) for N in (6, 1)]
    for value, point in zip(student.output_delta.many(points), points, strict=True):
        expect(value, output_delta(*point))


@exercise.check("value", of="hidden_delta", points=2, title=_("hidden_delta: the error sent back through the weights"))
def error_sent_back(student, rng):
    points = [
        (rng.uniform(0.05, 0.95, size=(N, m)), rng.normal(size=(m, K)), rng.normal(size=(N, K)))
        for N, m, K in ((4, 4, 4), (5, 4, 3))
    ]
    for value, point in zip(student.hidden_delta.many(points), points, strict=True):
        expect(value, hidden_delta(*point))


@exercise.check(
    "gradient", of="gradients", points=3, title=_("gradients: the slope of your own loss in every parameter")
)
def own_slope(student, rng):
    for shape in ((4, 4, 4, 4), (6, 3, 4, 3)):
        expect_gradient(student.loss, student.gradients, at=network(rng, *shape), wrt=(2, 3, 4, 5))


@exercise.check("law", of="gradients", title=_("gradients: a mean over the batch; the order of hidden units is free"))
def batch_and_order(student, rng):
    x, t, *parameters = network(rng, 4, 3, 5, 3)
    W1, b1, W2, b2 = parameters
    whole = student.gradients(x, t, *parameters)
    for part, parameter in zip(whole, parameters, strict=True):
        expect_shape(part, parameter.shape)
    dW1, db1, dW2, db2 = map(np.asarray, whole)
    expect_true(abs(np.sum(db2)) < 1e-6 < np.max(np.abs(db2)), _("The entries of db2 do not add up to 0."), got=db2)
    twice = student.gradients(np.tile(x, (2, 1)), np.tile(t, (2, 1)), *parameters)
    expect(twice, whole, atol=1e-6, note=_("every row is there twice"))
    rows = [student.gradients(x[[k]], t[[k]], *parameters) for k in range(4)]
    expect(whole, mixed([0.25] * 4, rows), atol=1e-6, note=_("the mean of the gradients of single rows"))
    order = rng.permutation(5)
    permuted = student.gradients(x, t, W1[:, order], b1[order], W2[order], b2)
    expect(permuted, (dW1[:, order], db1[order], dW2[order], db2), note=_("the hidden units in another order"))


@exercise.check("law", of="hidden_delta", title=_("hidden_delta: linear in the error, row by row, silent where flat"))
def linear_and_silent(student, rng):
    h, W2 = rng.uniform(0.1, 0.9, size=(5, 4)), rng.normal(size=(4, 4))
    h[:, 1], h[:, 2] = 0.0, 1.0
    one, other = rng.normal(size=(2, 5, 4))
    passed, second = student.hidden_delta(h, W2, one), student.hidden_delta(h, W2, other)
    expect_shape(passed, h.shape)
    flat, steep = np.abs(passed[:, 1:3]), np.abs(passed[:, [0, 3]])
    expect_true(
        np.all(flat < 1e-12), _("A hidden unit with h = 0 or h = 1 passes an error on; σ is flat there."), got=passed
    )
    expect_true(
        np.all(np.any(steep > 1e-6, axis=1)), _("No error reaches the hidden units between 0 and 1."), got=passed
    )
    expect(student.hidden_delta(h, W2, 2 * one - other), 2 * passed - second, atol=1e-6, note=_("linear in delta"))
    expect(student.hidden_delta(h[3:4], W2, one[3:4]), passed[3:4], note=_("one row alone"))


@exercise.check("edge", of="forward", title=_("forward: one row, one hidden unit, arrays of every kind"))
def small_forward(student, rng):
    point = without_targets(network(rng, 1, 1, 1, 2))
    expect(student.forward(*point), forward(*point), note=_("one row, one input, one hidden unit"))
    point = without_targets(network(rng, 3, 2, 4, 2))
    kinds = tuple(awkward(part) for part in point)
    expect(student.forward(*kinds), forward(*point), note=_("arrays that are read-only and not contiguous"))


@exercise.check("edge", of="gradients", title=_("gradients: one row, one hidden unit, arrays of every kind"))
def small_gradients(student, rng):
    point = network(rng, 3, 2, 4, 2)
    kinds = tuple(awkward(part) for part in point)
    ordinary = student.gradients(*point)
    expect(student.gradients(*kinds), ordinary, note=_("arrays that are read-only and not contiguous"))
    single = _("one row, one input, one hidden unit")
    expect_gradient(student.loss, student.gradients, at=network(rng, 1, 1, 1, 2), wrt=(2, 3, 4, 5), note=single)


@exercise.check("experiment", of="gradients", title=_("fifty steps against your gradients: your loss never rises"))
def downhill(student, rng):
    x, t, *start = network(rng, 12, 3, 4, 3)
    starts = [start, *(network(rng, 12, 3, 4, 3)[2:] for _more in range(2))]
    for number, path in enumerate(descend(student.gradients, (x, t), starts, 0.5, 50), 1):
        losses = np.array(student.loss.many([(x, t, *parameters) for parameters in path]))
        show(_("loss, start {number}").format(number=number), losses)
        expect_true(np.all(np.diff(losses) <= 1e-6), _("The loss rose at a step against the gradient."))
        expect_true(losses[-1] <= 0.99 * losses[0], _("After fifty steps the loss has hardly fallen."))
    show(_("evaluations of the loss for one numerical gradient"), 2 * sum(p.size for p in start))


@exercise.mistake(
    of="forward",
    says=_("The hidden layer has no activation: h is x W1 + b1."),
    ask=_("Without the activation, how many layers are there really?"),
)
def activation_forgotten(x, W1, b1, W2, b2):
    h = x @ W1 + b1
    return h, np.exp(log_softmax(h @ W2 + b2))


@exercise.mistake(
    of="forward",
    says=_("The hidden layer has tanh for its activation, where a sigmoid is asked for."),
    ask=_("Between which two numbers may the hidden values lie?"),
)
def tanh_for_sigmoid(x, W1, b1, W2, b2):
    h = np.tanh(x @ W1 + b1)
    return h, np.exp(log_softmax(h @ W2 + b2))


bias_forgotten = partial(
    exercise.mistake,
    of="forward",
    id="bias_forgotten",
    says=_("A bias was not added."),
    ask=_("What are the hidden values of a row of zeros? And the scores, where the hidden values are all 0?"),
)


@bias_forgotten()
def both_biases_forgotten(x, W1, b1, W2, b2):
    return forward(x, W1, 0.0 * b1, W2, 0.0 * b2)


@bias_forgotten()
def hidden_bias_forgotten(x, W1, b1, W2, b2):
    return forward(x, W1, 0.0 * b1, W2, b2)


@bias_forgotten()
def output_bias_forgotten(x, W1, b1, W2, b2):
    return forward(x, W1, b1, W2, 0.0 * b2)


@exercise.mistake(
    of="forward",
    says=_("The output layer has a sigmoid for each class, not one softmax for all of them."),
    ask=_("Do a row's outputs add up to 1?"),
)
def sigmoid_for_softmax(x, W1, b1, W2, b2):
    h = sigmoid(x @ W1 + b1)
    return h, sigmoid(h @ W2 + b2)


@exercise.mistake(
    of="forward",
    says=_("The softmax runs down the batch (axis 0), not along the classes of a row."),
    ask=_("Which numbers must add up to 1?"),
)
def softmax_over_the_batch(x, W1, b1, W2, b2):
    h = sigmoid(x @ W1 + b1)
    return h, np.exp(log_softmax((h @ W2 + b2).T)).T


@exercise.mistake(
    of="loss",
    says=_("The terms are added up over the batch; this loss is their mean."),
    ask=_("What happens to your loss if every row is there twice?"),
)
def sum_for_mean(x, t, W1, b1, W2, b2):
    return len(x) * loss(x, t, W1, b1, W2, b2)


@exercise.mistake(
    of="loss",
    says=_("The mean is taken over rows and classes: the loss is K times too small."),
    ask=_("Over how many things is the mean?"),
)
def mean_over_classes_too(x, t, W1, b1, W2, b2):
    return loss(x, t, W1, b1, W2, b2) / t.shape[1]


@exercise.mistake(
    of="output_delta",
    says=_("Prediction and target have changed places: the error has the wrong sign."),
    ask=_("Does the loss rise or fall as the score of a wrong class rises?"),
)
def sign_of_the_output_error(y, t):
    return (t - y) / len(y)


@exercise.mistake(
    of="output_delta",
    says=_("The error is N times too large: it is that of a sum over the batch."),
    ask=_("The loss is a mean: where is its N?"),
)
def batch_size_forgotten(y, t):
    return y - t


@exercise.mistake(
    of="output_delta",
    says=_("The slope of a sigmoid, y(1 − y), was multiplied in, as the squared error wants it."),
    ask=_("What does the derivative of log y do to the slope of the softmax?"),
)
def extra_slope_factor(y, t):
    return (y - t) * y * (1 - y) / len(y)


@exercise.mistake(
    of="hidden_delta",
    says=_("The error came back through the weights, but not through the sigmoid."),
    ask=_("What did the sigmoid do to h on the way forward?"),
)
def hidden_slope_forgotten(h, W2, delta):
    return delta @ W2.T


@exercise.mistake(
    of="hidden_delta",
    says=_("delta was multiplied by W2 as in the forward, from the side of the hidden units."),
    ask=_("From which side do the errors come back through W2? What shape has the result?"),
)
def transpose_forgotten(h, W2, delta):
    return (delta @ W2) * h * (1 - h)


@exercise.mistake(
    of="hidden_delta",
    says=_("1 − h² is the slope of another activation, written with its output h."),
    ask=_("Of which activation is this the slope?"),
)
def slope_of_tanh(h, W2, delta):
    return (delta @ W2.T) * (1 - h**2)


@exercise.mistake(
    of="hidden_delta",
    says=_("h was sent through the sigmoid once more before its slope was taken."),
    ask=_("Is h before or behind the sigmoid?"),
)
def sigmoid_applied_twice(h, W2, delta):
    return (delta @ W2.T) * sigmoid(h) * (1 - sigmoid(h))


@exercise.mistake(
    of="hidden_delta",
    says=_("The error was divided by N once more."),
    ask=_("Has delta been divided already?"),
)
def divided_by_n_twice(h, W2, delta):
    return (delta @ W2.T) * h * (1 - h) / len(h)


def errors(x, t, W1, b1, W2, b2):
    """h and the errors of both layers."""
    h, y = forward(x, W1, b1, W2, b2)
    d2 = (y - t) / len(x)
    return h, (d2 @ W2.T) * h * (1 - h), d2


# What beginners spell in several ways has its words once.
weights_updated_before_use = partial(
    exercise.mistake,
    of="gradients",
    id="weights_updated_before_use",
    says=_("W2 had already been changed when it carried the error back."),
    ask=_("At which weights was the error made?"),
)
bias_gradient_not_summed = partial(
    exercise.mistake,
    of="gradients",
    id="bias_gradient_not_summed",
    says=_("The gradient of a bias has one row for each example."),
    ask=_("How many entries has b1? What does one entry do to all the rows?"),
)
bias_gradient_mean = partial(
    exercise.mistake,
    of="gradients",
    id="bias_gradient_mean",
    says=_("The gradient of a bias is the mean over the rows of an error that is a mean already."),
    ask=_("Has the mean been taken already?"),
)
transposed_gradient = partial(
    exercise.mistake,
    of="gradients",
    id="transposed_gradient",
    says=_("The gradient of a weight matrix is there, with rows and columns exchanged."),
    ask=_("What shape has W1, and what shape has your dW1?"),
)


@weights_updated_before_use()
def weights_updated_by_the_gradient(x, t, W1, b1, W2, b2, lr=1.0):
    h, _d1, d2 = errors(x, t, W1, b1, W2, b2)
    d1 = (d2 @ (W2 - lr * h.T @ d2).T) * h * (1 - h)
    return x.T @ d1, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0)


@weights_updated_before_use()
def weights_updated_by_a_tenth(x, t, W1, b1, W2, b2):
    return weights_updated_by_the_gradient(x, t, W1, b1, W2, b2, lr=0.1)


@bias_gradient_not_summed()
def no_bias_gradient_summed(x, t, W1, b1, W2, b2):
    h, d1, d2 = errors(x, t, W1, b1, W2, b2)
    return x.T @ d1, d1, h.T @ d2, d2


@bias_gradient_not_summed()
def hidden_bias_gradient_not_summed(x, t, W1, b1, W2, b2):
    h, d1, d2 = errors(x, t, W1, b1, W2, b2)
    return x.T @ d1, d1, h.T @ d2, d2.sum(axis=0)


@bias_gradient_mean()
def both_bias_gradients_mean(x, t, W1, b1, W2, b2):
    h, d1, d2 = errors(x, t, W1, b1, W2, b2)
    return x.T @ d1, d1.mean(axis=0), h.T @ d2, d2.mean(axis=0)


@bias_gradient_mean()
def hidden_bias_gradient_mean(x, t, W1, b1, W2, b2):
    h, d1, d2 = errors(x, t, W1, b1, W2, b2)
    return x.T @ d1, d1.mean(axis=0), h.T @ d2, d2.sum(axis=0)


@exercise.mistake(
    of="gradients",
    says=_("The gradient of W2 was taken with the network's input x, not with the input of its own layer."),
    ask=_("What is the input of W2?"),
)
def input_for_hidden(x, t, W1, b1, W2, b2):
    _h, d1, d2 = errors(x, t, W1, b1, W2, b2)
    return x.T @ d1, d1.sum(axis=0), x.T @ d2, d2.sum(axis=0)


@exercise.mistake(
    of="gradients",
    says=_("The gradients of the second layer stand first."),
    ask=_("In which order was it asked for?"),
)
def order_of_the_gradients(x, t, W1, b1, W2, b2):
    h, d1, d2 = errors(x, t, W1, b1, W2, b2)
    return h.T @ d2, d2.sum(axis=0), x.T @ d1, d1.sum(axis=0)


@transposed_gradient()
def both_gradients_transposed(x, t, W1, b1, W2, b2):
    h, d1, d2 = errors(x, t, W1, b1, W2, b2)
    return d1.T @ x, d1.sum(axis=0), d2.T @ h, d2.sum(axis=0)


@transposed_gradient()
def hidden_gradient_transposed(x, t, W1, b1, W2, b2):
    h, d1, d2 = errors(x, t, W1, b1, W2, b2)
    return d1.T @ x, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0)


def inside_gradients(known):
    """The same wrong error, made by a `gradients` that calls no other function."""
    error_of = {"output_delta": output_delta, "hidden_delta": hidden_delta, known.of: known.wrong}

    def wrong(x, t, W1, b1, W2, b2):
        h, y = forward(x, W1, b1, W2, b2)
        d2 = error_of["output_delta"](y, t)
        d1 = error_of["hidden_delta"](h, W2, d2)
        return x.T @ d1, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0)

    return wrong


for known in [known for known in exercise.mistakes if known.of in ("output_delta", "hidden_delta")]:
    exercise.mistake(of="gradients", id=known.id, says=known.says, ask=known.ask)(inside_gradients(known))
