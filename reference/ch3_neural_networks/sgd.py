"""Stochastic gradient descent: a few rows give a noisy but honest gradient, and every row has its turn."""

from functools import partial
from itertools import permutations

import autograd.numpy as np
from autograd import grad

from grader.course import Exercise, _, expect, expect_gradient, expect_shape, expect_true, show
from reference.common import awkward, binary_targets, fresh, sigmoid

exercise = Exercise(
    title=_("Stochastic gradient descent"),
    after=["logistic_regression", "cross_entropy"],
    hints=[
        _("Write ten row numbers on slips of paper, shuffle them, deal them out in fours. Which batches are there?"),
        _("How can one order of row numbers be used for x and for t alike?"),
        _("A batch of 4 rows: how many rows does its loss average over, and how many its gradient?"),
        _("A parameter moves from 1.0 to 0.5, another from 1.0 to 1.5. How far did each move?"),
    ],
)
ONE_ROW = _("one row alone")
KINDS = _("arrays that are read-only and not contiguous")
WORKED = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([1.0, 0.0]), np.array([0.5, -0.25]), 0.1


@exercise.function
def minibatches(x, t, batch_size, rng):
    order = rng.permutation(len(x))
    cuts = range(0, len(x), batch_size)
    return [(x[order[cut : cut + batch_size]], t[order[cut : cut + batch_size]]) for cut in cuts]


@exercise.function
def loss(x, t, w, b):
    u = np.dot(x, w) + b
    return np.sum(np.logaddexp(0.0, u) - t * u) / len(x)


@exercise.function
def gradients(x, t, w, b):
    return grad(loss, argnum=(2, 3))(x, t, w, b)


@exercise.function
def sgd_step(params, grads, lr):
    return [p - lr * g for p, g in zip(params, grads, strict=True)]


@exercise.function
def sgd_epoch(x, t, w, b, lr, batch_size, rng):
    for xb, tb in minibatches(x, t, batch_size, rng):
        w, b = sgd_step([w, b], slopes(xb, tb, w, b), lr)
    return w, b


@exercise.function
def train(x, t, w, b, lr, batch_size, max_epochs, tol, rng):
    epochs, largest = 0, np.inf
    while epochs < max_epochs and largest > tol:
        before, (w, b) = (w, b), sgd_epoch(x, t, w, b, lr, batch_size, rng)
        epochs, largest = epochs + 1, np.max(np.abs(moves(before, (w, b))))
    return w, b, epochs


def slopes(x, t, w, b):
    """The gradients without autograd, for training loops: `gradients` holds them against it in `verify`."""
    error = (sigmoid(np.dot(x, w) + b) - t) / len(x)
    return np.dot(error, x), np.sum(error)


def moves(before, after):
    """new − old of every entry of w and b."""
    return np.append(after[0] - before[0], after[1] - before[1])


def data(rng, N, n):
    """x, t, w, b with scores well inside −12 … 12; b is not near 0."""
    x, w = np.clip(rng.normal(size=(N, n)), -2.5, 2.5), np.clip(rng.normal(size=n), -1.5, 1.5)
    return x, binary_targets(rng, N), w, rng.choice([-1.0, 1.0]) * rng.uniform(0.4, 1)


def drawn_from_a_model(rng, N, w, b):
    x = rng.normal(size=(N, len(w)))
    return x, np.where(rng.uniform(size=N) < sigmoid(x @ w + b), 1.0, 0.0)


def minimum(x, t):
    """w and b of the smallest loss, by Newton's method."""
    ones, v = np.column_stack([x, np.ones(len(x))]), np.zeros(x.shape[1] + 1)
    for _step in range(25):
        y = sigmoid(ones @ v)
        v = v - np.linalg.solve((ones.T * (y * (1 - y))) @ ones, ones.T @ (y - t))
    return v[:-1], v[-1]


@exercise.check("law", of="minibatches", points=2, title=_("minibatches: every row once, with its own target"))
def every_row_once(student, rng):
    x = rng.normal(size=(10, 3))
    t = x[:, 0].copy()
    for size, want in ((4, [4, 4, 2]), (5, [5, 5]), (1, [1] * 10), (10, [10]), (25, [10])):
        batches = list(student.minibatches(x, t, size, fresh(rng)))
        pairs = all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in batches)
        expect_true(pairs, _("A batch is a pair of the rows xb and their targets tb."))
        expect_sizes([len(xb) for xb, _tb in batches], want, size)
        for (xb, tb), rows in zip(batches, want, strict=True):
            expect_shape(xb, (rows, 3))
            expect_shape(tb, (rows,))
        expect_own_rows(np.concatenate([xb for xb, _tb in batches]), np.concatenate([tb for _xb, tb in batches]), x, t)


def expect_sizes(sizes, want, batch_size):
    says = _("With 10 rows and batch_size {size} the batches have these numbers of rows: {sizes}.").format(
        size=batch_size, sizes=", ".join(map(str, sizes)) or "–"
    )
    expect_true(0 not in sizes, says, reveals="empty_last_batch")
    full_ones_alone = sizes == [batch_size] * (10 // batch_size)
    expect_true(sizes == want or not full_ones_alone, says, reveals="last_batch_dropped")
    expect_true(sizes == want, says)


def expect_own_rows(rows, targets, x, t):
    once = np.array_equal(np.sort(rows[:, 0]), np.sort(x[:, 0]))
    expect_true(once, _("A row is there twice in one epoch, or not at all."), reveals="drawn_with_replacement")
    own = np.array_equal(targets, rows[:, 0])
    says = _("A row stands beside the target of another row.")
    expect_true(own or not np.array_equal(targets, t), says, reveals="targets_not_shuffled")
    expect_true(own, says, reveals="shuffled_apart")
    whole = rows[np.argsort(rows[:, 0])]
    expect_true(np.array_equal(whole, x[np.argsort(x[:, 0])]), _("A row has entries of another row."))


@exercise.check("law", of="minibatches", title=_("minibatches: the order comes from rng, and from nothing else"))
def order_from_rng(student, rng):
    x = rng.normal(size=(20, 2))
    seeds = rng.integers(2**32, size=5)

    def order(seed):
        batches = list(student.minibatches(x, x[:, 1].copy(), 6, np.random.default_rng(seed)))
        return np.concatenate([xb for xb, _tb in batches])[:, 0]

    orders = [order(seed) for seed in seeds]
    kept = all(np.array_equal(found, x[:, 0]) for found in orders)
    expect_true(not kept, _("The rows come in the order in which they were given."), reveals="order_kept")
    again = np.array_equal(order(seeds[0]), orders[0])
    expect_true(again, _("The same generator gave another order the second time."), reveals="rng_ignored")
    alike = all(np.array_equal(found, orders[0]) for found in orders)
    expect_true(not alike, _("Five different generators gave the same order."), reveals="rng_ignored")


@exercise.check("experiment", of="minibatches", title=_("minibatches: each row is first about as often as the others"))
def first_place(student, rng):
    x = np.arange(4.0)[:, None]
    firsts = [
        np.ravel(next(iter(student.minibatches(x, x[:, 0].copy(), 2, fresh(rng))))[0])[0] for _epoch in range(400)
    ]
    counts = np.array([np.sum(np.array(firsts) == row) for row in range(4)])
    show(_("how often each of four rows was first in 400 epochs"), counts)
    uneven = _("In 400 epochs some row of four is first much more or less often than 100 times.")
    expect_true(np.all(np.abs(counts - 100) <= 45), uneven)


@exercise.check("value", of="loss", title=_("loss: the mean over the rows"))
def mean_over_rows(student, rng):
    points = [data(rng, 7, 3), data(rng, 4, 4), data(rng, 2, 1)]
    for value, point in zip(student.loss.many(points), points, strict=True):
        expect(value, loss(*point))
    expect(student.loss(*WORKED), loss(*WORKED), shown=True, note=_("the worked number"))


@exercise.check("gradient", of="gradients", points=2, title=_("gradients: the slopes of your own loss in w and b"))
def own_slope(student, rng):
    expect_gradient(student.loss, student.gradients, at=data(rng, 6, 3), wrt=(2, 3))


@exercise.check("value", of="sgd_step", title=_("sgd_step: every parameter against its own gradient"))
def against_each_gradient(student, rng):
    shapes, lr = ((3,), (), (2, 2)), rng.uniform(0.1, 0.8)
    params, grads = ([rng.normal(size=shape) for shape in shapes] for _list in range(2))
    expect(student.sgd_step(params, grads, lr), sgd_step(params, grads, lr))
    worked = [np.array([1.0, 2.0]), 0.5], [np.array([10.0, -10.0]), 2.0], 0.1
    expect(student.sgd_step(*worked), [np.array([0.0, 3.0]), 0.3], shown=True, note=_("the worked number"))


def after_orders(x, t, w, b, lr, size, batches=None):
    """w and b after one epoch (or only its first batches), for every order of the rows."""
    ends = []
    for order in permutations(range(len(x))):
        place = w, b
        for cut in list(range(0, len(x), size))[:batches]:
            rows = list(order[cut : cut + size])
            place = sgd_step(place, slopes(x[rows], t[rows], *place), lr)
        ends.append(tuple(place))
    return ends


def nearest(got, ends):
    return min(ends, key=lambda end: np.max(np.abs(moves((np.asarray(got[0]), got[1]), end))))


@exercise.check(
    "value", of="sgd_epoch", points=2, title=_("sgd_epoch: one update for each batch, in one of the orders")
)
def one_of_the_orders(student, rng):
    lr = rng.uniform(0.5, 0.9)
    for N, size in ((5, 5), (4, 9), (3, 1), (4, 3)):
        start = *data(rng, N, 2), lr, size
        got = student.sgd_epoch(*start, fresh(rng))
        expect_shape(got[0], (2,))
        expect_shape(got[1], ())
        ends, first = after_orders(*start), after_orders(*start, batches=1)
        stopped = np.allclose(nearest(got, first)[0], got[0]) and not np.allclose(nearest(got, ends)[0], got[0])
        expect_true(not stopped, _("w and b are those after the first batch."), got=got, reveals="one_batch_an_epoch")
        expect(got, nearest(got, ends), note=_("{N} rows in batches of {size}").format(N=N, size=size))
    start = *data(rng, 3, 2), lr, 1
    ends = student.sgd_epoch.many([(*start, fresh(rng)) for _epoch in range(30)])
    alike = all(np.allclose(end[0], ends[0][0], rtol=0, atol=1e-12) for end in ends)
    expect_true(not alike, _("With thirty generators the epoch always ended at the same w."))
    worked = *WORKED, 0.5, 2, fresh(rng)
    expect(student.sgd_epoch(*worked), sgd_epoch(*worked), shown=True, note=_("the worked number"))


def slowing_down(rng):
    """A start whose epochs move less and less, and a tol that epoch 13 is the first to keep to.

    In epoch 12 the parameters move up and down, and by sizes that differ by more than a fifth, so that the smallest
    move, or the largest that went one way, would have stopped elsewhere.
    """
    while True:
        start = data(rng, 5, 2)
        place, sizes = start[2:], []
        for _epoch in range(13):
            before, place = place, sgd_epoch(*start[:2], *place, 0.5, 5, fresh(rng))
            sizes.append(moves(before, place))
        up, down = np.max(sizes[11]), -np.min(sizes[11])
        largest = np.max(np.abs(sizes), axis=1)
        tol = (largest[11] + largest[12]) / 2
        if min(up, down) > 0.01 * tol and abs(up - down) > 0.2 * max(up, down) and np.all(largest[:12] > 1.001 * tol):
            return start, tol


@exercise.check(
    "value", of="train", title=_("train: stops after the first epoch in which nothing moved by more than tol")
)
def stops_in_time(student, rng):
    (x, t, w, b), tol = slowing_down(rng)
    starts = (x, t, w, b), (x, 1 - t, -w, -b)  # in the second every move has the other sign
    points = [(*start, 0.5, 5, epochs, tol, fresh(rng)) for start in starts for epochs in (60, 4)]
    for value, point in zip(student.train.many(points), points, strict=True):
        expect(value, train(*point))


@exercise.check("law", of="gradients", title=_("gradients: 0 at the minimum"))
def nothing_at_the_minimum(student, rng):
    x, t = drawn_from_a_model(rng, 40, np.array([0.8, -0.8]), 0.2)
    w, b = minimum(x, t)
    at_rest = np.zeros(2), 0.0
    expect(
        student.gradients(x, t, w, b), at_rest, atol=1e-6, shown=True, note=_("40 rows, where their loss is smallest")
    )
    dw, db = student.gradients(x, t, w + 1, b + 1)
    expect_true(max(np.max(np.abs(dw)), abs(db)) > 1e-4, _("Beside the minimum the gradients are 0 as well."), got=dw)


@exercise.check("law", of="train", title=_("train: at the minimum nothing moves, and one epoch is enough"))
def still_at_the_minimum(student, rng):
    x, t = drawn_from_a_model(rng, 40, np.array([0.8, -0.8]), 0.2)
    w, b = minimum(x, t)
    got = student.train(x, t, w, b, 0.5, 40, 50, 1e-6, fresh(rng))
    expect(got, (w, b, 1), atol=1e-6, shown=True, note=_("started where the loss of 40 rows is smallest"))


@exercise.check("edge", of="loss", title=_("loss: one row, arrays of every kind"))
def loss_of_one_row(student, rng):
    x, t, w, b = data(rng, 5, 3)
    expect(student.loss(x[:1], t[:1], w, b), loss(x[:1], t[:1], w, b), note=ONE_ROW)
    expect(student.loss(awkward(x), awkward(t), awkward(w), b), loss(x, t, w, b), note=KINDS)


@exercise.check("edge", of="gradients", title=_("gradients: one row, arrays of every kind"))
def gradients_of_one_row(student, rng):
    x, t, w, b = data(rng, 5, 3)
    expect_gradient(student.loss, student.gradients, at=(x[:1], t[:1], w, b), wrt=(2, 3), note=ONE_ROW)
    expect(student.gradients(awkward(x), awkward(t), awkward(w), b), student.gradients(x, t, w, b), note=KINDS)


@exercise.check(
    "edge", of="sgd_epoch", title=_("sgd_epoch: one row, batches larger than the data, arrays of every kind")
)
def epoch_of_one_row(student, rng):
    one = *data(rng, 1, 3), rng.uniform(0.5, 0.9), 4
    expect(student.sgd_epoch(*one, fresh(rng)), sgd_epoch(*one, fresh(rng)), note=ONE_ROW)
    x, t, w, b = data(rng, 4, 2)
    kinds = student.sgd_epoch(awkward(x), awkward(t), awkward(w), b, 0.6, 100, fresh(rng))
    expect(kinds, sgd_epoch(x, t, w, b, 0.6, 100, fresh(rng)), note=KINDS)


@exercise.check("experiment", of="train", title=_("train: small batches come closer in as many epochs than whole ones"))
def small_batches_are_faster(student, rng):
    x, t = drawn_from_a_model(rng, 200, np.array([2.0, -1.0]), 0.5)
    least = loss(x, t, *minimum(x, t))
    small, whole = [], []
    for _start in range(5):
        start = x, t, rng.normal(size=2), rng.normal(), 0.3
        for size, ends in ((20, small), (200, whole)):
            w, b, _epochs = student.train(*start, size, 20, 0.0, fresh(rng))
            expect_shape(w, (2,))
            ends.append(loss(x, t, np.asarray(w), b))
    for size in (20, 200):
        curve = [student.train(*start, size, epochs, 0.0, fresh(rng)) for epochs in (1, 2, 3, 5, 8, 13, 20)]
        losses = [loss(x, t, np.asarray(w), b) for w, b, _epochs in curve]
        show(_("loss after 1, 2, 3, 5, 8, 13, 20 epochs, batches of {size}").format(size=size), np.array(losses))
    far = _("With batches of 20, some start ends more than 5 % above the smallest loss.")
    expect_true(np.max(small) <= 1.05 * least, far)
    slower = _("With all rows in one batch the loss should be higher after as many epochs.")
    expect_true(np.mean(whole) > np.mean(small), slower)


@exercise.mistake(
    of="minibatches",
    says=_("x was shuffled, and t was left in its order."),
    ask=_("Does every row still have its own target?"),
)
def targets_not_shuffled(x, t, batch_size, rng):
    order = np.arange(len(x))
    return in_order(x[rng.permutation(len(x))], t, batch_size, order)


@exercise.mistake(
    of="minibatches",
    says=_("x and t were shuffled apart, each in an order of its own."),
    ask=_("Does every row still have its own target?"),
)
def shuffled_apart(x, t, batch_size, rng):
    return in_order(x[rng.permutation(len(x))], t[rng.permutation(len(x))], batch_size, np.arange(len(x)))


@exercise.mistake(
    of="minibatches",
    says=_("Rows were drawn with replacement: some come twice in an epoch, others not at all."),
    ask=_("Which rows were left out of this epoch?"),
)
def drawn_with_replacement(x, t, batch_size, rng):
    return in_order(x, t, batch_size, rng.integers(len(x), size=len(x)))


@exercise.mistake(
    of="minibatches",
    says=_("Only full batches are there; the rows that are left over were dropped."),
    ask=_("What happened to the rest?"),
)
def last_batch_dropped(x, t, batch_size, rng):
    batches = minibatches(x, t, batch_size, rng)
    return batches[: len(x) // batch_size]


@exercise.mistake(
    of="minibatches",
    says=_("There is a batch without a row."),
    ask=_("What is the mean over no rows?"),
)
def empty_last_batch(x, t, batch_size, rng):
    order = rng.permutation(len(x))
    cuts = [order[k * batch_size : (k + 1) * batch_size] for k in range(len(x) // batch_size + 1)]
    return [(x[rows], t[rows]) for rows in cuts]


@exercise.mistake(
    of="minibatches",
    says=_("The rows are not shuffled: every epoch has the same batches."),
    ask=_("What do two epochs have in common?"),
)
def order_kept(x, t, batch_size, rng):
    return in_order(x, t, batch_size, np.arange(len(x)))


rng_ignored = partial(
    exercise.mistake,
    of="minibatches",
    id="rng_ignored",
    says=_("The order does not come from rng, but from a generator of one's own."),
    ask=_("How could somebody repeat your run, or run it differently?"),
)


@rng_ignored()
def generator_of_its_own(x, t, batch_size, rng):
    return minibatches(x, t, batch_size, np.random.default_rng(0))


@rng_ignored()
def generator_without_a_seed(x, t, batch_size, rng):
    return minibatches(x, t, batch_size, np.random.default_rng())


def in_order(x, t, batch_size, order):
    return [
        (x[order[cut : cut + batch_size]], t[order[cut : cut + batch_size]]) for cut in range(0, len(x), batch_size)
    ]


@exercise.mistake(
    of="loss",
    says=_("The terms are added up over the batch; this loss is their mean."),
    ask=_("What happens to your loss if every row is there twice?"),
)
def sum_for_mean(x, t, w, b):
    return len(x) * loss(x, t, w, b)


@exercise.mistake(
    of="gradients",
    says=_("The gradients are not divided by the rows of this x."),
    ask=_("What does the step become when the batch grows?"),
)
def batch_size_forgotten(x, t, w, b):
    dw, db = slopes(x, t, w, b)
    return len(x) * dw, len(x) * db


@exercise.mistake(
    of="gradients",
    says=_("Prediction and target have changed places: this is minus the gradient."),
    ask=_("Does the loss fall against it?"),
)
def sign_of_the_gradient(x, t, w, b):
    dw, db = slopes(x, t, w, b)
    return -dw, -db


@exercise.mistake(of="sgd_step", says=_("The step goes along the gradient, up the loss."), ask=_("Which way is down?"))
def step_in_the_wrong_direction(params, grads, lr):
    return [p + lr * g for p, g in zip(params, grads, strict=True)]


@exercise.mistake(
    of="sgd_step",
    says=_("The learning rate is not in the step."),
    ask=_("What does lr do in your function?"),
)
def learning_rate_forgotten(params, grads, lr):
    return [p - g for p, g in zip(params, grads, strict=True)]


@exercise.mistake(
    of="sgd_step",
    says=_("The arrays in params were changed in place: the caller's arrays have other numbers now."),
    ask=_("Whose arrays are these when the function begins?"),
)
def arguments_changed(params, grads, lr):
    new = []
    for p, g in zip(params, grads, strict=True):
        p -= lr * g
        new.append(p)
    return new


@exercise.mistake(
    of="sgd_epoch",
    says=_("Every batch was given the gradient of all rows."),
    ask=_("What is the batch for?"),
)
def full_gradient_for_each_batch(x, t, w, b, lr, batch_size, rng):
    for _batch in minibatches(x, t, batch_size, rng):
        w, b = sgd_step([w, b], slopes(x, t, w, b), lr)
    return w, b


@exercise.mistake(
    of="sgd_epoch",
    says=_("All gradients were taken at the weights from the start of the epoch."),
    ask=_("Which weights does the second batch meet?"),
)
def weights_of_the_epochs_start(x, t, w, b, lr, batch_size, rng):
    place = [w, b]
    for xb, tb in minibatches(x, t, batch_size, rng):
        place = sgd_step(place, slopes(xb, tb, w, b), lr)
    return tuple(place)


@exercise.mistake(
    of="sgd_epoch",
    says=_("The epoch ended after its first batch."),
    ask=_("How many rows did the epoch see?"),
)
def one_batch_an_epoch(x, t, w, b, lr, batch_size, rng):
    xb, tb = minibatches(x, t, batch_size, rng)[0]
    return tuple(sgd_step([w, b], slopes(xb, tb, w, b), lr))


def trained(still, epochs=lambda epoch, stopped: epoch):
    """train with another test of stillness, still(moves, tol), or another count."""

    def train(x, t, w, b, lr, batch_size, max_epochs, tol, rng):
        for epoch in range(1, max_epochs + 1):
            before, (w, b) = (w, b), sgd_epoch(x, t, w, b, lr, batch_size, rng)
            if still(moves(before, (w, b)), tol):
                return w, b, epochs(epoch, True)
        return w, b, epochs(max_epochs, False)

    return train


exercise.mistake(
    of="train",
    id="no_early_stop",
    says=_("Training always goes on for max_epochs epochs."),
    ask=_("What is tol for?"),
)(trained(lambda moved, tol: False))

epochs_off_by_one = partial(
    exercise.mistake,
    of="train",
    id="epochs_off_by_one",
    says=_("The last epoch is not in the count."),
    ask=_("How many epochs were done when it stopped?"),
)
quiet = trained(lambda moved, tol: np.max(np.abs(moved)) <= tol, lambda epoch, stopped: epoch - stopped)
epochs_off_by_one()(quiet)
epochs_off_by_one()(trained(lambda moved, tol: np.max(np.abs(moved)) <= tol, lambda epoch, _stopped: epoch - 1))

absolute_value_forgotten = partial(
    exercise.mistake,
    of="train",
    id="absolute_value_forgotten",
    says=_("Only parameters that moved one way count; the others may move as far as they like."),
    ask=_("What about a parameter that moved the other way?"),
)
absolute_value_forgotten()(trained(lambda moved, tol: np.max(-moved) <= tol))
absolute_value_forgotten()(trained(lambda moved, tol: np.max(moved) <= tol))
