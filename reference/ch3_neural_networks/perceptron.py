"""The simple perceptron: it fires or it does not, and where it was wrong its line moves."""

from functools import partial

import autograd.numpy as np

from grader.course import Exercise, _, expect, expect_shape, expect_true, show
from reference.common import awkward, locked, sigmoid

exercise = Exercise(
    title=_("The simple perceptron"),
    after=[],
    hints=[
        _("Draw the four rows of AND as points in the plane. Where can a line pass that leaves (1, 1) alone?"),
        _("Take one row that should fire and does not. Which change of w makes its score larger?"),
        _("t − y can be three numbers only. What should happen to w and b for each of them?"),
        _("In `train`, when is a row counted: before its own update or after it? With which weights is it asked?"),
    ],
)
ROWS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
AND, OR, XOR = np.array([0.0, 0, 0, 1]), np.array([0.0, 1, 1, 1]), np.array([0.0, 1, 1, 0])


@exercise.function
def step(u):
    return np.where(np.greater_equal(u, 0), 1.0, 0.0)


@exercise.function
def predict(x, w, b):
    return step(np.dot(x, w) + b)


@exercise.function
def and_gate():
    return np.array([1.0, 1.0]), -1.5


@exercise.function
def or_gate():
    return np.array([1.0, 1.0]), -0.5


@exercise.function
def update(x, t, w, b, lr):
    error = t - step(np.dot(x, w) + b)
    return w + lr * error * x, b + lr * error


@exercise.function
def train(x, t, w, b, lr, epochs):
    mistakes = []
    while len(mistakes) < epochs and (not mistakes or mistakes[-1] > 0):
        wrong = 0
        for row, target in zip(x, t, strict=True):
            wrong += step(np.dot(row, w) + b) != target
            w, b = update(row, target, w, b, lr)
        mistakes.append(wrong)
    return w, b, np.array(mistakes)


def lesson(rng, N, margin=0.2):
    """x, t and the line (v, c) that parts them, with |v| = 1: no point is nearer to it than the margin."""
    angle, c = rng.uniform(0, 2 * np.pi), rng.uniform(-0.4, 0.4)
    v = np.array([np.cos(angle), np.sin(angle)])
    x = rng.normal(size=(20 * N, 2))
    x = x[np.abs(x @ v + c) >= margin][:N]
    return x, predict(x, v, c), v, c


@exercise.check("value", of="step", title=_("step: 1 from 0 on, 0 below, in every shape"))
def every_shape(student, rng):
    for u in (rng.normal(scale=2, size=7), rng.normal(scale=2, size=(3, 4)), 0.7, -0.7):
        expect(student.step(u), step(u))


@exercise.check("edge", of="step", title=_("step: exactly 0, next to 0, and whole numbers"))
def next_to_zero(student, rng):
    for u in (np.array([0.0, -0.0, 2.0]), 0.0):
        expect(student.step(u), step(u), shown=True, note=_("a score of exactly 0"))
    expect(student.step(np.array([1e-300, -1e-300])), np.array([1.0, 0.0]))
    whole = rng.permutation(np.arange(-3, 4))
    expect(student.step(whole), step(whole.astype(float)), note=_("an array of integers"))
    u = rng.normal(scale=2, size=(3, 4))
    expect(student.step(awkward(u)), step(u), note=_("an array that is read-only and not contiguous"))
    expect(student.step(u.astype("float32")), step(u), note=_("an array of float32"))


@exercise.check("value", of="predict", title=_("predict: one answer for each row, in every size"))
def one_answer_for_each_row(student, rng):
    for N, n in ((40, 3), (1, 1), (5, 5), (20, 2)):
        x, w, b = rng.normal(size=(N, n)), rng.normal(size=n), rng.choice([-1, 1]) * rng.uniform(0.5, 1.5)
        expect(student.predict(x, w, b), predict(x, w, b))


def expect_gate(gate, answers, too_early):
    """w and b of one's own choice do on the four rows what the gate should; exactly 0 fires."""
    expect_true(
        isinstance(gate, tuple | list) and len(gate) == 2, _("A gate is two things: the weights w and the bias b.")
    )
    w, b = gate
    expect_shape(w, (2,))
    expect_shape(b, ())
    u = ROWS @ np.asarray(w) + b
    show(_("scores of the four rows"), u)
    fires = u >= -1e-12  # 0.7 + 0.1 − 0.8 is a hair below 0, and was meant to be 0
    says = _("The gate says {fires} to the rows (0, 0), (0, 1), (1, 0), (1, 1).").format(
        fires=", ".join(str(int(fire)) for fire in fires)
    )
    expect_true(not fires[0], says, got=b, reveals="gate_always_fires")
    expect_true(np.array_equal(fires[1:3], answers[1:3] > 0), says, got=b, reveals=too_early)
    expect_true(fires[3], says, got=b)


@exercise.check("value", of="and_gate", title=_("and_gate: fires for (1, 1) alone"))
def fires_for_both(student, rng):
    expect_gate(student.and_gate(), AND, "and_threshold_too_low")


@exercise.check("value", of="or_gate", title=_("or_gate: fires for every row but (0, 0)"))
def fires_for_any(student, rng):
    expect_gate(student.or_gate(), OR, "or_threshold_too_high")


@exercise.check("value", of="update", points=2, title=_("update: moves where it was wrong, stays where it was right"))
def one_example(student, rng):
    w, b, lr = (
        rng.choice([-1, 1], size=4) * rng.uniform(0.5, 1.5, size=4),
        rng.uniform(-0.3, 0.3),
        rng.uniform(0.1, 0.8),
    )
    x = rng.normal(size=(40, 4))
    lowest, highest = x[np.argsort(x @ w)[[0, -1]]]
    points = [(row, t, w, b, lr) for row in (lowest, highest) for t in (1.0, 0.0)]
    for value, point in zip(student.update.many(points), points, strict=True):
        expect(value, update(*point))
    expect(
        student.update(np.array([1.0, 2.0]), 1.0, np.array([0.5, -0.5]), -0.2, 0.1),
        (np.array([0.6, -0.3]), -0.1),
        shown=True,
        note=_("the worked number"),
    )


@exercise.check("value", of="train", points=2, title=_("train: weights, bias and the mistakes of every epoch"))
def epochs_of_training(student, rng):
    x, t, _v, _c = lesson(rng, 30)
    w, b, lr = rng.normal(size=2), rng.normal(), rng.uniform(0.3, 0.8)
    for epochs in (2, 500):
        expect(student.train(x, t, w, b, lr, epochs), train(x, t, w, b, lr, epochs))


@exercise.check("law", of="predict", title=_("predict: only yes or no, however far from the line"))
def only_yes_or_no(student, rng):
    x, w, b = rng.normal(size=(30, 3)), rng.normal(size=3), rng.normal()
    said = student.predict(x, w, b)
    expect_shape(said, (30,))
    expect_true(np.all(np.isin(said, (0, 1))), _("There are other answers than 0 and 1."), got=said)
    for scale in (0.01, 100.0):
        expect(student.predict(x, scale * w, scale * b), said, note=_("w and b scaled by one positive number"))
    u = rng.normal(scale=2, size=4000)
    spam, near, far = rng.uniform(size=4000) < sigmoid(u), (u >= 0) & (u < 0.5), u >= 3
    said = student.predict(u[:, None], np.array([1.0]), 0.0)
    show(_("truly spam, score from 0 to 0.5 and from 3 on"), np.array([spam[near].mean(), spam[far].mean()]))
    expect(said, step(u), note=_("4,000 mails, each with its score as the only input"))


@exercise.check("edge", of="update", title=_("update: a score of exactly 0, and arrays of every kind"))
def update_at_zero(student, rng):
    x, lr = rng.uniform(0.5, 2, size=2), rng.uniform(0.1, 0.8)
    zero = (x, 0.0, np.zeros(2), 0.0, lr)
    expect(student.update(*zero), update(*zero), note=_("a score of exactly 0 and the target 0"))
    x, w, b = rng.normal(size=3), rng.normal(size=3), rng.normal()
    for t in (0.0, 1.0):
        kinds = awkward(x), t, locked(w), b, lr
        expect(student.update(*kinds), update(x, t, w, b, lr), note=_("arrays that are read-only and not contiguous"))


@exercise.check("edge", of="train", title=_("train: from zero, one row, one epoch, arrays of every kind"))
def train_from_zero(student, rng):
    kinds = awkward(ROWS), locked(AND), locked(np.zeros(2)), 0.0, 0.5, 50
    worked = np.array([1.0, 0.5]), -1.5, np.array([2, 3, 3, 2, 1, 0])
    expect(student.train(*kinds), worked, shown=True, note=_("AND from w = (0, 0) and b = 0"))
    w, lr = rng.normal(size=3), rng.uniform(0.3, 0.8)
    one = rng.normal(size=(1, 3)), np.array([1.0]), w, 0.1, lr, 1
    expect(student.train(*one), train(*one), note=_("one row, one epoch"))


@exercise.check("experiment", of="train", title=_("train: mistakes end where a line exists, and never for XOR"))
def only_a_line(student, rng):
    x, t, v, c = lesson(rng, 40)
    mistakes = student.train(x, t, np.zeros(2), 0.0, 1.0, 2000)[2]
    expect_shape(mistakes, (np.size(mistakes),), note=_("the mistakes of each epoch"))
    mistakes = np.asarray(mistakes, dtype=float)
    radius = np.sqrt(np.max(np.sum(x**2, axis=1)) + 1)
    gap = np.min(np.abs(x @ v + c)) / np.sqrt(1 + c**2)
    show(_("mistakes in each epoch, with a line between"), mistakes)
    show(_("mistakes in all, and the most there can be"), np.array([mistakes.sum(), (radius / gap) ** 2]))
    expect_true(mistakes[-1] == 0, _("There is a line between the classes, and training did not find it."))
    expect_true(mistakes.sum() <= (radius / gap) ** 2, _("There are more mistakes than the theorem allows."))
    for _start in range(10):
        w, b = rng.normal(size=2), rng.normal()
        mistakes = student.train(ROWS, XOR, w, b, 0.5, 60)[2]
        expect_shape(mistakes, (60,))
        mistakes = np.asarray(mistakes, dtype=float)
        expect_true(np.all(mistakes > 0), _("An epoch over XOR has no mistake: no line can do that."), got=mistakes)
    show(_("mistakes in each epoch, XOR"), mistakes)


@exercise.mistake(
    of="step",
    says=_("A score of exactly 0 does not fire here."),
    ask=_("What does the statement say about a score of exactly 0?"),
)
def step_zero_at_zero(u):
    return np.where(np.greater(u, 0), 1.0, 0.0)


@exercise.mistake(
    of="step",
    says=_("Where the neuron does not fire, −1 is given, as other courses have it."),
    ask=_("Which two values does this course's neuron give?"),
)
def step_gives_minus_one(u):
    return np.where(np.greater_equal(u, 0), 1.0, -1.0)


@exercise.mistake(
    of="step",
    says=_("A positive score is passed on as it is: this is another activation."),
    ask=_("Does a neuron that fires fire more or less strongly here?"),
)
def step_keeps_the_score(u):
    return np.maximum(u, 0)


@exercise.mistake(
    of="predict",
    says=_("The bias is not in the score: the line always passes through the origin."),
    ask=_("Which line through the plane can you draw without b?"),
)
def bias_forgotten(x, w, b):
    return step(x @ w)


@exercise.mistake(
    of="predict",
    says=_("b is taken off the score, as a threshold would be."),
    ask=_("Is b added to the score, or is the score compared with it?"),
)
def threshold_for_bias(x, w, b):
    return step(x @ w - b)


@exercise.mistake(
    of="predict",
    says=_("This is the score, not the neuron's answer."),
    ask=_("What turns the score into yes or no?"),
)
def step_forgotten(x, w, b):
    return x @ w + b


@exercise.mistake(
    of="and_gate",
    says=_("This gate fires for a row in which only one input is on."),
    ask=_("What is the score when only one input is on?"),
)
def and_threshold_too_low():
    return np.array([1.0, 1.0]), -0.5


@exercise.mistake(
    of="or_gate",
    says=_("This gate does not fire for a row in which only one input is on."),
    ask=_("What is the score when only one input is on?"),
)
def or_threshold_too_high():
    return np.array([0.5, 0.5]), -0.7


gate_always_fires = partial(
    exercise.mistake,
    id="gate_always_fires",
    says=_("The gate fires for (0, 0), where the score is the bias alone."),
    ask=_("What does the gate say to (0, 0)?"),
)


@gate_always_fires(of="and_gate")
def and_with_a_positive_bias():
    return np.array([1.0, 1.0]), 0.0


@gate_always_fires(of="or_gate")
def or_with_a_positive_bias():
    return np.array([1.0, 1.0]), 0.5


sign_of_the_error = partial(
    exercise.mistake,
    of="update",
    id="sign_of_the_error",
    says=_("The weights move the wrong way: the score of this row becomes still more wrong."),
    ask=_("The neuron said 0 and should have said 1: should the score of this row rise or fall?"),
)


@sign_of_the_error()
def away_from_the_target(x, t, w, b, lr):
    error = step(x @ w + b) - t
    return w + lr * error * x, b + lr * error


@sign_of_the_error()
def weights_away_from_the_target(x, t, w, b, lr):
    error = t - step(x @ w + b)
    return w - lr * error * x, b + lr * error


@exercise.mistake(
    of="update", says=_("The bias stays as it was."), ask=_("Which input does the bias belong to, and how large is it?")
)
def bias_not_updated(x, t, w, b, lr):
    return update(x, t, w, b, lr)[0], b


@exercise.mistake(
    of="update",
    says=_("The learning rate is not in the step."),
    ask=_("What happens to your result when lr is doubled?"),
)
def learning_rate_forgotten(x, t, w, b, lr):
    return update(x, t, w, b, 1.0)


@exercise.mistake(
    of="update",
    says=_("The error was taken from the score x·w + b, before the step."),
    ask=_("Is y the score or the answer of the neuron?"),
)
def score_instead_of_output(x, t, w, b, lr):
    error = t - (x @ w + b)
    return w + lr * error * x, b + lr * error


arguments_changed = partial(
    exercise.mistake,
    id="arguments_changed",
    says=_("w was changed in place: the caller's array has other numbers now."),
    ask=_("Whose array is w when the function begins?"),
)


@arguments_changed(of="update")
def update_in_place(x, t, w, b, lr):
    error = t - step(x @ w + b)
    w += lr * error * x
    return w, b + lr * error


@exercise.mistake(
    of="train",
    says=_("All rows of an epoch were asked with the weights from its start."),
    ask=_("Which weights does the second row meet?"),
)
def weights_of_the_epochs_start(x, t, w, b, lr, epochs):
    mistakes = []
    for _epoch in range(epochs):
        errors = t - predict(x, w, b)
        mistakes.append(np.count_nonzero(errors))
        w, b = w + lr * errors @ x, b + lr * np.sum(errors)
        if mistakes[-1] == 0:
            break
    return w, b, mistakes


@exercise.mistake(
    of="train",
    says=_("Training goes on after an epoch without a mistake."),
    ask=_("What can still change after an epoch without a mistake?"),
)
def no_early_stop(x, t, w, b, lr, epochs):
    w, b, mistakes = train(x, t, w, b, lr, epochs)
    return w, b, np.concatenate([mistakes, np.zeros(epochs - len(mistakes))])


@exercise.mistake(
    of="train",
    says=_("A row is counted after it was learned: many that were wrong are right by then."),
    ask=_("Was the row wrong when it was asked, or after it was taught?"),
)
def counted_after_the_update(x, t, w, b, lr, epochs):
    mistakes = []
    while len(mistakes) < epochs and (not mistakes or mistakes[-1] > 0):
        wrong = 0
        for row, target in zip(x, t, strict=True):
            w, b = update(row, target, w, b, lr)
            wrong += step(np.dot(row, w) + b) != target
        mistakes.append(wrong)
    return w, b, np.array(mistakes)


@arguments_changed(of="train")
def train_in_place(x, t, w, b, lr, epochs):
    mistakes = []
    while len(mistakes) < epochs and (not mistakes or mistakes[-1] > 0):
        wrong = 0
        for row, target in zip(x, t, strict=True):
            error = target - step(np.dot(row, w) + b)
            wrong += error != 0
            w += lr * error * row
            b += lr * error
        mistakes.append(wrong)
    return w, b, np.array(mistakes)
