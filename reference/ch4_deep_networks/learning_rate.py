"""The learning rate: beyond 2/L descent diverges, far below it crawls, and with noise it has to fall."""

import numpy as np

from grader.course import Exercise, _, expect, expect_shape, expect_true, show

exercise = Exercise(
    title=_("The learning rate and its schedules"),
    after=["sgd"],
    hints=[
        _("Tabulate the three schedules for epochs 0 to 3 by hand. Do they begin with lr0, and do they fall?"),
        _("For f = ½a·x², by which factor does one step multiply x? For which rates is it smaller than 1 in size?"),
        _("In several directions there are several factors 1 − lr·λ. Which two decide how fast the slowest one is?"),
    ],
)


@exercise.function
def step_decay(lr0, epoch, drop, every):
    return lr0 * drop ** (epoch // every)


@exercise.function
def exponential_decay(lr0, epoch, rate):
    return lr0 * np.exp(-rate * epoch)


@exercise.function
def inverse_decay(lr0, epoch, rate):
    return lr0 / (1 + rate * epoch)


@exercise.function
def descend(A, x0, lrs):
    path = [x0]
    for lr in lrs:
        path.append(path[-1] - lr * (A @ path[-1]))
    return np.stack(path)


@exercise.function
def max_learning_rate(A):
    return 2 / np.linalg.eigvalsh(A)[-1]


@exercise.function
def best_learning_rate(A):
    eigenvalues = np.linalg.eigvalsh(A)
    return 2 / (eigenvalues[0] + eigenvalues[-1])


# How the schedules are asked.


def expect_schedule(ask, oracle, points):
    for point, value in zip(points, ask.many(points), strict=True):
        expect(value, oracle(*point))


def expect_falling(ask, rng, *constants):
    """It begins with lr0, never rises, and is proportional to lr0."""
    lr0 = float(rng.uniform(0.01, 1))
    epochs = range(25)
    rates = ask.many([(lr0, epoch, *constants) for epoch in epochs])
    tripled = ask.many([(3 * lr0, epoch, *constants) for epoch in epochs])
    expect(rates[0], lr0, note=_("epoch 0"))
    rises = np.diff(np.array(rates, dtype=float)) > 1e-12
    expect_true(not rises.any(), _("Somewhere the rate rises from one epoch to the next."))
    for rate, threefold in zip(rates, tripled, strict=True):
        expect(threefold, 3 * rate, note=_("lr0 three times as large"))
    show(_("rate by epoch"), rates)


def random_epochs(rng):
    return [int(epoch) for epoch in rng.integers(2, 60, 4)]


# the schedules


@exercise.check("value", of="step_decay", title=_("step_decay: a staircase"))
def steps_down(student, rng):
    lr0, drop, every = float(rng.uniform(0.01, 1)), float(rng.uniform(0.3, 0.8)), int(rng.integers(3, 9))
    epochs = [0, 1, every - 1, every, 2 * every - 1, 2 * every + 1, *random_epochs(rng)]
    points = [(lr0, epoch, drop, every) for epoch in epochs]
    expect_schedule(student.step_decay, step_decay, points)
    expect(student.step_decay(0.1, 25, 0.5, 10), 0.025, shown=True, note=_("the worked number of the statement"))


@exercise.check("law", of="step_decay", title=_("step_decay: lr0 at first, never rising, constant where drop = 1"))
def steps_fall(student, rng):
    expect_falling(student.step_decay, rng, 0.5, 7)
    expect_schedule(student.step_decay, step_decay, [(0.3, epoch, 1.0, 1) for epoch in (0, 1, 10)])


@exercise.check("value", of="exponential_decay", title=_("exponential_decay: lr0 · e^(−rate·epoch)"))
def exponential_values(student, rng):
    lr0, rate = float(rng.uniform(0.01, 1)), float(rng.uniform(0.01, 0.3))
    expect_schedule(student.exponential_decay, exponential_decay, [(lr0, k, rate) for k in (0, 1, *random_epochs(rng))])
    worked = exponential_decay(0.1, 25, 0.1)
    expect(student.exponential_decay(0.1, 25, 0.1), worked, shown=True, note=_("the worked number of the statement"))


@exercise.check("law", of="exponential_decay", title=_("exponential_decay: lr0 at first, constant where rate = 0"))
def exponential_falls(student, rng):
    expect_falling(student.exponential_decay, rng, 0.1)
    expect_schedule(student.exponential_decay, exponential_decay, [(0.3, epoch, 0.0) for epoch in (0, 1, 10)])


@exercise.check("value", of="inverse_decay", title=_("inverse_decay: lr0 / (1 + rate·epoch)"))
def inverse_values(student, rng):
    lr0, rate = float(rng.uniform(0.01, 1)), float(rng.uniform(0.01, 0.3))
    expect_schedule(student.inverse_decay, inverse_decay, [(lr0, k, rate) for k in (1, *random_epochs(rng))])
    worked = inverse_decay(0.1, 25, 0.1)
    expect(student.inverse_decay(0.1, 25, 0.1), worked, shown=True, note=_("the worked number of the statement"))


@exercise.check("law", of="inverse_decay", title=_("inverse_decay: lr0 at first, constant where rate = 0"))
def inverse_falls(student, rng):
    expect_falling(student.inverse_decay, rng, 0.1)
    expect_schedule(student.inverse_decay, inverse_decay, [(0.3, epoch, 0.0) for epoch in (0, 1, 10)])


@exercise.check("experiment", of="inverse_decay", title=_("with noise a falling rate comes closer than a constant one"))
def noise_settles(student, rng):
    rates = np.array(student.inverse_decay.many([(0.5, step, 0.05) for step in range(2000)]), dtype=float)
    expect_shape(rates, (2000,))
    distances = {}
    for name, lrs in (("falling", rates), ("constant", np.full(2000, 0.5))):
        x, way = 1.0, []
        for lr, noise in zip(lrs, rng.normal(size=2000), strict=True):
            x = x - lr * (x + noise)
            way.append(abs(x))
        distances[name] = np.median(way[-200:])
    show(_("median distance of the last 200 steps"), distances)
    closer = distances["falling"] < 0.6 * distances["constant"]
    expect_true(
        closer, _("With your rates the last 200 steps are not closer to the minimum than 0.6 of the constant's.")
    )


# descend


def valley(rng, n):
    """A symmetric positive definite matrix whose axes are turned."""
    B = rng.normal(size=(n, n))
    return B.T @ B / n + 0.1 * np.eye(n)


@exercise.check("value", of="descend", points=2, title=_("descend: every point on the way"))
def way_down(student, rng):
    A, x0, lrs = valley(rng, 3), rng.normal(size=3), rng.uniform(0.05, 0.5, 5)
    expect(student.descend(A, x0, lrs), descend(A, x0, lrs))
    worked = np.diag([1.0, 4.0]), np.ones(2), np.array([0.4, 0.4])
    expect(student.descend(*worked), descend(*worked), shown=True, note=_("the worked number of the statement"))


@exercise.check("law", of="descend", title=_("descend: linear in the start; A·c and rates/c go the same way"))
def descend_laws(student, rng):
    A, lrs, c = valley(rng, 3), rng.uniform(0.05, 0.5, 4), rng.uniform(2, 5)
    one, other = rng.normal(size=(2, 3))
    path, another = student.descend(A, one, lrs), student.descend(A, other, lrs)
    expect(student.descend(A, 2 * one - other, lrs), 2 * path - another, note=_("linear in x0"))
    expect(student.descend(c * A, one, lrs / c), path, note=_("the steeper valley with smaller rates"))


@exercise.check("edge", of="descend", title=_("descend: no step, one dimension, a valley along the axes"))
def short_ways(student, rng):
    x0 = rng.normal(size=3)
    expect(student.descend(valley(rng, 3), x0, np.zeros(0)), x0[None], note=_("no step"))
    for case in (
        (np.array([[2.0]]), x0[:1], np.array([0.1, 0.9])),
        (np.diag([1.0, 2.0, 5.0]), x0, np.array([0.3, 0.1])),
    ):
        expect(student.descend(*case), descend(*case))


# the border and the best rate


@exercise.check("value", of="max_learning_rate", title=_("max_learning_rate: two over the largest eigenvalue"))
def borders(student, rng):
    expect_schedule(student.max_learning_rate, max_learning_rate, [(valley(rng, 4),) for _valley in range(3)])


@exercise.check("law", of="max_learning_rate", title=_("max_learning_rate: c times as steep, a c-th of the border"))
def border_scales(student, rng):
    points = [(valley(rng, 3),) for _valley in range(3)]
    steeper = [(4 * A,) for (A,) in points]
    of_steeper, of_valley = student.max_learning_rate.many(steeper), student.max_learning_rate.many(points)
    for small, large in zip(of_steeper, of_valley, strict=True):
        expect(small, large / 4)


@exercise.check("edge", of="max_learning_rate", title=_("max_learning_rate: one dimension, a valley along the axes"))
def plain_borders(student, rng):
    expect(student.max_learning_rate(np.array([[2.5]])), 0.8)
    expect(
        student.max_learning_rate(np.diag([1.0, 4.0])), 0.5, shown=True, note=_("the worked number of the statement")
    )


@exercise.check("value", of="best_learning_rate", title=_("best_learning_rate: two over largest plus smallest"))
def best_rates(student, rng):
    expect_schedule(student.best_learning_rate, best_learning_rate, [(valley(rng, 4),) for _valley in range(3)])


@exercise.check("edge", of="best_learning_rate", title=_("best_learning_rate: one dimension, a valley along the axes"))
def plain_best_rates(student, rng):
    expect(student.best_learning_rate(np.array([[2.5]])), 0.4)
    expect(
        student.best_learning_rate(np.diag([1.0, 4.0])), 0.4, shown=True, note=_("the worked number of the statement")
    )


def turned_valley(rng):
    """Curvatures 1 and 10 along axes that are turned, and a start that lies between both."""
    angle = rng.uniform(0, np.pi)
    axes = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return axes @ np.diag([1.0, 10.0]) @ axes.T, axes @ np.ones(2)


def distances(student, A, x0, rate, steps):
    """|x| over |x0| along a path of one constant rate."""
    path = student.descend(A, x0, np.full(steps, float(rate)))
    expect_shape(path, (steps + 1, 2))
    return np.linalg.norm(path, axis=1) / np.linalg.norm(x0)


@exercise.check(
    "experiment", of="max_learning_rate", title=_("just below the border it converges, just above it diverges")
)
def border_is_sharp(student, rng):
    A, x0 = turned_valley(rng)
    border = student.max_learning_rate(A)
    below, above, far_below = (distances(student, A, x0, factor * border, 200) for factor in (0.95, 1.05, 0.001))
    show(_("distance after 200 steps at 0.95, 1.05 and 0.001 of the border"), [below[-1], above[-1], far_below[-1]])
    expect_true(below[-1] < 1e-3, _("At 0.95 of your border more than a thousandth is left after 200 steps."))
    expect_true(above[-1] > 1e3, _("At 1.05 of your border the path does not move away."))
    expect_true(far_below[-1] > 0.5, _("At a thousandth of your border less than half is left after 200 steps."))


@exercise.check("experiment", of="best_learning_rate", title=_("the best rate needs the fewest steps"))
def best_is_fastest(student, rng):
    A, x0 = turned_valley(rng)
    best, factors, steps = student.best_learning_rate(A), (0.25, 0.5, 1.0, 1.08), []
    for factor in factors:
        left = distances(student, A, x0, factor * best, 500)
        steps.append(int(np.sum(left > 1e-6)))
    show(_("steps until a millionth is left, at 0.25, 0.5, 1 and 1.08 of the best rate"), steps)
    expect_true(steps[2] == min(steps), _("Another rate than yours needs fewer steps."))


# What beginners write


@exercise.mistake(
    of="step_decay",
    says=_("epoch / every was not rounded down, so that the rate falls at every epoch."),
    ask=_("Does the rate change between two steps?"),
)
def true_division(lr0, epoch, drop, every):
    return lr0 * drop ** (epoch / every)


@exercise.mistake(
    of="step_decay",
    says=_("The rate drops at every epoch."),
    ask=_("What is `every` for?"),
)
def drop_every_epoch(lr0, epoch, drop, every):
    return lr0 * drop**epoch


@exercise.mistake(
    of="step_decay",
    says=_("Every drop comes an epoch too early."),
    ask=_("At which epoch does the first drop come, counted from 0?"),
)
def drops_an_epoch_early(lr0, epoch, drop, every):
    return step_decay(lr0, epoch + 1, drop, every)


@exercise.mistake(
    of="step_decay",
    says=_("The drop was multiplied by the number of drops, not taken to its power."),
    ask=_("Is the rate after two drops larger or smaller than after one?"),
)
def drop_multiplied(lr0, epoch, drop, every):
    return lr0 * drop * (epoch // every)


@exercise.mistake(
    of="exponential_decay",
    says=_("The exponent is positive."),
    ask=_("Does your rate fall?"),
)
def exponent_positive(lr0, epoch, rate):
    return exponential_decay(lr0, epoch, -rate)


@exercise.mistake(
    of="exponential_decay",
    says=_("The rate of decay was taken for the base of the power."),
    ask=_("What is your rate when nothing decays (rate = 0)?"),
)
def rate_as_base(lr0, epoch, rate):
    return lr0 * rate**epoch


@exercise.mistake(
    of="inverse_decay",
    says=_("The 1 in the denominator is missing."),
    ask=_("What is your rate at epoch 0?"),
)
def no_one_plus(lr0, epoch, rate):
    return lr0 / (rate * epoch)


@exercise.mistake(
    of="inverse_decay",
    says=_("1 + rate was taken to the power of the epoch."),
    ask=_("Does it fall like 1/t or like a power of a number?"),
)
def inverse_as_power(lr0, epoch, rate):
    return lr0 / (1 + rate) ** epoch


@exercise.mistake(
    of="descend",
    says=_("The gradient was added."),
    ask=_("In which direction does f fall?"),
)
def ascends(A, x0, lrs):
    return descend(-A, x0, lrs)


@exercise.mistake(
    of="descend",
    says=_("The start is not part of the path."),
    ask=_("How many points does a path of S steps have?"),
)
def start_left_out(A, x0, lrs):
    return descend(A, x0, lrs)[1:]


@exercise.mistake(
    of="descend",
    says=_("The gradient is twice as large as it should be."),
    ask=_("What is the derivative of ½a·x²?"),
)
def gradient_doubled(A, x0, lrs):
    return descend(2 * A, x0, lrs)


@exercise.mistake(
    of="descend",
    says=_("Every step was made with the first rate."),
    ask=_("What is lrs[k] for?"),
)
def first_rate_always(A, x0, lrs):
    return descend(A, x0, np.full(len(lrs), lrs[0])) if len(lrs) else x0[None]


@exercise.mistake(
    of="descend",
    says=_("Every step was made with the gradient at the start."),
    ask=_("Where does the second step read the slope?"),
)
def gradient_at_start_always(A, x0, lrs):
    return np.stack([x0, *(x0 - total * (A @ x0) for total in np.cumsum(lrs))])


@exercise.mistake(
    of="descend",
    says=_("All rows are the last point: one array was changed and appended again and again."),
    ask=_("How many arrays does your list hold?"),
)
def aliased_rows(A, x0, lrs):
    x = x0.copy()
    path = [x]
    for lr in lrs:
        x -= lr * (A @ x)
        path.append(x)
    return np.stack(path)


@exercise.mistake(
    of="max_learning_rate",
    says=_("This is 1/L."),
    ask=_("When is |1 − lr·L| exactly 1?"),
)
def one_over_l(A):
    return max_learning_rate(A) / 2


@exercise.mistake(
    of="max_learning_rate",
    says=_("The trace was taken for the largest eigenvalue."),
    ask=_("Is the trace one eigenvalue?"),
)
def two_over_trace(A):
    return 2 / np.trace(A)


@exercise.mistake(
    of="max_learning_rate",
    says=_("The largest entry was taken for the largest eigenvalue."),
    ask=_("Does the steepest direction lie along an axis?"),
)
def two_over_largest_entry(A):
    return 2 / A.max()


@exercise.mistake(
    of="max_learning_rate",
    says=_("The smallest eigenvalue was taken."),
    ask=_("Which direction breaks out first?"),
)
def smallest_eigenvalue(A):
    return 2 / np.linalg.eigvalsh(A)[0]


@exercise.mistake(
    of="best_learning_rate",
    says=_("This is 1/L."),
    ask=_("Which two factors should be equally large?"),
)
def best_is_one_over_l(A):
    return max_learning_rate(A) / 2


@exercise.mistake(
    of="best_learning_rate",
    says=_("This is 1/(L + l)."),
    ask=_("For which rate is 1 − lr·l = lr·L − 1?"),
)
def best_without_two(A):
    return best_learning_rate(A) / 2
