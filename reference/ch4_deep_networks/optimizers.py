"""Optimizers: what each rule remembers from step to step, and where its constants stand."""

import numpy as np

from grader.course import Exercise, _, expect, expect_shape, expect_true, show

exercise = Exercise(
    title=_("Momentum and adaptive rates"),
    after=["learning_rate"],
    hints=[
        _("Do two steps of every rule by hand with gradient 1 and state 0. What does the state hold after each?"),
        _("First the new state, then the step. Which of the two, old or new, does each formula use for w?"),
        _("Compare 1/(√s + eps) and 1/√(s + eps) for s = 0 and eps = 0.01. Which of them does the table ask for?"),
    ],
)


@exercise.function
def momentum(w, grad, v, lr, mu=0.9):
    v = mu * v - lr * grad
    return w + v, v


@exercise.function
def nesterov(w, grad, v, lr, mu=0.9):
    v = mu * v - lr * grad
    return w + mu * v - lr * grad, v


@exercise.function
def adagrad(w, grad, s, lr, eps=1e-8):
    s = s + grad**2
    return w - lr * grad / (np.sqrt(s) + eps), s


@exercise.function
def rmsprop(w, grad, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * grad**2
    return w - lr * grad / (np.sqrt(s) + eps), s


@exercise.function
def adadelta(w, grad, state, rho=0.95, eps=1e-6):
    s, u = state
    s = rho * s + (1 - rho) * grad**2
    d = -np.sqrt(u + eps) / np.sqrt(s + eps) * grad
    return w + d, (s, rho * u + (1 - rho) * d**2)


SHAPES = (4,), (3, 2), (1,)


def expect_steps(ask, oracle, rng, *constants, **named):
    """Single steps from random states, constants in their places and by name, and ten steps in a chain from zero."""
    for shape in SHAPES:
        w, grad, state = rng.normal(size=shape), rng.normal(size=shape), rng.uniform(0.1, 2, shape)
        expect(ask(w, grad, state, *constants), oracle(w, grad, state, *constants))
        expect(ask(w, grad, state, constants[0], **named), oracle(w, grad, state, constants[0], **named))
        expect(ask(w, grad, state, constants[0]), oracle(w, grad, state, constants[0]), note=_("with the defaults"))
    for step, want in chain(oracle, w, np.zeros(1), rng, 0.1):
        expect(ask(*step, 0.1), want, note=_("one of ten steps in a chain"))


def chain(oracle, w, state, rng, *constants):
    """Ten steps on random gradients: (what is asked, what is right) for each of them."""
    way = []
    for grad in rng.normal(size=(10, *w.shape)):
        answer = oracle(w, grad, state, *constants)
        way.append(((w, grad, state), answer))
        w, state = answer
    return way


def expect_entries_apart(ask, rng, *constants):
    """The same entries in reverse order are led the same way."""
    w, grad, state = rng.normal(size=5), rng.normal(size=5), rng.uniform(0.1, 2, 5)
    new, kept = ask(w, grad, state, *constants)
    expect(
        ask(w[::-1], grad[::-1], state[::-1], *constants), (new[::-1], kept[::-1]), note=_("entries in reverse order")
    )


def expect_no_scale(ask, rng):
    """From a zero state the step is the same for gradients that are 7 times larger."""
    w, grad = rng.normal(size=4), rng.normal(size=4)
    new, s = ask(w, grad, np.zeros(4), 0.1, eps=1e-12)
    expect(ask(w, 7 * grad, np.zeros(4), 0.1, eps=1e-12), (new, 49 * np.asarray(s)), note=_("gradients 7 times larger"))


def expect_rest(ask, rng):
    """A zero gradient from the zero state moves nothing, and gives no nan."""
    for shape in SHAPES:
        w, zero = rng.normal(size=shape), np.zeros(shape)
        expect(ask(w, zero, zero, 0.1), (w, zero))


WORKED = np.array([1.0]), np.array([2.0]), np.array([0.5]), 0.1


def valley_after_100(ask):
    """The loss ½(x₁² + 50 x₂²) along 100 steps of rate 0.01 from (1, 1)."""
    curvature = np.array([1.0, 50.0])
    w, v, losses = np.ones(2), np.zeros(2), []
    for _step in range(100):
        w, v = (np.asarray(part) for part in ask(w, curvature * w, v, 0.01))
        losses.append(float(0.5 * np.sum(curvature * w**2)))
    show(_("loss by step"), losses)
    show(_("loss of plain descent at the end"), float(0.5 * np.sum(curvature * (1 - 0.01 * curvature) ** 200)))
    return losses[-1]


def steps_of_a_constant_gradient(ask, rng):
    """|Δw| of 100 steps of rate 0.1 with one gradient, in units of the rate."""
    grad = rng.choice([-1.0, 1.0], 3) * rng.uniform(0.5, 5, 3)
    w, s, steps = rng.normal(size=3), np.zeros(3), []
    for _step in range(100):
        new, s = ask(w, grad, s, 0.1)
        steps.append(np.abs(new - w) / 0.1)
        w = np.asarray(new)
    show(_("size of the step in units of lr"), [step[0] for step in steps])
    return steps


# momentum


@exercise.check("value", of="momentum", title=_("momentum: one step, and ten in a chain"))
def momentum_steps(student, rng):
    mu = rng.uniform(0.5, 0.99)
    expect_steps(student.momentum, momentum, rng, 0.3, mu, mu=mu)
    expect(student.momentum(*WORKED), momentum(*WORKED), shown=True, note=_("the worked number"))


@exercise.check("law", of="momentum", title=_("momentum: plain descent for mu = 0, and entries do not mix"))
def momentum_laws(student, rng):
    w, grad, v = rng.normal(size=(3, 4))
    expect(student.momentum(w, grad, v, 0.2, 0.0), (w - 0.2 * grad, -0.2 * grad), note=_("mu = 0"))
    expect_entries_apart(student.momentum, rng, 0.2)


@exercise.check("edge", of="momentum", title=_("momentum: a zero gradient moves nothing that is at rest"))
def momentum_rest(student, rng):
    expect_rest(student.momentum, rng)


@exercise.check("experiment", of="momentum", title=_("momentum: in a narrow valley faster than plain descent"))
def momentum_in_a_valley(student, rng):
    loss = valley_after_100(student.momentum)
    expect_true(loss < 0.067 / 5, _("After 100 steps the loss is not under a fifth of plain descent's."))


# nesterov


@exercise.check("value", of="nesterov", title=_("nesterov: one step, and ten in a chain"))
def nesterov_steps(student, rng):
    mu = rng.uniform(0.5, 0.99)
    expect_steps(student.nesterov, nesterov, rng, 0.3, mu, mu=mu)
    expect(student.nesterov(*WORKED), nesterov(*WORKED), shown=True, note=_("the worked number"))


@exercise.check("law", of="nesterov", title=_("nesterov: the look-ahead form, written for the point ahead"))
def nesterov_laws(student, rng):
    w, grad, v = rng.normal(size=(3, 4))
    behind, new_v = w - 0.8 * v, 0.8 * v - 0.2 * grad
    ahead = behind + new_v + 0.8 * new_v
    expect(student.nesterov(w, grad, v, 0.2, 0.8), (ahead, new_v), note=_("as a step from θ, with w = θ + mu·v"))
    expect_entries_apart(student.nesterov, rng, 0.2)


@exercise.check("edge", of="nesterov", title=_("nesterov: a zero gradient moves nothing that is at rest"))
def nesterov_rest(student, rng):
    expect_rest(student.nesterov, rng)


@exercise.check("experiment", of="nesterov", title=_("nesterov: in a narrow valley faster than plain descent"))
def nesterov_in_a_valley(student, rng):
    loss = valley_after_100(student.nesterov)
    expect_true(loss < 0.067 / 5, _("After 100 steps the loss is not under a fifth of plain descent's."))


# adagrad


@exercise.check("value", of="adagrad", title=_("adagrad: one step, and ten in a chain"))
def adagrad_steps(student, rng):
    expect_steps(student.adagrad, adagrad, rng, 0.3, 0.1, eps=0.1)
    expect(student.adagrad(*WORKED), adagrad(*WORKED), shown=True, note=_("the worked number"))


@exercise.check("law", of="adagrad", title=_("adagrad: the scale of the gradients does not matter, entries do not mix"))
def adagrad_laws(student, rng):
    expect_no_scale(student.adagrad, rng)
    expect_entries_apart(student.adagrad, rng, 0.2, 0.01)


@exercise.check("edge", of="adagrad", title=_("adagrad: a zero gradient from the zero state moves nothing"))
def adagrad_rest(student, rng):
    expect_rest(student.adagrad, rng)


@exercise.check("experiment", of="adagrad", title=_("adagrad: with a constant gradient the step falls like 1/√k"))
def adagrad_slows_down(student, rng):
    steps = steps_of_a_constant_gradient(student.adagrad, rng)
    tenth = np.all(np.abs(steps[-1] / steps[0] - 0.1) < 0.01)
    expect_true(tenth, _("The step 100 is not a tenth of the first one."))


# rmsprop


@exercise.check("value", of="rmsprop", title=_("rmsprop: one step, and ten in a chain"))
def rmsprop_steps(student, rng):
    rho = rng.uniform(0.55, 0.99)
    expect_steps(student.rmsprop, rmsprop, rng, 0.3, rho, 0.1, rho=rho, eps=0.001)
    expect(student.rmsprop(*WORKED), rmsprop(*WORKED), shown=True, note=_("the worked number"))


@exercise.check("law", of="rmsprop", title=_("rmsprop: the scale of the gradients does not matter, entries do not mix"))
def rmsprop_laws(student, rng):
    expect_no_scale(student.rmsprop, rng)
    expect_entries_apart(student.rmsprop, rng, 0.2, 0.8, 0.01)


@exercise.check("edge", of="rmsprop", title=_("rmsprop: a zero gradient from the zero state moves nothing"))
def rmsprop_rest(student, rng):
    expect_rest(student.rmsprop, rng)


@exercise.check("experiment", of="rmsprop", title=_("rmsprop: with a constant gradient the step becomes lr"))
def rmsprop_arrives_at_lr(student, rng):
    steps = steps_of_a_constant_gradient(student.rmsprop, rng)
    expect_true(np.all(np.abs(steps[-1] - 1) < 0.01), _("The step 100 is not lr, give or take 1 %."))


# adadelta


@exercise.check("value", of="adadelta", title=_("adadelta: one step, and ten in a chain"))
def adadelta_steps(student, rng):
    rho = rng.uniform(0.55, 0.99)
    for shape in SHAPES:
        w, grad, s, u = rng.uniform(0.1, 2, (4, *shape))
        grad = grad * rng.choice([-1.0, 1.0], shape)
        expect(student.adadelta(w, grad, (s, u), rho, 0.1), adadelta(w, grad, (s, u), rho, 0.1))
        expect(student.adadelta(w, grad, (s, u), eps=0.001), adadelta(w, grad, (s, u), eps=0.001))
        expect(student.adadelta(w, grad, (s, u)), adadelta(w, grad, (s, u)), note=_("with the defaults"))
    for step, want in chain(adadelta, w, (np.zeros(1), np.zeros(1)), rng):
        expect(student.adadelta(*step), want, note=_("one of ten steps in a chain"))
    worked = *WORKED[:2], (np.array([0.5]), np.array([0.1]))
    expect(student.adadelta(*worked), adadelta(*worked), shown=True, note=_("the worked number"))


@exercise.check("law", of="adadelta", title=_("adadelta: entries do not mix"))
def adadelta_laws(student, rng):
    w, grad, s, u = rng.uniform(0.1, 2, (4, 5))
    new, (new_s, new_u) = student.adadelta(w, grad, (s, u))
    mirrored = student.adadelta(w[::-1], grad[::-1], (s[::-1], u[::-1]))
    expect(mirrored, (new[::-1], (new_s[::-1], new_u[::-1])), note=_("entries in reverse order"))


@exercise.check("edge", of="adadelta", title=_("adadelta: a zero gradient from the zero state moves nothing"))
def adadelta_rest(student, rng):
    for shape in SHAPES:
        w, zero = rng.normal(size=shape), np.zeros(shape)
        expect(student.adadelta(w, zero, (zero, zero)), (w, (zero, zero)))


@exercise.check("experiment", of="adadelta", title=_("adadelta: the first step is small, whatever the gradient"))
def adadelta_first_step(student, rng):
    grad, zero = np.array([-100.0, -2.0, 0.5, 10.0]), np.zeros(4)
    step = student.adadelta(zero, grad, (zero, zero))[0]
    expect_shape(step, (4,))
    step = np.asarray(step)
    show(_("first step"), step)
    want = np.sqrt(1e-6) / np.sqrt(0.05 * grad**2 + 1e-6) * np.abs(grad)
    right = np.all(np.abs(np.abs(step) / want - 1) < 0.01)
    expect_true(right, _("The first step is not √eps·|g| / √((1 − rho)·g² + eps), give or take 1 %."), got=step)


# What beginners write


@exercise.mistake(
    of="momentum",
    says=_("The new gradient has the weight 1 − mu, as in an average."),
    ask=_("How large is v in the end for a constant gradient, and how large should it be?"),
)
def averaged_momentum(w, grad, v, lr, mu=0.9):
    return momentum(w, (1 - mu) * grad, v, lr, mu)


@exercise.mistake(
    of="momentum",
    says=_("The velocity is kept without the rate, as in some libraries."),
    ask=_("Does the state of this course hold the rate?"),
)
def rate_outside_velocity(w, grad, v, lr, mu=0.9):
    v = mu * v + grad
    return w - lr * v, v


@exercise.mistake(
    of="momentum",
    says=_("The gradient was added to the velocity."),
    ask=_("In which direction does a step go when mu = 0?"),
)
def momentum_ascends(w, grad, v, lr, mu=0.9):
    return momentum(w, -grad, v, lr, mu)


@exercise.mistake(
    of="momentum",
    says=_("w was moved by the old velocity."),
    ask=_("Which velocity moves w, the old or the new?"),
)
def old_velocity_used(w, grad, v, lr, mu=0.9):
    return w + v, mu * v - lr * grad


@exercise.mistake(
    of="momentum",
    says=_("w came back alone."),
    ask=_("Where does the next step find its velocity?"),
)
def momentum_state_not_returned(w, grad, v, lr, mu=0.9):
    return momentum(w, grad, v, lr, mu)[0]


@exercise.mistake(
    of="nesterov",
    says=_("This is a plain momentum step."),
    ask=_("Where do you look ahead?"),
)
def nesterov_is_momentum(w, grad, v, lr, mu=0.9):
    return momentum(w, grad, v, lr, mu)


@exercise.mistake(
    of="nesterov",
    says=_("The whole new velocity was added, and mu times it once more."),
    ask=_("How far does w move when mu·v′ is looked at in advance but the step is lr·grad?"),
)
def nesterov_steps_twice(w, grad, v, lr, mu=0.9):
    v = mu * v - lr * grad
    return w + (1 + mu) * v, v


@exercise.mistake(
    of="nesterov",
    says=_("The velocity is kept without the rate, as in some libraries."),
    ask=_("Does the state of this course hold the rate?"),
)
def nesterov_pytorch(w, grad, v, lr, mu=0.9):
    v = mu * v + grad
    return w - lr * (grad + mu * v), v


@exercise.mistake(
    of="adagrad",
    says=_("eps was added under the root."),
    ask=_("Where does eps stand in the formula?"),
)
def adagrad_eps_inside(w, grad, s, lr, eps=1e-8):
    s = s + grad**2
    return w - lr * grad / np.sqrt(s + eps), s


@exercise.mistake(
    of="adagrad",
    says=_("The step was divided by s, without the root."),
    ask=_("What happens to the step if all gradients are 7 times larger?"),
)
def adagrad_no_root(w, grad, s, lr, eps=1e-8):
    s = s + grad**2
    return w - lr * grad / (s + eps), s


@exercise.mistake(
    of="adagrad",
    says=_("The state holds the square of the last gradient alone."),
    ask=_("What does the state remember?"),
)
def adagrad_forgets(w, grad, s, lr, eps=1e-8):
    return adagrad(w, grad, 0 * s, lr, eps)


@exercise.mistake(
    of="adagrad",
    says=_("The step was divided by the old sum, without this gradient."),
    ask=_("What is the first step when s is 0?"),
)
def adagrad_old_sum(w, grad, s, lr, eps=1e-8):
    return w - lr * grad / (np.sqrt(s) + eps), s + grad**2


@exercise.mistake(
    of="adagrad",
    says=_("The absolute values of the gradients were summed."),
    ask=_("What is summed?"),
)
def adagrad_not_squared(w, grad, s, lr, eps=1e-8):
    s = s + np.abs(grad)
    return w - lr * grad / (np.sqrt(s) + eps), s


@exercise.mistake(
    of="rmsprop",
    says=_("eps was added under the root."),
    ask=_("Where does eps stand in the formula?"),
)
def rmsprop_eps_inside(w, grad, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * grad**2
    return w - lr * grad / np.sqrt(s + eps), s


@exercise.mistake(
    of="rmsprop",
    says=_("The past has the share 1 − rho and the new square the share rho."),
    ask=_("With rho = 0.9, what is the share of the past?"),
)
def rmsprop_weights_exchanged(w, grad, s, lr, rho=0.9, eps=1e-8):
    return rmsprop(w, grad, s, lr, 1 - rho, eps)


@exercise.mistake(
    of="rmsprop",
    says=_("The new square has the weight 1, so that s is no average."),
    ask=_("To what does s tend for a constant gradient?"),
)
def rmsprop_not_averaged(w, grad, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + grad**2
    return w - lr * grad / (np.sqrt(s) + eps), s


@exercise.mistake(
    of="rmsprop",
    says=_("The absolute value of the gradient was averaged, not its square."),
    ask=_("What stands under the root of a mean square?"),
)
def rmsprop_no_square(w, grad, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * np.abs(grad)
    return w - lr * grad / (np.sqrt(s) + eps), s


def adadelta_with(factor, sign=1.0):
    """adadelta whose step is −sign · factor(s′, u, eps) · grad."""

    def step(w, grad, state, rho=0.95, eps=1e-6):
        s = rho * state[0] + (1 - rho) * grad**2
        d = -factor(s, state[1], eps) * grad
        return w + sign * d, (s, rho * state[1] + (1 - rho) * d**2)

    return step


@exercise.mistake(
    of="adadelta",
    says=_("eps was added outside of both roots."),
    ask=_("How large is the first step when u = 0?"),
)
def adadelta_eps_outside(w, grad, state, rho=0.95, eps=1e-6):
    step = adadelta_with(lambda s, u, eps: (np.sqrt(u) + eps) / (np.sqrt(s) + eps))
    return step(w, grad, state, rho, eps)


@exercise.mistake(
    of="adadelta",
    says=_("The ratio was taken without the roots."),
    ask=_("In which unit is the step?"),
)
def adadelta_no_root(w, grad, state, rho=0.95, eps=1e-6):
    return adadelta_with(lambda s, u, eps: (u + eps) / (s + eps))(w, grad, state, rho, eps)


@exercise.mistake(
    of="adadelta",
    says=_("The ratio of the two roots is upside down."),
    ask=_("Should a large gradient make a larger or a smaller rate?"),
)
def adadelta_ratio_upside_down(w, grad, state, rho=0.95, eps=1e-6):
    return adadelta_with(lambda s, u, eps: np.sqrt(s + eps) / np.sqrt(u + eps))(w, grad, state, rho, eps)


@exercise.mistake(
    of="adadelta",
    says=_("u averages the squares of the gradients."),
    ask=_("Of what is u the average?"),
)
def adadelta_u_from_gradient(w, grad, state, rho=0.95, eps=1e-6):
    w, (s, _u) = adadelta(w, grad, state, rho, eps)
    return w, (s, rho * state[1] + (1 - rho) * grad**2)


@exercise.mistake(
    of="adadelta",
    says=_("u came back as it was."),
    ask=_("Which of the two averages changed in this step?"),
)
def adadelta_u_not_kept(w, grad, state, rho=0.95, eps=1e-6):
    w, (s, _u) = adadelta(w, grad, state, rho, eps)
    return w, (s, state[1])


@exercise.mistake(
    of="adadelta",
    says=_("d, which is already negative, was subtracted."),
    ask=_("Which sign has d?"),
)
def adadelta_ascends(w, grad, state, rho=0.95, eps=1e-6):
    return adadelta_with(lambda s, u, eps: np.sqrt(u + eps) / np.sqrt(s + eps), sign=-1.0)(w, grad, state, rho, eps)


@exercise.mistake(
    of="adadelta",
    says=_("Three values come back side by side."),
    ask=_("What is passed in as the state next time?"),
)
def adadelta_flat_state(w, grad, state, rho=0.95, eps=1e-6):
    w, state = adadelta(w, grad, state, rho, eps)
    return w, *state
