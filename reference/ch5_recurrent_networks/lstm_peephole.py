"""Peepholes let the gates see the cell itself: i and f the old one, o the new one."""

import autograd.numpy as np

from grader.course import Exercise, _, expect, expect_gradient, expect_true, show
from reference.common import (
    FAR_INPUTS,
    awkward,
    expect_backward_laws,
    expect_one_way_through_time,
    expect_values,
    far_params,
    gated,
    gated_params,
    gradients_of,
    held,
    rollout_cell,
    sigmoid,
    with_error_of,
)

exercise = Exercise(
    title=_("Peephole connections"),
    after=["lstm"],
    hints=[
        _("Write the five lines of a step in an order in which each uses only what is known. Where does o stand?"),
        _("A peephole is one more input of its gate, a weight for each unit: p ⊙ c is like a bias that varies."),
        _("c_new reaches the loss by three ways now, and the old c reaches c_new by three. Add them up, one by one."),
    ],
)
GATES = "aifo"


@exercise.function
def peephole_step(x, h, c, params):
    a = np.tanh(gated(x, h, params, "a"))
    i, f = (sigmoid(gated(x, h, params, gate) + params[f"p_{gate}"] * c) for gate in "if")
    c_new = f * c + i * a
    o = sigmoid(gated(x, h, params, "o") + params["p_o"] * c_new)
    return o * np.tanh(c_new), c_new


@exercise.function
def peephole_forward(x, h0, c0, params):
    return rollout_cell(lambda x_t, h, c: peephole_step(x_t, h, c, params), x, h0, c0)


@exercise.function
def peephole_step_backward(x, h, c, params, dh_new, dc_new):
    return gradients_of(peephole_step, (x, h, c, params), dh_new, dc_new)


def draw(rng, *lead, n_in, n_h):
    """Inputs of shape (*lead, n_in), both states, and all fifteen parameters."""
    h, c = rng.normal(scale=0.5, size=(lead[-1], n_h)), rng.normal(size=(lead[-1], n_h))
    peepholes = {f"p_{gate}": rng.normal(size=n_h) for gate in "ifo"}
    return rng.normal(size=(*lead, n_in)), h, c, {**gated_params(rng, n_in, n_h, GATES), **peepholes}


def blind(params):
    """The same with all peepholes at 0: an LSTM without them."""
    return {key: 0.0 * p if key[0] == "p" else p for key, p in params.items()}


@exercise.check(
    "value", of="peephole_step", points=3, title=_("peephole_step: the new states, for unequal and equal sizes")
)
def step_values(student, rng):
    expect_values(student.peephole_step, peephole_step, [draw(rng, 4, n_in=3, n_h=5), draw(rng, 3, n_in=3, n_h=3)])


@exercise.check("law", of="peephole_step", title=_("peephole_step: with p = 0 it is an LSTM without peepholes"))
def blind_step(student, rng):
    x, h, c, params = draw(rng, 4, n_in=3, n_h=5)
    expect_values(student.peephole_step, peephole_step, [(x, h, c, blind(params))], note=_("every peephole 0"))


@exercise.check(
    "edge", of="peephole_step", title=_("peephole_step: one example, x = ±1000, c = ±50, arrays of every kind")
)
def step_edges(student, rng):
    x, h, c, params = draw(rng, 4, n_in=1, n_h=3)
    far = (FAR_INPUTS, h, c, far_params(rng, params))
    full = (x, h, 50.0 * np.sign(c), params)
    cases = [draw(rng, 1, n_in=2, n_h=1), far, full, (awkward(x), awkward(h), awkward(c), params)]
    expect_values(student.peephole_step, peephole_step, cases)


@exercise.check("value", of="peephole_forward", title=_("peephole_forward: both states at all times"))
def forward_values(student, rng):
    expect_values(student.peephole_forward, peephole_forward, [draw(rng, 6, 4, n_in=3, n_h=5)])


@exercise.check(
    "law", of="peephole_forward", title=_("peephole_forward: the past acts on the future, by both states alone")
)
def one_way_through_time(student, rng):
    x, h0, c0, params = draw(rng, 6, 3, n_in=2, n_h=4)
    expect_one_way_through_time(student.peephole_forward, x, (h0, c0), params)
    value = student.peephole_forward(x, h0, c0, blind(params))
    expect(value, peephole_forward(x, h0, c0, blind(params)), note=_("every peephole 0"))


@exercise.check(
    "gradient", of="peephole_step_backward", points=3, title=_("peephole_step_backward: the slopes of your own step")
)
def own_slopes(student, rng):
    case = draw(rng, 3, n_in=2, n_h=4)
    expect_gradient(student.peephole_step, student.peephole_step_backward, at=case, output=(0, 1))


@exercise.check(
    "law", of="peephole_step_backward", title=_("peephole_step_backward: linear in the errors, a sum over the batch")
)
def backward_laws(student, rng):
    x, h, c, params = draw(rng, 3, n_in=2, n_h=4)
    upstreams = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    expect_backward_laws(student.peephole_step_backward, x, (h, c), params, upstreams, rng)


@exercise.check(
    "experiment", of="peephole_forward", title=_("peephole_forward: the output gate opens when the cell is full")
)
def timing(student, rng):
    params = {f"{letter}_{gate}": np.zeros((1, 1)) for letter in "WU" for gate in GATES}
    biases = {"b_a": np.arctanh(0.1), "b_i": 15.0, "b_f": 15.0, "b_o": -40.0, "p_i": 0.0, "p_f": 0.0, "p_o": 20.0}
    params |= {key: np.full(1, value) for key, value in biases.items()}
    x, zero = np.zeros((40, 1, 1)), np.zeros((1, 1))
    (hs, _cs), (shut, _cs) = student.peephole_forward.many([(x, zero, zero, p) for p in (params, blind(params))])
    h = np.ravel(hs)
    show(_("what leaves the cell at each step"), h)
    expect_true(h[14] < 0.001, _("After 15 steps the gate is open, although the cell is far from 2."), got=hs)
    in_time = abs(h[18] - 0.114) < 0.005 and abs(h[19] - 0.482) < 0.005
    expect_true(in_time, _("h[18] and h[19] are not 0.114 and 0.482: the gate opens early or late."), got=hs)
    expect_true(h[39] > 0.99, _("After 40 steps the gate is not open, although the cell is full."), got=hs)
    expect_true(np.max(np.abs(shut)) < 1e-10, _("Without a peephole the gate should never open, and did."), got=shut)


# What beginners write: gates that look elsewhere, or the error of a step in which it goes another way.


def cell(look):
    """A step with other peepholes. look(gate, p, h, c, seen): what is added; `seen` is the cell it should look at."""

    def step(x, h, c, params):
        u = {gate: gated(x, h, params, gate) for gate in GATES}
        i, f = (sigmoid(u[gate] + look(gate, params[f"p_{gate}"], h, c, c)) for gate in "if")
        c_new = f * c + i * np.tanh(u["a"])
        return sigmoid(u["o"] + look("o", params["p_o"], h, c, c_new)) * np.tanh(c_new), c_new

    return step


def error_of(step):
    """The backward of a step in which the error goes another way."""
    return lambda x, h, c, params, dh_new, dc_new: gradients_of(step, (x, h, c, params), dh_new, dc_new)


exercise.mistake(
    of="peephole_step",
    id="output_gate_sees_the_old_cell",
    says=_("The output gate looks at the old cell."),
    ask=_("The output gate decides what leaves now. Which cell is there now?"),
)(cell(lambda gate, p, h, c, seen: p * c))

exercise.mistake(
    of="peephole_step",
    id="peephole_of_the_state",
    says=_("The peepholes look at h."),
    ask=_("The gates see h anyway. What should they see through the peephole?"),
)(cell(lambda gate, p, h, c, seen: p * h))

exercise.mistake(
    of="peephole_step",
    id="peephole_through_tanh",
    says=_("The peepholes look at tanh of the cell."),
    ask=_("Is the cell squashed before the gates look at it?"),
)(cell(lambda gate, p, h, c, seen: p * np.tanh(seen)))


@exercise.mistake(
    of="peephole_step",
    says=_("The candidate looks at the cell as well, with p_i."),
    ask=_("Which three of the four have a peephole?"),
)
def candidate_with_peephole(x, h, c, params):
    return peephole_step(x, h, c, {**params, "b_a": params["b_a"] + params["p_i"] * c})


@exercise.mistake(
    of="peephole_step",
    id="candidate_with_peephole",
    says=_("The candidate looks at the cell as well."),
    ask=_("Which three of the four have a peephole?"),
)
def candidate_with_the_cell(x, h, c, params):
    return peephole_step(x, h, c, {**params, "b_a": params["b_a"] + c})


@exercise.mistake(
    of="peephole_step",
    says=_("The forget gate has no peephole."),
    ask=_("Which three of the four have a peephole?"),
)
def peephole_missing_on_forget(x, h, c, params):
    return peephole_step(x, h, c, {**params, "p_f": 0.0 * params["p_f"]})


@exercise.mistake(
    of="peephole_step",
    says=_("The forget gate looks through p_i."),
    ask=_("Did a line get copied?"),
)
def one_peephole_for_both(x, h, c, params):
    return peephole_step(x, h, c, {**params, "p_f": params["p_i"]})


@exercise.mistake(
    of="peephole_step",
    says=_("i was multiplied by p_i ⊙ c after its σ."),
    ask=_("Is the peephole one more input of the gate or a factor on it?"),
)
def peephole_on_the_outside(x, h, c, params):
    return outside(x, h, c, params, "i")


@exercise.mistake(
    of="peephole_step",
    id="peephole_on_the_outside",
    says=_("The gates were multiplied by p ⊙ c after their σ."),
    ask=_("Is the peephole one more input of the gate or a factor on it?"),
)
def all_peepholes_on_the_outside(x, h, c, params):
    return outside(x, h, c, params, "ifo")


def outside(x, h, c, params, gates):
    """A step in which these gates are multiplied by what they should see."""

    def gate(name, seen):
        u, peephole = gated(x, h, params, name), params[f"p_{name}"] * seen
        return sigmoid(u) * peephole if name in gates else sigmoid(u + peephole)

    c_new = gate("f", c) * c + gate("i", c) * np.tanh(gated(x, h, params, "a"))
    return gate("o", c_new) * np.tanh(c_new), c_new


@exercise.mistake(
    of="peephole_forward",
    says=_("The output gate has no peephole."),
    ask=_("With the output gate shut: who can see the cell?"),
)
def output_peephole_missing(x, h0, c0, params):
    return peephole_forward(x, h0, c0, {**params, "p_o": 0.0 * params["p_o"]})


@exercise.mistake(
    of="peephole_forward",
    says=_("At every step the peepholes of i and f look at c0."),
    ask=_("Which cell is the old one at step 5?"),
)
def start_cell_seen_for_ever(x, h0, c0, params):
    step = cell(lambda gate, p, h, c, seen: p * (seen if gate == "o" else c0))
    return rollout_cell(lambda x_t, h, c: step(x_t, h, c, params), x, h0, c0)


@exercise.mistake(
    of="peephole_forward",
    says=_("The output gate looks at the old cell."),
    ask=_("In which order must the lines stand?"),
)
def output_gate_sees_the_old_cell_in_time(x, h0, c0, params):
    step = cell(lambda gate, p, h, c, seen: p * c)
    return rollout_cell(lambda x_t, h, c: step(x_t, h, c, params), x, h0, c0)


exercise.mistake(
    of="peephole_step_backward",
    id="error_through_the_output_peephole_missing",
    says=_("The cell got no error through the peephole of the output gate."),
    ask=_("By how many ways does c_new reach h_new?"),
)(error_of(cell(lambda gate, p, h, c, seen: p * (held(seen) if gate == "o" else seen))))

exercise.mistake(
    of="peephole_step_backward",
    id="error_through_the_gate_peepholes_missing",
    says=_("The old cell got no error through the peepholes of i and f."),
    ask=_("Who else reads the old cell?"),
)(error_of(cell(lambda gate, p, h, c, seen: p * (seen if gate == "o" else held(seen)))))

exercise.mistake(
    of="peephole_step_backward",
    id="output_peephole_put_on_the_old_cell",
    says=_("The error through the peephole of the output gate went to the old cell."),
    ask=_("Which cell did o see?"),
)(
    error_of(
        cell(
            lambda gate, p, h, c, seen: (
                with_error_of(p * seen, p * held(seen) + held(p) * c) if gate == "o" else p * seen
            )
        )
    )
)

exercise.mistake(
    of="peephole_step_backward",
    id="gradient_of_p_o_with_the_old_cell",
    says=_("The gradient of p_o was calculated with the old cell."),
    ask=_("What was p_o multiplied with?"),
)(
    error_of(
        cell(
            lambda gate, p, h, c, seen: (
                with_error_of(p * seen, held(p) * seen + p * held(c)) if gate == "o" else p * seen
            )
        )
    )
)


@exercise.mistake(
    of="peephole_step_backward",
    says=_("The gradients of the peepholes have one row for every example."),
    ask=_("p_i is one vector for the whole batch. What does that mean for its gradient?"),
)
def peephole_gradient_not_summed(x, h, c, params, dh_new, dc_new):
    rows = {f"p_{gate}": np.tile(params[f"p_{gate}"], (len(x), 1)) for gate in "ifo"}
    return peephole_step_backward(x, h, c, {**params, **rows}, dh_new, dc_new)


@exercise.mistake(
    of="peephole_step_backward",
    says=_("The gradients of p_i and p_f were calculated with the new cell."),
    ask=_("Which cell did i and f see?"),
)
def gradient_of_gate_peepholes_with_the_new_cell(x, h, c, params, dh_new, dc_new):
    new = peephole_step(x, h, c, params)[1]
    step = cell(
        lambda gate, p, h, c, seen: p * seen if gate == "o" else with_error_of(p * seen, held(p) * seen + p * new)
    )
    return error_of(step)(x, h, c, params, dh_new, dc_new)


@exercise.mistake(
    of="peephole_step_backward",
    says=_("The gradients of the peepholes are matrices."),
    ask=_("Which entries of a full matrix does an elementwise peephole use?"),
)
def peephole_gradient_as_matrix(x, h, c, params, dh_new, dc_new):
    return with_matrices("ifo", x, h, c, params, dh_new, dc_new)


@exercise.mistake(
    of="peephole_step_backward",
    id="peephole_gradient_as_matrix",
    says=_("The gradient of p_o is a matrix."),
    ask=_("Which entries of a full matrix does an elementwise peephole use?"),
)
def gradient_of_p_o_as_matrix(x, h, c, params, dh_new, dc_new):
    return with_matrices("o", x, h, c, params, dh_new, dc_new)


def with_matrices(gates, x, h, c, params, dh_new, dc_new):
    """The gradients where the peepholes of these gates are full matrices that happen to be diagonal."""
    step = cell(lambda gate, p, h, c, seen: seen @ p if gate in gates else p * seen)
    diagonal = {f"p_{gate}": np.diag(params[f"p_{gate}"]) for gate in gates}
    return error_of(step)(x, h, c, {**params, **diagonal}, dh_new, dc_new)
