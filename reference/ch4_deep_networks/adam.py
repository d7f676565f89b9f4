"""Adam: a step of about one learning rate, whatever the scale of the gradient, from the first step on."""

import numpy as np

from grader.course import Exercise, _, expect, show

exercise = Exercise(
    title=_("Adam"),
    after=["optimizers"],
    hints=[
        _("Write m after one, two and three steps with one and the same gradient g. Which factor stands before g?"),
        _("Those factors grow towards 1. By what do you have to divide m so that g itself is left?"),
        _("Count first, then update both averages, then correct copies of them for the step. What is stored?"),
    ],
)


@exercise.function
def adam_init(w):
    return np.zeros(w.shape), np.zeros(w.shape), 0


@exercise.function
def corrected(m, beta, t):
    return m / (1 - beta**t)


@exercise.function
def adam(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = averages(grad, state, beta1, beta2)
    return w - lr * corrected(m, beta1, t) / (np.sqrt(corrected(v, beta2, t)) + eps), (m, v, t)


@exercise.function
def adam_path(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    path, state = [w], adam_init(w)
    for grad in grads:
        w, state = adam(w, grad, state, lr, beta1, beta2, eps)
        path.append(w)
    return np.stack(path)


def averages(grad, state, beta1, beta2):
    """The state after one more gradient."""
    m, v, t = state
    return beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2, t + 1


def somewhere(rng, shape, t):
    """Parameters, a gradient, and the state after t steps."""
    return rng.normal(size=shape), rng.normal(size=shape), (rng.normal(size=shape), rng.uniform(0.1, 2, shape), t)


@exercise.check("value", of="adam_init", title=_("adam_init: averages of nothing, and no step done"))
def fresh_state(student, rng):
    row, grid = rng.normal(size=4), rng.normal(size=(3, 2))
    of_row, of_grid = student.adam_init.many([(row,), (grid,)])
    expect(of_row, adam_init(row))
    expect(of_grid, adam_init(grid))


@exercise.check("value", of="corrected", title=_("corrected: the average without its start-up bias"))
def corrected_values(student, rng):
    points = [(rng.normal(size=3), beta, t) for beta in (0.5, 0.9, 0.999) for t in (1, 2, 10, 10**6)]
    for point, value in zip(points, student.corrected.many(points), strict=True):
        expect(value, corrected(*point))
    expect(student.corrected(0.2, 0.9, 1), 2.0, shown=True, note=_("the worked number of the statement"))


@exercise.check("value", of="adam", points=3, title=_("adam: one step from any state"))
def one_step(student, rng):
    constants = 0.1, rng.uniform(0.5, 0.9), rng.uniform(0.91, 0.99)
    shapes = (4,), (3, 2), (1,)
    cases = [(*somewhere(rng, shape, t), *constants) for shape in shapes for t in (0, 1, 7)]
    points = [(*case, eps) for case in cases for eps in (0.1, 1e-8)]
    for point, value in zip(points, student.adam.many(points), strict=True):
        expect(value, adam(*point))
    start = somewhere(rng, (4,), 2)
    expect(student.adam(*start), adam(*start), note=_("with the defaults"))
    expect(student.adam(*start, eps=0.1, beta2=0.9), adam(*start, eps=0.1, beta2=0.9))


@exercise.check("value", of="adam_path", points=2, title=_("adam_path: every point on the way"))
def whole_path(student, rng):
    w, grads = rng.normal(size=(3, 2)), rng.normal(size=(6, 3, 2))
    constants = {"lr": 0.1, "beta1": 0.7, "beta2": 0.9, "eps": 0.01}
    expect(student.adam_path(w, grads, **constants), adam_path(w, grads, **constants))
    tiny = 1e-7 * grads  # so small that eps decides the step as well
    expect(student.adam_path(w, tiny), adam_path(w, tiny), note=_("with the defaults"))
    worked = np.array([1.0]), np.array([[2.0], [-1.0]]), 0.1
    expect(student.adam_path(*worked), adam_path(*worked), shown=True, note=_("the worked number of the statement"))


@exercise.check("law", of="adam", title=_("adam: the scale of the gradients does not matter, entries do not mix"))
def step_without_scale(student, rng):
    w, grad, (m, v, t) = somewhere(rng, (5,), 3)
    new_w, (new_m, new_v, _t) = student.adam(w, grad, (m, v, t), eps=1e-14)
    scaled = student.adam(w, 100 * grad, (100 * m, 1e4 * v, t), eps=1e-14)
    expect(scaled, (new_w, (100 * new_m, 1e4 * new_v, t + 1)), note=_("gradients 100 times larger"))
    mirrored = student.adam(w[::-1], grad[::-1], (m[::-1], v[::-1], t), eps=1e-14)
    expect(mirrored, (new_w[::-1], (new_m[::-1], new_v[::-1], t + 1)), note=_("the entries in reverse order"))


@exercise.check("law", of="adam_path", title=_("adam_path: no scale, no mixing, no look ahead"))
def path_laws(student, rng):
    w, grads = rng.normal(size=5), rng.normal(size=(6, 5))
    path = student.adam_path(w, grads, eps=1e-14)
    expect(student.adam_path(w, 100 * grads, eps=1e-14), path, note=_("gradients 100 times larger"))
    mirrored = student.adam_path(w[::-1], grads[:, ::-1], eps=1e-14)
    expect(mirrored, path[:, ::-1], note=_("the entries in reverse order"))
    expect(student.adam_path(w, grads[:-1], eps=1e-14), path[:-1], note=_("without the last gradient"))


@exercise.check("edge", of="adam", title=_("adam: a gradient of zero or nearly zero, beta1 = 0, a million steps"))
def edges_of_a_step(student, rng):
    w, grad, state = somewhere(rng, (3,), 10**6)
    zero, tiny = np.zeros(3), 1e-7 * grad
    expect(student.adam(w, zero, adam_init(w)), (w, (zero, zero, 1)), note=_("a zero gradient, the fresh state"))
    expect(student.adam(w, tiny, adam_init(w)), adam(w, tiny, adam_init(w)), note=_("a gradient as small as eps"))
    expect(student.adam(w, grad, state, beta1=0.0), adam(w, grad, state, beta1=0.0), note=_("beta1 = 0"))
    expect(student.adam(w, grad, state), adam(w, grad, state), note=_("after a million steps"))


@exercise.check("edge", of="adam_path", title=_("adam_path: without a gradient there is the start alone"))
def path_of_nothing(student, rng):
    w, grid = rng.normal(size=3), rng.normal(size=(2, 2))
    expect(student.adam_path(w, np.zeros((0, 3))), w[None])
    expect(student.adam_path(grid, np.zeros((0, 2, 2))), grid[None])


@exercise.check("experiment", of="adam", title=_("adam: with a constant gradient every step is lr, the first as well"))
def steps_of_one_lr(student, rng):
    grad = np.logspace(-3, 3, 7) * rng.choice([-1.0, 1.0], 7)
    w, state = rng.normal(size=7), adam_init(grad)
    first = student.adam(w, grad, state, lr=0.1)[0]
    show(_("gradients"), np.abs(grad))
    show(_("first step, in units of lr"), np.abs(first - w) / 0.1)
    show(_("first step without the correction, in units of lr"), (1 - 0.9) / np.sqrt(1 - 0.999))
    for _step in range(50):
        wanted = w - 0.1 * np.sign(grad)
        w, state = student.adam(w, grad, state, lr=0.1)
        expect(w, wanted, rtol=0, atol=1e-4)


@exercise.mistake(
    of="adam_init",
    says=_("The counter starts at 1."),
    ask=_("How many steps were done before the first?"),
)
def counter_from_one(w):
    return np.zeros(w.shape), np.zeros(w.shape), 1


@exercise.mistake(
    of="adam_init",
    says=_("The averages start at 1."),
    ask=_("What is the average of no gradients?"),
)
def state_of_ones(w):
    return np.ones(w.shape), np.ones(w.shape), 0


@exercise.mistake(
    of="adam_init",
    says=_("The averages start as plain numbers."),
    ask=_("Which shape is promised?"),
)
def state_is_numbers(w):
    return 0.0, 0.0, 0


@exercise.mistake(
    of="corrected",
    says=_("The average was multiplied by 1 − beta^t, not divided."),
    ask=_("Is the average too small or too large at the start?"),
)
def correction_multiplied(m, beta, t):
    return m * (1 - beta**t)


@exercise.mistake(
    of="corrected",
    says=_("1 − beta·t was used."),
    ask=_("How do the weights of t gradients add up?"),
)
def beta_times_t(m, beta, t):
    return m / (1 - beta * t)


@exercise.mistake(
    of="corrected",
    says=_("The power was taken of 1 − beta."),
    ask=_("What is subtracted from 1, beta or beta^t?"),
)
def one_minus_beta_to_t(m, beta, t):
    return m / (1 - beta) ** t


@exercise.mistake(
    of="corrected",
    says=_("The exponent is t + 1."),
    ask=_("What should the correction make of m after one step?"),
)
def correction_one_step_late(m, beta, t):
    return m / (1 - beta ** (t + 1))


@exercise.mistake(
    of="corrected",
    says=_("The average comes back as it was."),
    ask=_("How large is m after one step, compared with the gradient?"),
)
def correction_left_out(m, beta, t):
    return m


@exercise.mistake(
    of="adam",
    says=_("The step is made with m and v as they are."),
    ask=_("How large is the first step, in units of lr?"),
)
def no_bias_correction(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = averages(grad, state, beta1, beta2)
    return w - lr * m / (np.sqrt(v) + eps), (m, v, t)


@exercise.mistake(
    of="adam",
    says=_("The corrected averages were stored in the state."),
    ask=_("What would the next step average with?"),
)
def state_keeps_corrected(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w, (m, v, t) = adam(w, grad, state, lr, beta1, beta2, eps)
    return w, (corrected(m, beta1, t), corrected(v, beta2, t), t)


@exercise.mistake(
    of="adam",
    says=_("v averages the absolute value of the gradient, not its square."),
    ask=_("In which unit is √v?"),
)
def second_moment_not_squared(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = averages(grad, state, beta1, beta2)
    v = beta2 * state[1] + (1 - beta2) * np.abs(grad)
    return w - lr * corrected(m, beta1, t) / (np.sqrt(corrected(v, beta2, t)) + eps), (m, v, t)


@exercise.mistake(
    of="adam",
    says=_("eps was added under the root."),
    ask=_("Where does eps stand in the formula?"),
)
def eps_inside_root(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = averages(grad, state, beta1, beta2)
    return w - lr * corrected(m, beta1, t) / np.sqrt(corrected(v, beta2, t) + eps), (m, v, t)


@exercise.mistake(
    of="adam",
    says=_("The correction was moved in front of the fraction, and eps stayed as it was (known as eps-hat)."),
    ask=_("By what was eps multiplied when you moved the correction?"),
)
def eps_hat(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = averages(grad, state, beta1, beta2)
    return w - lr * np.sqrt(1 - beta2**t) / (1 - beta1**t) * m / (np.sqrt(v) + eps), (m, v, t)


@exercise.mistake(
    of="adam",
    says=_("The step was divided by v, without the root."),
    ask=_("What happens to the step if all gradients are 100 times larger?"),
)
def no_root_of_v(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = averages(grad, state, beta1, beta2)
    return w - lr * corrected(m, beta1, t) / (corrected(v, beta2, t) + eps), (m, v, t)


@exercise.mistake(
    of="adam",
    says=_("m was corrected, v was not."),
    ask=_("Which of the two averages starts too small?"),
)
def only_m_corrected(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = averages(grad, state, beta1, beta2)
    return w - lr * corrected(m, beta1, t) / (np.sqrt(v) + eps), (m, v, t)


@exercise.mistake(
    of="adam",
    says=_("Four values come back side by side."),
    ask=_("What is passed in as the state next time?"),
)
def flat_state(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w, state = adam(w, grad, state, lr, beta1, beta2, eps)
    return w, *state


@exercise.mistake(
    of="adam",
    says=_("The step was added."),
    ask=_("In which direction does the loss fall?"),
)
def ascends(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    return adam(w, grad, state, -lr, beta1, beta2, eps)


@exercise.mistake(
    of="adam",
    says=_("The step was made with the gradient in the place of its average."),
    ask=_("What is m for?"),
)
def gradient_for_average(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = averages(grad, state, beta1, beta2)
    return w - lr * grad / (np.sqrt(corrected(v, beta2, t)) + eps), (m, v, t)


@exercise.mistake(
    of="adam",
    says=_("The new state holds the old counter."),
    ask=_("Which step does the next call think it is?"),
)
def counter_not_advanced(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w, (m, v, t) = adam(w, grad, state, lr, beta1, beta2, eps)
    return w, (m, v, t - 1)


@exercise.mistake(
    of="adam",
    says=_("beta1 and beta2 have changed places."),
    ask=_("Which average has the longer memory?"),
)
def betas_exchanged(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    return adam(w, grad, state, lr, beta2, beta1, eps)


@exercise.mistake(
    of="adam",
    says=_("The past has the share 1 − beta and the new gradient the share beta."),
    ask=_("With beta1 = 0.9, what is the share of the past?"),
)
def weights_exchanged(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = averages(grad, state, 1 - beta1, 1 - beta2)
    return w - lr * corrected(m, beta1, t) / (np.sqrt(corrected(v, beta2, t)) + eps), (m, v, t)


@exercise.mistake(
    of="adam_path",
    says=_("The start is not part of the path."),
    ask=_("How many points does a path of S steps have?"),
)
def path_without_start(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    return adam_path(w, grads, lr, beta1, beta2, eps)[1:]


@exercise.mistake(
    of="adam_path",
    says=_("Every step starts from the fresh state."),
    ask=_("What does the second step know of the first?"),
)
def state_fresh_every_step(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    path = [w]
    for grad in grads:
        path.append(adam(path[-1], grad, adam_init(w), lr, beta1, beta2, eps)[0])
    return np.stack(path)


@exercise.mistake(
    of="adam_path",
    says=_("Every step is made with the default constants."),
    ask=_("Which rate does your inner call use?"),
)
def constants_not_passed_on(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    return adam_path(w, grads)


@exercise.mistake(
    of="adam_path",
    says=_("The rate reached the steps; beta1, beta2 and eps did not."),
    ask=_("Which constants does your inner call pass on?"),
)
def only_the_rate_passed_on(w, grads, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    return adam_path(w, grads, lr)
