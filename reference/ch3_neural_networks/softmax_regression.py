"""Softmax regression: K probabilities that compete; with the cross-entropy all of the Jacobian cancels."""

from functools import partial

import autograd.numpy as np
from autograd import grad

from grader.course import Exercise, _, expect, expect_gradient, expect_shape, expect_true, show
from reference.common import awkward, log_softmax, mixed, one_hot

exercise = Exercise(
    title=_("Many classes: softmax regression"),
    after=["cross_entropy"],
    hints=[
        _("Add 5 to all scores of a row. What happens to the quotient e^(u_k) / Σ e^(u_j)?"),
        _("Differentiate y₁ by u₁ and by u₂ on paper. Both contain y₁. What else?"),
        _("du_k gathers what every y_j passes back: Σ_j dy_j ∂y_j/∂u_k. In what does the term j = k differ?"),
        _("Put dy = −t/y into that sum. What is left when t is one-hot?"),
    ],
)
SHAPES = (4, 4, 4), (6, 2, 3), (1, 3, 2)
"""N, n, K: a square one, in which nothing raises when it is transposed, an ordinary one, and a single row."""
FAR = np.array([[1000.0, 0.0, -1000.0], [-1000.0, -1000.0, -1000.0], [1000.0, 1000.0, 0.0]])
WORKED = (
    np.array([[1.0, 2.0], [0.0, -1.0]]),
    np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),
    np.array([[0.1, 0.2, -0.1], [0.0, 0.3, 0.5]]),
    np.array([0.0, 0.1, -0.1]),
)
KINDS = _("arrays that are read-only and not contiguous")
ONE_ROW = _("one row alone")


@exercise.function
def softmax(u):
    return np.exp(log_softmax(u))


@exercise.function
def softmax_backward(u, dy):
    return grad(lambda u: np.sum(dy * softmax(u)))(u)


@exercise.function
def predict_proba(x, W, b):
    return softmax(np.dot(x, W) + b)


@exercise.function
def loss(x, t, W, b):
    return -np.sum(t * log_softmax(np.dot(x, W) + b)) / len(x)


@exercise.function
def gradients(x, t, W, b):
    return grad(loss, argnum=(2, 3))(x, t, W, b)


@exercise.function
def gradient_descent(x, t, W, b, lr, steps):
    losses = [loss(x, t, W, b)]
    for _step in range(steps):
        dW, db = gradients(x, t, W, b)
        W, b = W - lr * dW, b - lr * db
        losses.append(loss(x, t, W, b))
    return W, b, np.array(losses)


def data(rng, N, n, K):
    """x, one-hot t, W, b; no bias is near the others, so that one that is forgotten shows."""
    b = rng.permutation(np.arange(K) - (K - 1) / 2) * rng.uniform(0.5, 0.8)
    return np.clip(rng.normal(size=(N, n)), -2, 2), one_hot(rng, N, K), np.clip(rng.normal(size=(n, K)), -1.5, 1.5), b


def without_targets(point):
    return point[0], *point[2:]


def expect_all(question, oracle, points):
    for value, point in zip(question.many(points), points, strict=True):
        expect(value, oracle(*point))


@exercise.check("value", of="softmax", title=_("softmax: K probabilities for each row"))
def probabilities(student, rng):
    for shape in ((4, 4), (5, 3), (1, 2)):
        u = rng.normal(scale=2, size=shape)
        expect(student.softmax(u), softmax(u))
    u = np.array([[1.0, 2.0, 3.0]])
    expect(student.softmax(u), softmax(u), shown=True, note=_("the worked number"))


@exercise.check(
    "law", of="softmax", title=_("softmax: rows add up to 1 and do not mix; only differences of scores matter")
)
def only_differences(student, rng):
    u, classes, rows = rng.normal(scale=2, size=(5, 4)), rng.permutation(4), rng.permutation(5)
    y = student.softmax(u)
    expect_shape(y, (5, 4))
    sums = np.sum(y, axis=1)
    expect_true(np.allclose(sums, 1, rtol=0, atol=1e-6), _("The entries of a row do not add up to 1."), got=y)
    expect(student.softmax(u + rng.normal(size=(5, 1))), y, note=_("every row moved by one number of its own"))
    expect(student.softmax(u[:, classes]), np.asarray(y)[:, classes], note=_("the classes in another order"))
    expect(student.softmax(u[rows]), np.asarray(y)[rows], note=_("the rows in another order"))
    expect(student.softmax(u[2:3]), np.asarray(y)[2:3], note=ONE_ROW)


@exercise.check("edge", of="softmax", title=_("softmax: scores of ±1000, and arrays of every kind"))
def far_scores(student, rng):
    expect(student.softmax(FAR), softmax(FAR))
    u = rng.normal(scale=2, size=(3, 4))
    expect(student.softmax(awkward(u)), softmax(u), note=KINDS)
    expect(student.softmax(u.astype("float32")), softmax(u), rtol=1e-3, note=_("an array of float32"))


@exercise.check("edge", of="softmax_backward", title=_("softmax_backward: scores of ±1000, and arrays of every kind"))
def far_slopes(student, rng):
    dy = rng.normal(size=(3, 3))
    expect(student.softmax_backward(FAR, dy), softmax_backward(FAR, dy))
    u = rng.normal(scale=2, size=(3, 3))
    expect(student.softmax_backward(awkward(u), awkward(dy)), student.softmax_backward(u, dy), note=KINDS)


@exercise.check("gradient", of="softmax_backward", points=2, title=_("softmax_backward is the slope of your softmax"))
def slope_of_softmax(student, rng):
    expect_gradient(student.softmax, student.softmax_backward, at=rng.normal(size=(3, 4)))


@exercise.check("law", of="softmax_backward", title=_("softmax_backward: linear in dy, and nothing for equal dy"))
def full_jacobian(student, rng):
    u = rng.normal(scale=2, size=(4, 3))
    one, other = rng.normal(size=(2, 4, 3))
    du, second = student.softmax_backward(u, one), student.softmax_backward(u, other)
    expect_shape(du, (4, 3))
    sums = np.sum(du, axis=1)
    expect_true(np.allclose(sums, 0, rtol=0, atol=1e-6), _("The entries of a row of du do not add up to 0."), got=du)
    expect(
        student.softmax_backward(u, 2 * one - other), mixed([2, -1], [du, second]), atol=1e-6, note=_("linear in dy")
    )
    equal = np.repeat(rng.normal(size=(4, 1)), 3, axis=1)
    nothing = _("dy equal in all classes of a row: the sum of the row is always 1")
    expect(student.softmax_backward(u, equal), np.zeros((4, 3)), atol=1e-6, shown=True, note=nothing)
    expect(student.softmax_backward(u[1:2], one[1:2]), np.asarray(du)[1:2], note=ONE_ROW)


@exercise.check("value", of="predict_proba", title=_("predict_proba: softmax of x W + b in every size"))
def every_size(student, rng):
    expect_all(student.predict_proba, predict_proba, [without_targets(data(rng, *shape)) for shape in SHAPES])


@exercise.check("value", of="loss", title=_("loss: the sum over the classes, the mean over the batch"))
def loss_of_the_batch(student, rng):
    expect_all(student.loss, loss, [data(rng, *shape) for shape in SHAPES])
    expect(student.loss(*WORKED), loss(*WORKED), shown=True, note=_("the worked number"))


@exercise.check("gradient", of="gradients", points=2, title=_("gradients: the slopes of your own loss in W and b"))
def slope_of_the_loss(student, rng):
    for shape in ((7, 3, 4), (3, 3, 3)):
        expect_gradient(student.loss, student.gradients, at=data(rng, *shape), wrt=(2, 3))


@exercise.check("value", of="gradient_descent", title=_("gradient_descent: three steps down the loss"))
def three_steps(student, rng):
    start = *data(rng, 6, 2, 3), rng.uniform(0.2, 0.8), 3
    expect(student.gradient_descent(*start), gradient_descent(*start))


@exercise.check("edge", of="loss", title=_("loss: ln K where all weights are 0; one row, arrays of every kind"))
def knowing_nothing(student, rng):
    for K in (2, 3, 5):
        x, t, W, b = data(rng, 6, 2, K)
        at_zero = student.loss(x, t, 0 * W, 0 * b)
        expect(at_zero, np.log(K), shown=True, note=_("W = 0 and b = 0, with {K} classes").format(K=K))
    expect(student.loss(x[:1], t[:1], W, b), loss(x[:1], t[:1], W, b), note=ONE_ROW)
    expect(student.loss(*map(awkward, (x, t, W, b))), loss(x, t, W, b), note=KINDS)


@exercise.check("edge", of="gradients", title=_("gradients: one row, arrays of every kind"))
def small_gradients(student, rng):
    x, t, W, b = data(rng, 5, 3, 4)
    ordinary = student.gradients(x, t, W, b)
    expect(student.gradients(*map(awkward, (x, t, W, b))), ordinary, note=KINDS)
    expect_gradient(student.loss, student.gradients, at=(x[:1], t[:1], W, b), wrt=(2, 3), note=ONE_ROW)


@exercise.check(
    "edge", of="gradient_descent", title=_("gradient_descent: no step at all, one row, arrays of every kind")
)
def no_step(student, rng):
    x, t, W, b = data(rng, 4, 2, 3)
    lr = rng.uniform(0.2, 0.8)
    still = W, b, np.array([loss(x, t, W, b)])
    expect(student.gradient_descent(x, t, W, b, lr, 0), still, note=_("no step: the start, and its loss"))
    one = x[:1], t[:1], W, b, lr, 2
    expect(student.gradient_descent(*one), gradient_descent(*one), note=ONE_ROW)
    kinds = *map(awkward, (x, t, W, b)), lr, 2
    expect(student.gradient_descent(*kinds), gradient_descent(x, t, W, b, lr, 2), note=KINDS)


@exercise.check("experiment", of="gradient_descent", title=_("gradient_descent: three clouds of points are told apart"))
def three_clouds(student, rng):
    centres = np.array([[0.0, 4.0], [4.0, -2.0], [-4.0, -2.0]])
    x, t = np.repeat(centres, 20, axis=0) + rng.normal(size=(60, 2)), np.repeat(np.eye(3), 20, axis=0)
    for start in range(5):
        W, b, losses = student.gradient_descent(x, t, rng.normal(size=(2, 3)), rng.normal(size=3), 0.1, 100)
        expect_shape(losses, (101,))
        show(_("loss, start {number}").format(number=start + 1), np.asarray(losses)[::5])
        expect_true(np.all(np.diff(losses) <= 1e-6), _("The loss rises at a step."), got=losses)
        expect_true(losses[-1] < 0.12, _("After 100 steps the loss is not below 0.12."), got=losses)
        right = np.mean(predict_proba(x, W, b).argmax(axis=1) == t.argmax(axis=1))
        expect_true(right >= 0.93, _("Fewer than 93 % of the points are right after training."), got=W)


softmax_over_the_batch = partial(
    exercise.mistake,
    of="softmax",
    id="softmax_over_the_batch",
    says=_("The softmax runs down the batch (axis 0), not along the classes of a row."),
    ask=_("Which numbers must add up to 1?"),
)


@softmax_over_the_batch()
def columns_add_up(u):
    return softmax(u.T).T


@softmax_over_the_batch()
def columns_add_up_and_overflow(u):
    return np.exp(u) / np.sum(np.exp(u), axis=0)


softmax_over_everything = partial(
    exercise.mistake,
    of="softmax",
    id="softmax_over_everything",
    says=_("The exponentials are divided by the sum over the whole batch."),
    ask=_("Does one example take probability from another?"),
)


@softmax_over_everything()
def all_add_up(u):
    e = np.exp(u - np.max(u))
    return e / np.sum(e)


@softmax_over_everything()
def all_add_up_and_overflow(u):
    return np.exp(u) / np.sum(np.exp(u))


softmax_overflow = partial(
    exercise.mistake,
    id="softmax_overflow",
    says=_("e^u is taken of the scores as they are: it overflows above 709, and below −745 it is 0 in every class."),
    ask=_("What can be taken off a row without changing the result?"),
)


@softmax_overflow(of="softmax")
def unshifted(u):
    return np.exp(u) / np.sum(np.exp(u), axis=1, keepdims=True)


@softmax_overflow(of="softmax_backward")
def unshifted_backward(u, dy):
    y = unshifted(u)
    return y * (dy - np.sum(dy * y, axis=1, keepdims=True))


@exercise.mistake(
    of="softmax",
    says=_("There is a sigmoid for each class, not one softmax for all of them."),
    ask=_("Do your K numbers add up to 1?"),
)
def sigmoid_for_softmax(u):
    return np.exp(-np.logaddexp(0.0, -u))


keepdims_forgotten = partial(
    exercise.mistake,
    of="softmax",
    id="keepdims_forgotten",
    says=_("(N, K) was divided by a sum of shape (N,), which numpy lays along the classes."),
    ask=_("How does numpy divide (N, K) by (N,)?"),
)


@keepdims_forgotten()
def sum_without_an_axis_to_lie_along(u):
    e = np.exp(u - np.max(u, axis=1, keepdims=True))
    return e / np.sum(e, axis=1)


@keepdims_forgotten()
def sum_of_plain_exponentials(u):
    e = np.exp(u)
    return e / np.sum(e, axis=1)


@keepdims_forgotten()
def nor_for_the_largest(u):
    e = np.exp(u - np.max(u, axis=1))
    return e / np.sum(e, axis=1)


@exercise.mistake(
    of="softmax_backward",
    says=_("Only the diagonal of the Jacobian is there: each score acts on its own class alone."),
    ask=_("If one score rises, what happens to the other classes?"),
)
def diagonal_jacobian(u, dy):
    y = softmax(u)
    return dy * y * (1 - y)


@exercise.mistake(
    of="softmax_backward",
    says=_("The upstream gradients of a row are added up without weights."),
    ask=_("With which weights do the classes enter the sum?"),
)
def unweighted_sum(u, dy):
    return softmax(u) * (dy - np.sum(dy, axis=1, keepdims=True))


@exercise.mistake(
    of="softmax_backward",
    says=_("The last factor is missing: a class of probability 0 passes on an error here."),
    ask=_("What is the derivative of y_k by u_k for a class of probability 0?"),
)
def outer_factor_forgotten(u, dy):
    return dy - np.sum(dy * softmax(u), axis=1, keepdims=True)


@exercise.mistake(
    of="softmax_backward",
    says=_("The gradient was divided by N."),
    ask=_("Does this function know a loss?"),
)
def batch_size_in_a_backward(u, dy):
    return softmax_backward(u, dy) / len(u)


@exercise.mistake(
    of="predict_proba",
    says=_("The biases are not in the scores."),
    ask=_("Which probability would each class be given when x = 0?"),
)
def bias_forgotten(x, W, b):
    return softmax(x @ W)


@exercise.mistake(
    of="loss",
    says=_("The mean is taken over rows and classes: the loss is K times too small."),
    ask=_("What should the loss of K equal guesses be?"),
)
def mean_over_classes_too(x, t, W, b):
    return -np.mean(t * log_softmax(x @ W + b))


@exercise.mistake(
    of="loss",
    says=_("The terms are added up over the batch; this loss is their mean."),
    ask=_("What happens to your loss if every row is there twice?"),
)
def sum_for_mean(x, t, W, b):
    return len(x) * loss(x, t, W, b)


@exercise.mistake(
    of="loss",
    says=_("For every wrong class log(1 − y) was added, as if each class were a yes or no of its own."),
    ask=_("Is the wrong class not already punished, as a row adds up to 1?"),
)
def binary_loss_for_classes(x, t, W, b):
    y = predict_proba(x, W, b)
    return -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y)) / len(x)


def from_error(x, d):
    return x.T @ d, np.sum(d, axis=0)


@exercise.mistake(
    of="gradients",
    says=_("Prediction and target have changed places: this is minus the gradient."),
    ask=_("Does the loss fall against it?"),
)
def sign_of_the_gradient(x, t, W, b):
    return from_error(x, (t - predict_proba(x, W, b)) / len(x))


@exercise.mistake(
    of="gradients",
    says=_("The gradient is N times too large: it is that of a sum over the batch."),
    ask=_("The loss is a mean: where is the N in its gradient?"),
)
def batch_size_forgotten(x, t, W, b):
    return from_error(x, predict_proba(x, W, b) - t)


@exercise.mistake(
    of="gradients",
    says=_("The gradient of W is there, with rows and columns exchanged."),
    ask=_("What shape has W, and what shape has your dW?"),
)
def transposed_gradient(x, t, W, b):
    dW, db = gradients(x, t, W, b)
    return dW.T, db


@exercise.mistake(
    of="gradients",
    says=_("The gradient of b was added up along the classes: it has an entry for each row."),
    ask=_("How many entries has b? Over what is there to sum?"),
)
def bias_gradient_over_the_wrong_axis(x, t, W, b):
    d = (predict_proba(x, W, b) - t) / len(x)
    return x.T @ d, np.sum(d, axis=1)


@exercise.mistake(
    of="gradients",
    says=_("The error y − t was sent back through the softmax once more."),
    ask=_("Is y − t the error before or behind the softmax?"),
)
def softmax_slope_twice(x, t, W, b):
    u = x @ W + b
    return from_error(x, softmax_backward(u, (softmax(u) - t) / len(x)))


def descend(x, t, W, b, lr, steps, move):
    """The loop of a descent with another step: W, b = move(W, b, dW, db)."""
    losses = [loss(x, t, W, b)]
    for _step in range(steps):
        W, b = move(W, b, *gradients(x, t, W, b))
        losses.append(loss(x, t, W, b))
    return W, b, np.array(losses)


@exercise.mistake(
    of="gradient_descent",
    says=_("The steps go along the gradient, up the loss."),
    ask=_("Does your loss fall?"),
)
def step_in_the_wrong_direction(x, t, W, b, lr, steps):
    return descend(x, t, W, b, lr, steps, lambda W, b, dW, db: (W + lr * dW, b + lr * db))


@exercise.mistake(
    of="gradient_descent",
    says=_("Only W moves; b stays as it was."),
    ask=_("Which of the parameters did not move?"),
)
def bias_not_updated(x, t, W, b, lr, steps):
    return descend(x, t, W, b, lr, steps, lambda W, b, dW, _db: (W - lr * dW, b))


@exercise.mistake(
    of="gradient_descent",
    says=_("W was changed in place: the caller's array has other numbers now."),
    ask=_("Whose array is W when the function begins?"),
)
def arguments_changed(x, t, W, b, lr, steps):
    def move(W, b, dW, db):
        W -= lr * dW
        return W, b - lr * db

    return descend(x, t, W, b, lr, steps, move)
