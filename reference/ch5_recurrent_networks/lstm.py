"""The LSTM with a forget gate: the cell can also let go, and the gate's bias decides how far it remembers."""

import autograd.numpy as np

from grader.course import Exercise, _, expect, expect_gradient, expect_shape, expect_true, show
from reference.common import (
    FAR_INPUTS,
    awkward,
    expect_backward_laws,
    expect_one_way_through_time,
    expect_values,
    far_params,
    fresh,
    gated,
    gated_params,
    gradients_of,
    held,
    held_params,
    rollout_cell,
    sigmoid,
    with_error_of,
)

exercise = Exercise(
    title=_("LSTM with a forget gate"),
    after=["lstm_cec"],
    hints=[
        _("Draw the way from c to c_new as a straight line. What stands on it, and what joins it from the side?"),
        _("By which ways does c_new reach the loss? Add up what comes back along them before you go further."),
        _("Through time two errors are handed back, one for h and one for c. Which of them does dhs[s] join?"),
    ],
)
GATES = "aifo"


@exercise.function
def init_params(n_in, n_h, rng, forget_bias=1.0):
    return {**gated_params(rng, n_in, n_h, GATES, bias=0.0), "b_f": np.full(n_h, float(forget_bias))}


@exercise.function
def lstm_step(x, h, c, params):
    a = np.tanh(gated(x, h, params, "a"))
    i, f, o = (sigmoid(gated(x, h, params, gate)) for gate in "ifo")
    c_new = f * c + i * a
    return o * np.tanh(c_new), c_new


@exercise.function
def lstm_forward(x, h0, c0, params):
    return rollout_cell(lambda x_t, h, c: lstm_step(x_t, h, c, params), x, h0, c0)


@exercise.function
def lstm_step_backward(x, h, c, params, dh_new, dc_new):
    return gradients_of(lstm_step, (x, h, c, params), dh_new, dc_new)


@exercise.function
def lstm_backward(x, h0, c0, params, dhs):
    return gradients_of(lstm_forward, (x, h0, c0, params), dhs)


def draw(rng, *lead, n_in, n_h):
    """Inputs of shape (*lead, n_in), both states, and all twelve parameters."""
    h, c = rng.normal(scale=0.5, size=(lead[-1], n_h)), rng.normal(size=(lead[-1], n_h))
    return rng.normal(size=(*lead, n_in)), h, c, gated_params(rng, n_in, n_h, GATES)


@exercise.check("value", of="init_params", title=_("init_params: shapes and biases, and the same for the same rng"))
def start_values(student, rng):
    seed = rng.integers(2**32)
    params = student.init_params(40, 60, np.random.default_rng(seed), forget_bias=3.0)
    for key, want in init_params(40, 60, fresh(rng), forget_bias=3.0).items():
        expect_shape(params[key], want.shape, note=_("the array {key}").format(key=key))
    expect_true(set(params) == set(init_params(1, 1, fresh(rng))), _("There are other keys than the twelve named."))
    b_f, others = params["b_f"], np.concatenate([params["b_a"], params["b_i"], params["b_o"]])
    expect_true(np.any(b_f), _("b_f is zero, whatever forget_bias is."), got=b_f, reveals="forget_bias_left_at_zero")
    everywhere = np.all(others == 3.0)
    expect_true(not everywhere, _("All biases are forget_bias."), got=params, reveals="forget_bias_everywhere")
    expect(b_f, np.full(60, 3.0), note=_("forget_bias=3.0"))
    expect(params, {**params, **{f"b_{gate}": np.zeros(60) for gate in "aio"}}, note=_("the biases besides b_f"))
    expect(student.init_params(3, 2, fresh(rng))["b_f"], np.ones(2), note=_("forget_bias not given"))
    expect(student.init_params(40, 60, np.random.default_rng(seed), forget_bias=3.0), params, note=_("the same rng"))


@exercise.check("value", of="init_params", title=_("init_params: normal weights, a draw of its own for every gate"))
def start_weights(student, rng):
    params = student.init_params(40, 60, fresh(rng))
    weights = [params[f"{letter}_{gate}"] for letter in "WU" for gate in GATES]
    scaled = [weight * np.sqrt(len(weight)) for weight in weights]
    too_small = any(abs(np.std(weight) * len(weight) - 1) < 0.1 for weight in weights)
    says = _("The standard deviation of the weights is 1/n, not 1/√n.")
    expect_true(not too_small, says, got=params, reveals="variance_as_deviation")
    off = [abs(np.std(z) - 1) < 0.1 and abs(np.mean(z)) < 5 / np.sqrt(z.size) for z in scaled]
    expect_true(all(off), _("Mean and deviation of some weights are not 0 and 1/√(number of rows)."), got=params)
    largest = max(np.max(np.abs(z)) for z in scaled)
    expect_true(largest > 3.2, _("No weight lies far out, as a few of so many normal ones would."), got=params)
    equal = any(np.array_equal(params["W_i"], params[f"W_{gate}"]) for gate in "afo")
    expect_true(not equal, _("Two gates start with the same weights."), got=params)


@exercise.check("value", of="lstm_step", points=2, title=_("lstm_step: the new states, for unequal and equal sizes"))
def step_values(student, rng):
    expect_values(student.lstm_step, lstm_step, [draw(rng, 4, n_in=3, n_h=5), draw(rng, 3, n_in=3, n_h=3)])


@exercise.check("edge", of="lstm_step", title=_("lstm_step: one example, x = ±1000, arrays of every kind"))
def step_edges(student, rng):
    x, h, c, params = draw(rng, 4, n_in=1, n_h=3)
    far = (FAR_INPUTS, h, c, far_params(rng, params))
    cases = [draw(rng, 1, n_in=2, n_h=1), far, (awkward(x), awkward(h), awkward(c), params)]
    expect_values(student.lstm_step, lstm_step, cases)


@exercise.check("value", of="lstm_forward", title=_("lstm_forward: both states at all times"))
def forward_values(student, rng):
    expect_values(student.lstm_forward, lstm_forward, [draw(rng, 6, 4, n_in=3, n_h=5)])


@exercise.check("law", of="lstm_forward", title=_("lstm_forward: the past acts on the future, by both states alone"))
def one_way_through_time(student, rng):
    x, h0, c0, params = draw(rng, 6, 3, n_in=2, n_h=4)
    expect_one_way_through_time(student.lstm_forward, x, (h0, c0), params)


@exercise.check(
    "law", of="lstm_forward", title=_("lstm_forward: an open forget gate keeps the cell, a shut one drops it")
)
def open_and_shut(student, rng):
    x, h0, c0, params = draw(rng, 5, 3, n_in=2, n_h=4)
    alone = {key: np.zeros(p.shape) if key[0] == "U" or key == "W_f" else p for key, p in params.items()}
    cases = [(x, h0, c, {**alone, "b_f": np.full(4, b)}) for b in (40.0, -40.0) for c in (c0, np.zeros((3, 4)))]
    kept, kept_of_none, dropped, dropped_of_none = student.lstm_forward.many(cases)
    expect(kept[1], kept_of_none[1] + c0, shown=True, note=_("b_f = 40: c0 is still in the cell"))
    expect(dropped, dropped_of_none, shown=True, note=_("b_f = −40: nothing is left of c0"))


@exercise.check("edge", of="lstm_forward", title=_("lstm_forward: one step, x = ±1000, arrays of every kind"))
def forward_edges(student, rng):
    x, h0, c0, params = draw(rng, 3, 4, n_in=1, n_h=3)
    far = (np.stack([FAR_INPUTS, -FAR_INPUTS]), h0, c0, far_params(rng, params))
    cases = [draw(rng, 1, 1, n_in=2, n_h=3), far, (awkward(x), awkward(h0), awkward(c0), params)]
    expect_values(student.lstm_forward, lstm_forward, cases)


@exercise.check(
    "gradient", of="lstm_step_backward", points=3, title=_("lstm_step_backward: the slopes of your own step")
)
def own_slopes(student, rng):
    case = draw(rng, 3, n_in=2, n_h=4)
    expect_gradient(student.lstm_step, student.lstm_step_backward, at=case, output=(0, 1))


@exercise.check("gradient", of="lstm_backward", points=2, title=_("lstm_backward: the slopes of your own states"))
def own_slopes_through_time(student, rng):
    case = draw(rng, 5, 2, n_in=2, n_h=3)
    expect_gradient(student.lstm_forward, student.lstm_backward, at=case, output=0)


@exercise.check("law", of="lstm_backward", title=_("lstm_backward: linear in dhs, causal, a sum over the batch"))
def backward_laws(student, rng):
    x, h0, c0, params = draw(rng, 6, 3, n_in=2, n_h=3)
    expect_backward_laws(student.lstm_backward, x, (h0, c0), params, (rng.normal(size=(6, 3, 3)),), rng)


@exercise.check(
    "experiment", of="lstm_backward", title=_("lstm_backward: the forget bias decides what is left of an error")
)
def thirty_steps_back(student, rng):
    left, zero = {0.0: [], 1.0: [], 2.0: [], 5.0: []}, np.zeros((8, 50))
    for biases in ((0.0, 5.0), (0.0, 5.0), (0.0, 1.0, 2.0, 5.0)):
        x, dhs, params = rng.normal(scale=0.7, size=(30, 8, 3)), np.zeros((30, 8, 50)), init_params(3, 50, rng)
        dhs[-1] = rng.normal(size=(8, 50))
        cases = [(x, zero, zero, {**params, "b_f": np.full(50, bias)}, dhs) for bias in biases]
        for bias, (_dx, _dh0, dc0, _grads) in zip(biases, student.lstm_backward.many(cases), strict=True):
            left[bias].append(np.linalg.norm(dc0) / np.linalg.norm(dhs))
    show(_("b_f"), list(left))
    show(_("length of dc0 against dhs[29]"), [float(np.median(lengths)) for lengths in left.values()])
    expect_true(np.median(left[5.0]) > 0.3, _("With b_f = 5 the error has nearly vanished after 30 steps."))
    expect_true(np.median(left[0.0]) < 1e-4, _("With b_f = 0 the error has hardly shrunk after 30 steps."))


# What beginners write: a step with one part of it written otherwise, or the error of such a step.


def cell(new_cell=lambda a, i, f, c: f * c + i * a, state=lambda o, c_new, c: o * np.tanh(c_new), candidate=np.tanh):
    """An LSTM step with some part of it written otherwise."""

    def step(x, h, c, params):
        a = candidate(gated(x, h, params, "a"))
        i, f, o = (sigmoid(gated(x, h, params, gate)) for gate in "ifo")
        c_new = new_cell(a, i, f, c)
        return state(o, c_new, c), c_new

    return step


def error_of(step):
    """The backward of a step in which the error goes another way."""
    return lambda x, h, c, params, dh_new, dc_new: gradients_of(step, (x, h, c, params), dh_new, dc_new)


exercise.mistake(
    of="lstm_step",
    id="forget_gate_inverted",
    says=_("The old cell was multiplied by 1 − f."),
    ask=_("Your forget gate at 1: is the cell kept or lost?"),
)(cell(new_cell=lambda a, i, f, c: (1 - f) * c + i * a))

exercise.mistake(
    of="lstm_step",
    id="forget_gate_missing",
    says=_("The old cell enters whole; no forget gate stands before it."),
    ask=_("How does this cell let go of the past?"),
)(cell(new_cell=lambda a, i, f, c: c + i * a))

exercise.mistake(
    of="lstm_step",
    id="gates_swapped",
    says=_("The input gate stands before the old cell, the forget gate before the candidate."),
    ask=_("Which gate belongs to the old cell, which to the new candidate?"),
)(cell(new_cell=lambda a, i, f, c: i * c + f * a))

exercise.mistake(
    of="lstm_step",
    id="gates_coupled",
    says=_("The candidate was multiplied by 1 − f."),
    ask=_("Where is the input gate?"),
)(cell(new_cell=lambda a, i, f, c: f * c + (1 - f) * a))

exercise.mistake(
    of="lstm_step",
    id="cell_not_squashed",
    says=_("h_new is o times the cell itself; no tanh was taken."),
    ask=_("Can h exceed 1 in size in your cell?"),
)(cell(state=lambda o, c_new, c: o * c_new))

exercise.mistake(
    of="lstm_step",
    id="output_reads_the_old_cell",
    says=_("h_new was calculated from the old cell."),
    ask=_("Does h know what was written in this step?"),
)(cell(state=lambda o, c_new, c: o * np.tanh(c)))

exercise.mistake(
    of="lstm_step",
    id="candidate_with_sigmoid",
    says=_("The candidate went through σ, not through tanh."),
    ask=_("Can your cell be pulled down?"),
)(cell(candidate=sigmoid))


@exercise.mistake(
    of="lstm_forward",
    says=_("The first step starts from an empty cell, whatever c0 is."),
    ask=_("What is c0 for?"),
)
def start_cell_ignored(x, h0, c0, params):
    return lstm_forward(x, h0, np.zeros(c0.shape), params)


@exercise.mistake(
    of="lstm_forward",
    says=_("Every step reads h0; only the cell is handed on."),
    ask=_("What do the gates of step 2 see of step 1?"),
)
def state_not_carried(x, h0, c0, params):
    return rollout_cell(lambda x_t, h, c: lstm_step(x_t, h0, c, params), x, h0, c0)


exercise.mistake(
    of="lstm_step_backward",
    id="carousel_without_the_forget_gate",
    says=_("The error of the new cell went to the old one undiminished, past the forget gate."),
    ask=_("c_new = f * c + …: what is its derivative with respect to c?"),
)(error_of(cell(new_cell=lambda a, i, f, c: with_error_of(f * c, f * held(c) + c) + i * a)))

exercise.mistake(
    of="lstm_step_backward",
    id="forget_gate_sees_the_new_cell",
    says=_("The error of the forget gate was calculated with the new cell."),
    ask=_("Which cell did f multiply?"),
)(error_of(cell(new_cell=lambda a, i, f, c: with_error_of(f * c, held(f) * c + f * held(f * c + i * a)) + i * a)))

exercise.mistake(
    of="lstm_step_backward",
    id="error_through_h_ignored",
    says=_("The cell got dc_new only, and nothing of dh_new."),
    ask=_("By which two ways does c_new reach the loss?"),
)(error_of(cell(state=lambda o, c_new, c: o * held(np.tanh(c_new)))))


@exercise.mistake(
    of="lstm_step_backward",
    says=_("dc_new was not used."),
    ask=_("Which upstream gradient did you not use?"),
)
def error_of_the_cell_ignored(x, h, c, params, dh_new, dc_new):
    return lstm_step_backward(x, h, c, params, dh_new, 0 * dc_new)


exercise.mistake(
    of="lstm_step_backward",
    id="slope_taken_at_the_cell",
    says=_("The slope of tanh was calculated as 1 − c_new²."),
    ask=_("The slope of tanh at c is 1 minus the square of what?"),
)(error_of(cell(state=lambda o, c_new, c: o * with_error_of(np.tanh(c_new), held(1 - c_new**2) * c_new))))


@exercise.mistake(
    of="lstm_step_backward",
    id="slope_of_a_gate_missing",
    says=_("The error of the output gate was not multiplied by the slope of σ."),
    ask=_("Is your d_o taken before or after the sigmoid?"),
)
def slope_of_the_output_gate_missing(x, h, c, params, dh_new, dc_new):
    return error_of(flat_at("o"))(x, h, c, params, dh_new, dc_new)


def flat_at(names):
    """A step whose named gates pass their error on as if σ had slope 1."""

    def step(x, h, c, params):
        u = {name: gated(x, h, params, name) for name in GATES}
        gates = {name: sigmoid(u[name]) for name in "ifo"}
        i, f, o = (with_error_of(gates[name], u[name]) if name in names else gates[name] for name in "ifo")
        c_new = f * c + i * np.tanh(u["a"])
        return o * np.tanh(c_new), c_new

    return step


exercise.mistake(
    of="lstm_step_backward",
    id="slope_of_a_gate_missing",
    says=_("The errors of the gates were not multiplied by the slope of σ."),
    ask=_("Is your d_o taken before or after the sigmoid?"),
)(error_of(flat_at("ifo")))


@exercise.mistake(
    of="lstm_backward",
    says=_("No error was handed from the cell of one step to the cell before."),
    ask=_("Which of the two memories carries the error far?"),
)
def cell_error_not_carried(x, h0, c0, params, dhs):
    return gradients_of(handing_on(lambda h, c: (h, held(c))), (x, h0, c0, params), dhs)


@exercise.mistake(
    of="lstm_backward",
    says=_("A state got the error of the loss only; what comes back from the gates of the next step is missing."),
    ask=_("Who reads h of this step besides the loss?"),
)
def state_error_not_carried(x, h0, c0, params, dhs):
    return gradients_of(handing_on(lambda h, c: (held(h), c)), (x, h0, c0, params), dhs)


def handing_on(carry):
    """lstm_forward in which carry(h, c) is what the next step gets."""
    return lambda x, h0, c0, params: rollout_cell(lambda x_t, h, c: lstm_step(x_t, h, c, params), x, h0, c0, carry)


@exercise.mistake(
    of="lstm_backward",
    says=_("The gradients of the parameters are those of the first step alone: every step overwrote the one before."),
    ask=_("How often is one weight used in a sequence?"),
)
def overwritten_instead_of_summed(x, h0, c0, params, dhs):
    def forward(x, h0, c0, params):
        h, c = lstm_step(x[0], h0, c0, params)
        hs, _cs = lstm_forward(x[1:], h, c, held_params(params))
        return np.concatenate([h[None], hs])

    return gradients_of(forward, (x, h0, c0, params), dhs)


@exercise.mistake(
    of="init_params",
    says=_("b_f is zero, whatever forget_bias is."),
    ask=_("What does a forget gate of one half leave after 30 steps?"),
)
def forget_bias_left_at_zero(n_in, n_h, rng, forget_bias=1.0):
    return init_params(n_in, n_h, rng, forget_bias=0.0)


@exercise.mistake(
    of="init_params",
    says=_("All biases are forget_bias."),
    ask=_("Should the output gate start open too?"),
)
def forget_bias_everywhere(n_in, n_h, rng, forget_bias=1.0):
    params = init_params(n_in, n_h, rng, forget_bias)
    return {key: params["b_f"] if key[0] == "b" else p for key, p in params.items()}


@exercise.mistake(
    of="init_params",
    says=_("The standard deviation of the weights is 1/n, not 1/√n."),
    ask=_("`scale` of rng.normal is a deviation, not a variance. Which variance do your weights have?"),
)
def variance_as_deviation(n_in, n_h, rng, forget_bias=1.0):
    params = init_params(n_in, n_h, rng, forget_bias)
    return {key: p / np.sqrt(len(p)) if p.ndim == 2 else p for key, p in params.items()}
