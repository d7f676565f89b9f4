"""Capstone: to add two marked numbers among many, a cell must carry the first until the second comes."""

import autograd.numpy as np
from autograd import value_and_grad

from grader.course import Exercise, _, expect, expect_gradient, expect_shape, expect_true, show
from reference.common import (
    Part,
    adam_trained,
    awkward,
    expect_learnt,
    expect_values,
    fresh,
    gated,
    gated_params,
    held,
    mixed,
    rollout_cell,
    sigmoid,
)

exercise = Exercise(
    capstone=True,
    title=_("Capstone: the adding problem by one's own LSTM"),
    after=["lstm", "adam"],
    hints=[
        _("In how many ways can two of five steps be marked? How would you draw each of them equally often?"),
        _("The loss sees the last h alone. Which two errors walk back from there, and which of them goes far?"),
        _("Before you train for long: does the loss of one batch fall if you update on it again and again?"),
    ],
    limits={"call": 20.0, "cpu": 90.0, "wall": 150.0},
)
GATES = "aifo"


@exercise.function
def make_data(N, T, rng):
    marks = np.argsort(rng.random((T, N)), axis=0) < 2
    values = rng.random((T, N))
    return np.stack([values, marks.astype(float)], axis=2), np.sum(values * marks, axis=0)[:, None]


@exercise.function
def predict(x, params):
    return states(x, params)[0][-1] @ params["V"] + params["c"]


def states(x, params, carry=lambda h, c: (h, c)):
    """hs and cs from the zero start on."""
    zero = np.zeros((x.shape[1], len(params["b_f"])))
    return rollout_cell(lambda x_t, h, c: step(x_t, h, c, params), x, zero, zero, carry)


def step(x, h, c, params):
    a = np.tanh(gated(x, h, params, "a"))
    i, f, o = (sigmoid(gated(x, h, params, gate)) for gate in "ifo")
    c_new = f * c + i * a
    return o * np.tanh(c_new), c_new


def loss(params, x, t, predict=predict):
    params = {key: params[key] for key in params}  # taken out once: autograd pays for the whole dict each time
    return 0.5 * np.sum((predict(x, params) - t) ** 2) / len(t)


@exercise.function
def loss_gradients(x, t, params):
    return value_and_grad(loss)(params, x, t)


@exercise.function
def train(T, n_h, steps, rng):
    return adam_trained(start(rng, n_h), on_fresh_data(T, rng), steps)


def start(rng, n_h):
    """Parameters to start from, the forget gate half open."""
    ends = {"V": rng.normal(scale=1 / np.sqrt(n_h), size=(n_h, 1)), "c": np.zeros(1)}
    return {**gated_params(rng, 2, n_h, GATES, bias=0.0), "b_f": np.ones(n_h), **ends}


def on_fresh_data(T, rng):
    """The loss and its gradients on a batch that is drawn anew each time."""
    return lambda params: by_algebra(*make_data(32, T, rng), params)


def by_algebra(x, t, params):
    """loss_gradients ten times as fast as through autograd, so that training can be checked in seconds."""
    W, U, b = (np.concatenate([params[f"{key}_{gate}"] for gate in GATES], axis=-1) for key in "WUb")
    h = c = np.zeros((x.shape[1], len(params["b_f"])))
    trace = []
    for x_t in x:
        a, i, f, o = np.split(x_t @ W + h @ U + b, 4, axis=1)
        a, i, f, o = np.tanh(a), sigmoid(i), sigmoid(f), sigmoid(o)
        squashed = np.tanh(f * c + i * a)
        trace.append((x_t, h, c, a, i, f, o, squashed))
        h, c = o * squashed, f * c + i * a
    dy = (h @ params["V"] + params["c"] - t) / len(t)
    dW, dU, db, dh, dc = 0.0, 0.0, 0.0, dy @ params["V"].T, 0.0
    for x_t, before, old, a, i, f, o, squashed in reversed(trace):
        dc = dc + dh * o * (1 - squashed**2)
        errors = dc * i * (1 - a**2), dc * a * i * (1 - i), dc * old * f * (1 - f), dh * squashed * o * (1 - o)
        du = np.concatenate(errors, axis=1)
        dW, dU, db = dW + x_t.T @ du, dU + before.T @ du, db + du.sum(axis=0)
        dh, dc = du @ U.T, dc * f
    grads = {"V": h.T @ dy, "c": dy.sum(axis=0)}
    for key, joined in (("W", dW), ("U", dU), ("b", db)):
        grads |= {f"{key}_{gate}": part for gate, part in zip(GATES, np.split(joined, 4, axis=-1), strict=True)}
    return 0.5 * np.sum(dy**2) * len(t), grads


def draw(rng, T, N, n_h):
    """Sequences, targets, and all fourteen parameters."""
    ends = {"V": rng.normal(size=(n_h, 1)), "c": rng.normal(size=1)}
    return rng.normal(size=(T, N, 2)), rng.normal(size=(N, 1)), {**gated_params(rng, 2, n_h, GATES), **ends}


@exercise.check("law", of="make_data", title=_("make_data: numbers in [0, 1), two marks for each, and their sum"))
def data_laws(student, rng):
    for N, T in ((2000, 5), (3, 2), (1, 7)):
        x, t = student.make_data(N, T, fresh(rng))
        expect_shape(x, (T, N, 2), note=_("N = {N}, T = {T}").format(N=N, T=T), reveals="batch_major")
        values, marks = x[..., 0], x[..., 1]
        expect_true(np.all((marks == 0) | (marks == 1)), _("There are marks that are neither 0 nor 1."), got=x)
        two = np.all(marks.sum(axis=0) == 2)
        expect_true(two, _("Some examples do not have two marks."), got=x, reveals="markers_may_coincide")
        sums = np.sum(values * marks, axis=0)[:, None]
        halved = np.shape(t) == (N, 1) and np.allclose(np.asarray(t) * 2, sums)
        expect_true(not halved, _("t is the mean of the marked numbers."), got=t, reveals="mean_instead_of_sum")
        expect(t, sums, shown=True, note=_("t is the sum of the marked numbers"))
        expect_true(np.all((values >= 0) & (values < 1)), _("There are numbers outside of [0, 1)."), got=x)
    values = student.make_data(2000, 5, fresh(rng))[0][..., 0]
    usual = abs(np.mean(values) - 0.5) < 0.02 and abs(np.std(values) - 0.289) < 0.02
    expect_true(usual, _("The numbers are not uniform in [0, 1): mean and deviation are not 0.5 and 0.289."))


@exercise.check("law", of="make_data", title=_("make_data: every pair of steps is marked equally often"))
def pairs_of_steps(student, rng):
    x, _t = student.make_data(2000, 5, fresh(rng))
    marks = x[..., 1]
    same = np.all(marks == marks[:, :1])
    expect_true(not same, _("All examples have the same marks."), got=x, reveals="same_marks_for_all")
    counts = np.array([np.sum(marks[j] * marks[k]) for j in range(5) for k in range(j)])
    show(_("how often each of the ten pairs is marked"), counts)
    halves = np.all(marks[:2].sum(axis=0) == 1) or np.all(marks[:3].sum(axis=0) == 1)
    expect_true(not halves, _("One mark is always in the first half."), got=x, reveals="one_mark_in_each_half")
    even = np.all((counts >= 120) & (counts <= 290))
    expect_true(even, _("Some pairs of steps are marked far more often than others."), got=x)


@exercise.check("value", of="predict", title=_("predict: what the last state says"))
def predictions(student, rng):
    x, _t, params = draw(rng, 6, 3, 4)
    expect_values(student.predict, predict, [(x, params)])


@exercise.check("edge", of="predict", title=_("predict: one step, one example, arrays of every kind"))
def prediction_edges(student, rng):
    (x, _t, params), (one, _t, other) = draw(rng, 4, 3, 4), draw(rng, 1, 1, 3)
    expect_values(student.predict, predict, [(one, other), (awkward(x), params)])


@exercise.check("value", of="loss_gradients", title=_("loss_gradients: the loss"))
def loss_values(student, rng):
    x, t, params = draw(rng, 5, 3, 4)
    expect(Part(student.loss_gradients, 0)(x, t, params), loss(params, x, t))


@exercise.check("gradient", of="loss_gradients", points=2, title=_("loss_gradients: the slopes of your own loss"))
def own_slopes(student, rng):
    claimed = Part(student.loss_gradients, 1)
    expect_gradient(student.loss_gradients, claimed, at=draw(rng, 5, 3, 3), wrt=2, output=0)


@exercise.check("edge", of="loss_gradients", title=_("loss_gradients: one step, one example, arrays of every kind"))
def gradient_edges(student, rng):
    claimed = Part(student.loss_gradients, 1)
    expect_gradient(student.loss_gradients, claimed, at=draw(rng, 1, 1, 2), wrt=2, output=0)
    x, t, params = draw(rng, 4, 3, 4)
    value, usual = student.loss_gradients.many([(awkward(x), awkward(t), params), (x, t, params)])
    expect(value, usual, shown=True, note=_("read-only arrays that are not contiguous"))


@exercise.check("experiment", of="train", points=3, title=_("train: two of three starts learn to add"))
def learns_to_add(student, rng):
    x, t = make_data(500, 10, fresh(rng))
    shapes = {key: p.shape for key, p in start(fresh(rng), 16).items()}
    show(_("loss of always answering 1"), float(0.5 * np.mean((1 - t) ** 2)))
    expect_learnt(student.train, (10, 16), 400, lambda p: loss(p, x, t), shapes, rng, late=0.05, final=0.05)


# What beginners write.


def data(values, marks):
    """x and t from numbers and marks, both (T, N)."""
    return np.stack([values, marks], axis=2), np.sum(values * marks, axis=0)[:, None]


def marked(T, *steps):
    """Marks (T, N) of 1 at these steps, each an array (N,)."""
    return np.minimum(1.0, sum((np.arange(T)[:, None] == step).astype(float) for step in steps))


@exercise.mistake(
    of="make_data",
    says=_("The two marks were drawn independently and sometimes fall on the same step."),
    ask=_("How often does your example have one mark only?"),
)
def markers_may_coincide(N, T, rng):
    return data(rng.random((T, N)), marked(T, *rng.integers(0, T, (2, N))))


@exercise.mistake(
    of="make_data",
    says=_("The marks were drawn once for the whole batch."),
    ask=_("Could a network cheat that always looks at the same two steps?"),
)
def same_marks_for_all(N, T, rng):
    first, second = rng.permutation(T)[:2]
    return data(rng.random((T, N)), marked(T, np.full(N, first), np.full(N, second)))


@exercise.mistake(
    of="make_data",
    says=_("One mark is drawn in the first half, the other in the second."),
    ask=_("Can both marks lie in the first half? (Other authors draw it that way.)"),
)
def one_mark_in_each_half(N, T, rng):
    marks = marked(T, rng.integers(0, T // 2, N), rng.integers(T // 2, T, N))
    return data(rng.random((T, N)), marks)


@exercise.mistake(
    of="make_data",
    says=_("The target is the mean of the two marked numbers."),
    ask=_("What is to be added?"),
)
def mean_instead_of_sum(N, T, rng):
    x, t = make_data(N, T, rng)
    return x, t / 2


@exercise.mistake(
    of="make_data",
    says=_("The first axis of x counts the examples, the second the steps."),
    ask=_("Which axis is time?"),
)
def batch_major(N, T, rng):
    x, t = make_data(N, T, rng)
    return np.swapaxes(x, 0, 1), t


@exercise.mistake(
    of="predict",
    says=_("The output was calculated from the cell."),
    ask=_("Which of the two leaves the block?"),
)
def cell_instead_of_state(x, params):
    return states(x, params)[1][-1] @ params["V"] + params["c"]


@exercise.mistake(
    of="loss_gradients",
    says=_("No error was handed from the cell of one step to the cell before."),
    ask=_("Which memory carries the error over ten steps?"),
)
def cell_error_not_carried(x, t, params):
    def cut(x, params):
        return states(x, params, lambda h, c: (h, held(c)))[0][-1] @ params["V"] + params["c"]

    return value_and_grad(loss)(params, x, t, cut)


@exercise.mistake(
    of="loss_gradients",
    says=_("All gradients are N times too large."),
    ask=_("Your loss has a factor in front of the sum. Where is it now?"),
)
def batch_not_averaged(x, t, params):
    value, grads = loss_gradients(x, t, params)
    return value, mixed([len(t)], [grads])


@exercise.mistake(
    of="train",
    says=_("The loss rises: the parameters go with the gradient, not against it."),
    ask=_("Which sign has the gradient in your update, and does your loss fall?"),
)
def uphill(T, n_h, steps, rng):
    return adam_trained(start(rng, n_h), on_fresh_data(T, rng), steps, lr=-0.01)


@exercise.mistake(
    of="train",
    says=_("The parameters returned are those of the start."),
    ask=_("Are the parameters different after a step?"),
)
def never_updated(T, n_h, steps, rng):
    params = start(rng, n_h)
    return params, np.array([on_fresh_data(T, rng)(params)[0] for _step in range(steps)])
