"""XOR by one's own network: what one layer cannot do, two learn by themselves, from nearly every start."""

from functools import partial

import autograd.numpy as np
from autograd import grad

from grader.course import Exercise, _, expect, expect_gradient, expect_shape, expect_true, show
from reference.common import awkward, fresh, log_softmax, one_hot, sigmoid

exercise = Exercise(
    title=_("Capstone: XOR by your own network"),
    after=["backprop", "sgd"],
    hints=[
        _("Two hidden units that begin alike get the same gradient. What will they be after a thousand steps?"),
        _("At which parameters are the four gradients of one step taken: the old ones, or those already moved?"),
        _("How many losses are there between the start and the end, both counted, if there are 3 steps?"),
    ],
)
ROWS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [1.0, 0.0]])


@exercise.function
def initial_parameters(n_hidden, rng):
    return rng.normal(size=(2, n_hidden)), np.zeros(n_hidden), rng.normal(size=(n_hidden, 2)), np.zeros(2)


@exercise.function
def forward(x, W1, b1, W2, b2):
    h = sigmoid(np.dot(x, W1) + b1)
    return h, np.exp(log_softmax(np.dot(h, W2) + b2))


@exercise.function
def loss(x, t, W1, b1, W2, b2):
    h = sigmoid(np.dot(x, W1) + b1)
    return -np.sum(t * log_softmax(np.dot(h, W2) + b2)) / len(x)


@exercise.function
def gradients(x, t, W1, b1, W2, b2):
    return grad(loss, argnum=(2, 3, 4, 5))(x, t, W1, b1, W2, b2)


@exercise.function
def train(x, t, W1, b1, W2, b2, lr, steps):
    return descended(x, t, (W1, b1, W2, b2), lr, steps)


@exercise.function
def predict(x, W1, b1, W2, b2):
    return np.argmax(forward(x, W1, b1, W2, b2)[1], axis=1)


def slopes(x, t, W1, b1, W2, b2):
    """The gradients without autograd, for thousands of steps: `gradients` holds them against it in `verify`."""
    h, y = forward(x, W1, b1, W2, b2)
    d2 = (y - t) / len(x)
    d1 = np.dot(d2, W2.T) * h * (1 - h)
    return np.dot(x.T, d1), np.sum(d1, axis=0), np.dot(h.T, d2), np.sum(d2, axis=0)


def descended(x, t, parameters, lr, steps, slopes=slopes):
    losses = [loss(x, t, *parameters)]
    for _step in range(steps):
        moves = slopes(x, t, *parameters)
        parameters = [p - lr * move for p, move in zip(parameters, moves, strict=True)]
        losses.append(loss(x, t, *parameters))
    return *parameters, np.array(losses)


def network(rng, n_hidden):
    """Parameters of which no bias is 0."""
    W1, W2 = rng.normal(size=(2, n_hidden)), rng.normal(size=(n_hidden, 2))
    return W1, rng.normal(size=n_hidden), W2, rng.normal(size=2)


def rows(rng, N):
    return rng.normal(size=(N, 2)), one_hot(rng, N, 2)


@exercise.check(
    "law", of="initial_parameters", points=2, title=_("initial_parameters: standard normal weights, no bias")
)
def drawn_starts(student, rng):
    starts = student.initial_parameters.many([(8, fresh(rng)) for _start in range(200)])
    for start in starts[:2]:
        for part, shape in zip(start, ((2, 8), (8,), (8, 2), (2,)), strict=True):
            expect_shape(part, shape)
    W1, b1, W2, b2 = (np.stack([np.asarray(start[k]) for start in starts]) for k in range(4))
    biases = not np.any(b1) and not np.any(b2)
    expect_true(biases, _("There is a bias that is not 0."), got=starts[0], reveals="random_biases")
    alike = np.all(W1[0][:, 0] == W1[0][:, 1])
    says = _("Two hidden units begin with the same weights.")
    expect_true(not alike, says, got=starts[0], reveals="equal_weights")
    same = np.array_equal(W1[0], W1[1])
    expect_true(not same, _("Two different generators gave the same weights."), got=starts[1], reveals="rng_ignored")
    seed = rng.integers(2**32)
    one, again = (student.initial_parameters(8, np.random.default_rng(seed)) for _time in range(2))
    says = _("The same generator gave other weights the second time.")
    expect_true(np.array_equal(one[0], again[0]), says, got=again, reveals="rng_ignored")
    for W in (W1, W2):
        expect_true(np.any(W < 0), _("No weight is negative."), got=starts[0], reveals="uniform_weights")
        says = _("The weights of 200 starts have mean {mean} and standard deviation {deviation}.").format(
            mean=f"{W.mean():.3f}", deviation=f"{W.std():.3f}"
        )
        expect_true(abs(W.mean()) <= 0.1 and abs(W.std() - 1) <= 0.08, says)


@exercise.check("value", of="forward", title=_("forward: hidden values and probabilities"))
def both_layers(student, rng):
    x, parameters = rng.normal(size=(7, 2)), network(rng, 5)
    expect(student.forward(x, *parameters), forward(x, *parameters))
    expect(student.forward(*map(awkward, (x, *parameters))), forward(x, *parameters))


@exercise.check("value", of="loss", title=_("loss: the sum over the classes, the mean over the batch"))
def loss_of_the_network(student, rng):
    x, t = rows(rng, 7)
    parameters = network(rng, 5)
    expect(student.loss(x, t, *parameters), loss(x, t, *parameters))


@exercise.check(
    "gradient", of="gradients", points=2, title=_("gradients: the slope of your own loss in every parameter")
)
def own_slope(student, rng):
    for x, t in ((ROWS, XOR), rows(rng, 6)):
        expect_gradient(student.loss, student.gradients, at=(x, t, *network(rng, 4)), wrt=(2, 3, 4, 5))


@exercise.check("value", of="predict", title=_("predict: the class that your own forward finds more probable"))
def larger_probability(student, rng):
    x, parameters = rng.normal(size=(9, 2)), network(rng, 4)
    _h, y = student.forward(x, *parameters)
    expect_shape(y, (9, 2))
    expect(student.predict(x, *parameters), np.argmax(y, axis=1))


@exercise.check("value", of="train", title=_("train: three steps with your own gradients, and four losses"))
def three_steps(student, rng):
    start, lr = network(rng, 3), rng.uniform(0.3, 0.8)
    got = student.train(ROWS, XOR, *start, lr, 3)
    path = [start]
    for _step in range(3):
        moves = student.gradients(ROWS, XOR, *path[-1])
        path.append(tuple(p - lr * np.asarray(move) for p, move in zip(path[-1], moves, strict=True)))
    losses = np.array([float(np.asarray(value)) for value in student.loss.many([(ROWS, XOR, *p) for p in path])])
    expect(got, (*path[-1], losses))


@exercise.check("edge", of="train", title=_("train: no step at all, arrays of every kind"))
def no_step(student, rng):
    start = network(rng, 3)
    at_start = student.loss(ROWS, XOR, *start)
    expect_shape(at_start, ())
    still = *start, np.array([float(np.asarray(at_start))])
    expect(student.train(*map(awkward, (ROWS, XOR, *start)), 0.5, 0), still, note=_("no step: the start, and its loss"))


@exercise.check("experiment", of="train", points=2, title=_("train: the loss falls from every start"))
def trajectories(student, rng):
    for start in range(4):
        losses = student.train(ROWS, XOR, *initial_parameters(8, rng), 0.5, 300)[4]
        expect_shape(losses, (301,))
        losses = np.asarray(losses)
        show(_("loss, start {number}").format(number=start + 1), losses[::10])
        expect_true(np.all(np.diff(losses[::10]) <= 1e-6), _("The loss rises within ten steps."), got=losses)
        expect_true(losses[-1] < losses[0], _("After 300 steps the loss is not below its start."), got=losses)


@exercise.check("experiment", of="train", points=3, title=_("train: XOR is learned, which one layer alone never does"))
def learns_xor(student, rng):
    curves, solved = [], []
    for _start in range(8):
        *parameters, losses = student.train(ROWS, XOR, *student.initial_parameters(8, fresh(rng)), 1.0, 1500)
        expect_shape(losses, (1501,))
        curves.append(np.asarray(losses))
        right = np.array_equal(np.asarray(student.predict(ROWS, *parameters)), np.argmax(XOR, axis=1))
        solved.append(right and curves[-1][-1] < 0.1)
    show(_("loss, every fiftieth step"), [curve[::50].tolist() for curve in curves])
    show(_("starts from which XOR was learned"), sum(solved))
    show(_("loss of one layer alone, at its best"), np.log(2))
    expect_true(sum(solved) >= 6, _("XOR was learned from fewer than six of eight starts."))


@exercise.mistake(
    of="initial_parameters",
    says=_("All weights begin with the same number: the hidden units stay alike for ever."),
    ask=_("In what do two hidden units differ that begin alike?"),
)
def equal_weights(n_hidden, rng):
    return np.full((2, n_hidden), 0.5), np.zeros(n_hidden), np.full((n_hidden, 2), 0.5), np.zeros(2)


@exercise.mistake(
    of="initial_parameters",
    says=_("The weights do not come from rng, but from a generator of one's own."),
    ask=_("What does another start look like?"),
)
def rng_ignored(n_hidden, rng):
    return initial_parameters(n_hidden, np.random.default_rng(0))


@exercise.mistake(
    of="initial_parameters",
    says=_("The weights are drawn between 0 and 1: none is negative."),
    ask=_("Which sign can a weight have?"),
)
def uniform_weights(n_hidden, rng):
    return rng.random((2, n_hidden)), np.zeros(n_hidden), rng.random((n_hidden, 2)), np.zeros(2)


@exercise.mistake(
    of="initial_parameters",
    says=_("The biases are drawn, too."),
    ask=_("What does the statement say of the biases?"),
)
def random_biases(n_hidden, rng):
    return rng.normal(size=(2, n_hidden)), rng.normal(size=n_hidden), rng.normal(size=(n_hidden, 2)), rng.normal(size=2)


@exercise.mistake(
    of="forward",
    says=_("The hidden layer has no activation: h is x W1 + b1."),
    ask=_("Why does the loss stay at 0.693?"),
)
def activation_forgotten(x, W1, b1, W2, b2):
    h = x @ W1 + b1
    return h, np.exp(log_softmax(h @ W2 + b2))


@exercise.mistake(
    of="gradients",
    says=_("The gradients are N times too large: they are those of a sum over the batch."),
    ask=_("The loss is a mean: where is the N in its gradient?"),
)
def batch_size_forgotten(x, t, W1, b1, W2, b2):
    return tuple(len(x) * part for part in slopes(x, t, W1, b1, W2, b2))


@exercise.mistake(
    of="gradients",
    says=_("The error came back through the weights, but not through the sigmoid."),
    ask=_("What did the sigmoid do to h on the way forward?"),
)
def hidden_slope_forgotten(x, t, W1, b1, W2, b2):
    h, y = forward(x, W1, b1, W2, b2)
    d2 = (y - t) / len(x)
    d1 = d2 @ W2.T
    return x.T @ d1, np.sum(d1, axis=0), h.T @ d2, np.sum(d2, axis=0)


@exercise.mistake(
    of="train",
    says=_("The steps go along the gradient, up the loss."),
    ask=_("Does your loss fall?"),
)
def step_in_the_wrong_direction(x, t, W1, b1, W2, b2, lr, steps):
    return descended(x, t, (W1, b1, W2, b2), -lr, steps)


@exercise.mistake(
    of="train",
    says=_("The parameters were changed in place: the caller's arrays have other numbers now."),
    ask=_("Whose arrays are these when the function begins?"),
)
def arguments_changed(x, t, W1, b1, W2, b2, lr, steps):
    losses = [loss(x, t, W1, b1, W2, b2)]
    for _step in range(steps):
        for p, move in zip((W1, b1, W2, b2), slopes(x, t, W1, b1, W2, b2), strict=True):
            p -= lr * move
        losses.append(loss(x, t, W1, b1, W2, b2))
    return W1, b1, W2, b2, np.array(losses)


first_loss_missing = partial(
    exercise.mistake,
    of="train",
    id="first_loss_missing",
    says=_("There are as many losses as steps; the first or the last one is missing."),
    ask=_("What does the curve begin with, and what does it end with?"),
)


@first_loss_missing()
def losses_after_each_step(x, t, W1, b1, W2, b2, lr, steps):
    *parameters, losses = descended(x, t, (W1, b1, W2, b2), lr, steps)
    return *parameters, losses[1:]


@first_loss_missing()
def losses_before_each_step(x, t, W1, b1, W2, b2, lr, steps):
    *parameters, losses = descended(x, t, (W1, b1, W2, b2), lr, steps)
    return *parameters, losses[:-1]


@exercise.mistake(
    of="predict",
    says=_("The largest was looked for down the batch (axis 0), not along the classes of a row."),
    ask=_("How many answers are there, and for whom?"),
)
def argmax_over_the_batch(x, W1, b1, W2, b2):
    return np.argmax(forward(x, W1, b1, W2, b2)[1], axis=0)
