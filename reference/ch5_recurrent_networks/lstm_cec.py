"""The constant error carousel: a cell that adds passes an error back undiminished; two gates settle its conflicts."""

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
    mixed,
    rollout_cell,
    sigmoid,
    with_error_of,
)

exercise = Exercise(
    title=_("The constant error carousel"),
    after=["gradient_flow"],
    hints=[
        _("Set both gates to 1 and draw the way from c to c_new. What is the slope of this way?"),
        _("By which two ways does c_new reach the loss? Add up what comes back along them before you go further."),
        _("For the latch: at which two values of the marker must the input gate be open and shut? Two equations."),
    ],
)
GATES = "aio"


@exercise.function
def cec_step(x, h, c, params):
    a = np.tanh(gated(x, h, params, "a"))
    i, o = sigmoid(gated(x, h, params, "i")), sigmoid(gated(x, h, params, "o"))
    c_new = c + i * a
    return o * np.tanh(c_new), c_new


@exercise.function
def cec_forward(x, h0, c0, params):
    return rollout_cell(lambda x_t, h, c: cec_step(x_t, h, c, params), x, h0, c0)


@exercise.function
def cec_step_backward(x, h, c, params, dh_new, dc_new):
    return gradients_of(cec_step, (x, h, c, params), dh_new, dc_new)


@exercise.function
def latch_params(gain):
    signal, marker = np.array([[1.0], [0.0]]), np.array([[0.0], [1.0]])
    weights = {"W_a": signal, "W_i": 2.0 * gain * marker, "W_o": np.zeros((2, 1))}
    biases = {"b_a": np.zeros(1), "b_i": np.array([-1.0 * gain]), "b_o": np.array([1.0 * gain])}
    return {**weights, **{f"U_{gate}": np.zeros((1, 1)) for gate in GATES}, **biases}


def draw(rng, *lead, n_in, n_h):
    """Inputs of shape (*lead, n_in), both states, and all nine parameters."""
    h, c = rng.normal(scale=0.5, size=(lead[-1], n_h)), rng.normal(size=(lead[-1], n_h))
    return rng.normal(size=(*lead, n_in)), h, c, gated_params(rng, n_in, n_h, GATES)


@exercise.check("value", of="cec_step", points=2, title=_("cec_step: the new states, for unequal and equal sizes"))
def step_values(student, rng):
    expect_values(student.cec_step, cec_step, [draw(rng, 4, n_in=3, n_h=5), draw(rng, 3, n_in=3, n_h=3)])


@exercise.check("edge", of="cec_step", title=_("cec_step: one example, x = ±1000, c = ±50, arrays of every kind"))
def step_edges(student, rng):
    x, h, c, params = draw(rng, 4, n_in=1, n_h=3)
    far = (FAR_INPUTS, h, c, far_params(rng, params))
    full = (x, h, 50.0 * np.sign(c), params)
    cases = [draw(rng, 1, n_in=2, n_h=1), far, full, (awkward(x), awkward(h), awkward(c), params)]
    expect_values(student.cec_step, cec_step, cases)


@exercise.check("value", of="cec_forward", title=_("cec_forward: both states at all times"))
def forward_values(student, rng):
    expect_values(student.cec_forward, cec_forward, [draw(rng, 6, 4, n_in=3, n_h=5)])


@exercise.check("law", of="cec_forward", title=_("cec_forward: the past acts on the future, by both states alone"))
def one_way_through_time(student, rng):
    x, h0, c0, params = draw(rng, 6, 3, n_in=2, n_h=4)
    expect_one_way_through_time(student.cec_forward, x, (h0, c0), params)


@exercise.check("edge", of="cec_forward", title=_("cec_forward: one step, x = ±1000, arrays of every kind"))
def forward_edges(student, rng):
    x, h0, c0, params = draw(rng, 3, 4, n_in=1, n_h=3)
    far = (np.stack([FAR_INPUTS, -FAR_INPUTS]), h0, c0, far_params(rng, params))
    cases = [draw(rng, 1, 1, n_in=2, n_h=3), far, (awkward(x), awkward(h0), 50.0 * np.sign(c0), params)]
    expect_values(student.cec_forward, cec_forward, cases)


@exercise.check("gradient", of="cec_step_backward", points=3, title=_("cec_step_backward: the slopes of your own step"))
def own_slopes(student, rng):
    case = draw(rng, 3, n_in=2, n_h=4)
    expect_gradient(student.cec_step, student.cec_step_backward, at=case, output=(0, 1))


@exercise.check("law", of="cec_step_backward", title=_("cec_step_backward: linear in the errors, a sum over the batch"))
def backward_laws(student, rng):
    x, h, c, params = draw(rng, 3, n_in=2, n_h=4)
    dh, dc, none = rng.normal(size=(3, 4)), rng.normal(size=(3, 4)), np.zeros((3, 4))
    expect_backward_laws(student.cec_step_backward, x, (h, c), params, (dh, dc), rng)
    errors = [(dh, none), (none, dc), (dh, dc)]
    one, other, both = student.cec_step_backward.many([(x, h, c, params, *pair) for pair in errors])
    expect(both, mixed([1, 1], [one, other]), shown=True, note=_("dh_new alone and dc_new alone, added"))


@exercise.check("experiment", of="cec_step_backward", title=_("cec_step_backward: 100 steps back, nothing is lost"))
def carousel(student, rng):
    x, h, c, params = draw(rng, 100, 2, n_in=2, n_h=3)
    params = {key: 0.0 * p if key[0] == "U" else p for key, p in params.items()}
    hs, cs = cec_forward(x, h, c, params)
    hs, cs = np.concatenate([h[None], hs]), np.concatenate([c[None], cs])
    put_in = dc = rng.normal(size=(2, 3))
    for t in reversed(range(100)):
        _dx, _dh, dc, _grads = student.cec_step_backward(x[t], hs[t], cs[t], params, np.zeros((2, 3)), dc)
    show(_("length of dc after 100 steps against before"), np.linalg.norm(dc) / np.linalg.norm(put_in))
    expect(dc, put_in, rtol=1e-9, shown=True, note=_("U = 0, dh_new = 0, 100 steps back"))


@exercise.check("value", of="latch_params", title=_("latch_params: a marker opens the gate, and only a marker"))
def latch_values(student, rng):
    expect_values(student.latch_params, latch_params, [(5.0,), (12.0,)])


@exercise.check("experiment", of="cec_forward", title=_("cec_forward: gates settle the conflict of the weights"))
def weight_conflict(student, rng):
    signal, marker = rng.normal(size=(100, 16)), np.zeros((100, 16))
    marker[10] = 1.0
    x, start, latch = np.stack([signal, marker], axis=2), np.zeros((16, 1)), latch_params(12.0)
    always_open = {**latch, "W_i": np.zeros((2, 1)), "b_i": np.array([12.0])}
    shut_out = {**latch, "b_o": np.array([-12.0])}
    asked = [(x, start, start, params) for params in (latch, always_open, shut_out)]
    (_hs, kept), (_hs, drifting), (quiet, silent) = student.cec_forward.many(asked)
    off = np.max(np.abs(kept[-1, :, 0] - np.tanh(signal[10])))
    drift = np.sqrt(np.mean((drifting[99] - drifting[10]) ** 2))
    show(_("largest distance of a last cell from what was marked"), off)
    show(_("drift of the cells with the input gate always open"), drift)
    expect_true(off < 0.01, _("89 steps after the mark a cell no longer holds what was marked."), got=kept)
    expect_true(drift > 1, _("With the input gate always open the cells should drift, and did not."), got=drifting)
    expect_true(np.max(np.abs(quiet)) < 1e-4, _("With the output gate shut something leaves the cell."), got=quiet)
    expect(silent, kept, shown=True, note=_("the output gate shut, b_o = −12"))


# What beginners write: a step with one part of it written otherwise, or the error of such a step.


def cell(
    new_cell=lambda a, i, c: c + i * a,
    state=lambda o, c_new, c: o * np.tanh(c_new),
    candidate=np.tanh,
    gate=sigmoid,
    seen=lambda h: h,
    flat="",
):
    """A step with some part of it written otherwise. seen: the h that gates read; flat: gates taken to have slope 1."""

    def step(x, h, c, params):
        u = {name: gated(x, seen(h), params, name) for name in "io"}
        i, o = (with_error_of(gate(u[name]), u[name]) if name in flat else gate(u[name]) for name in "io")
        c_new = new_cell(candidate(gated(x, h, params, "a")), i, c)
        return state(o, c_new, c), c_new

    return step


def error_of(step):
    """The backward of a step in which the error goes another way."""
    return lambda x, h, c, params, dh_new, dc_new: gradients_of(step, (x, h, c, params), dh_new, dc_new)


exercise.mistake(
    of="cec_step",
    id="forget_gate_by_habit",
    says=_("The old cell was multiplied by 1 − i."),
    ask=_("The LSTM of 1997 has no forget gate. With which factor does the old cell enter?"),
)(cell(new_cell=lambda a, i, c: (1 - i) * c + i * a))

exercise.mistake(
    of="cec_step",
    id="input_gate_missing",
    says=_("The candidate enters whole; no input gate stands before it."),
    ask=_("What keeps an irrelevant signal out of the cell?"),
)(cell(new_cell=lambda a, i, c: c + a))

exercise.mistake(
    of="cec_step",
    id="output_gate_missing",
    says=_("h_new is tanh(c_new); no output gate stands before it."),
    ask=_("What keeps the cell from disturbing others while it waits?"),
)(cell(state=lambda o, c_new, c: np.tanh(c_new)))

exercise.mistake(
    of="cec_step",
    id="cell_not_squashed",
    says=_("h_new is o times the cell itself; no tanh was taken."),
    ask=_("How large can c become after 100 steps, and h?"),
)(cell(state=lambda o, c_new, c: o * c_new))

exercise.mistake(
    of="cec_step",
    id="output_reads_the_old_cell",
    says=_("h_new was calculated from the old cell."),
    ask=_("Does h already know what this step wrote?"),
)(cell(state=lambda o, c_new, c: o * np.tanh(c)))

exercise.mistake(
    of="cec_step",
    id="cell_replaced",
    says=_("The old cell does not occur in the new one."),
    ask=_("What is left of the memory after one step?"),
)(cell(new_cell=lambda a, i, c: i * a))

exercise.mistake(
    of="cec_step",
    id="gates_with_tanh",
    says=_("The gates went through tanh, not through σ."),
    ask=_("Can a gate be negative?"),
)(cell(gate=np.tanh))

exercise.mistake(
    of="cec_step",
    id="candidate_with_sigmoid",
    says=_("The candidate went through σ, not through tanh."),
    ask=_("Can your cell ever become smaller?"),
)(cell(candidate=sigmoid))


@exercise.mistake(
    of="cec_step",
    says=_("The two results are in the opposite order."),
    ask=_("In which order does the statement return the two?"),
)
def cell_and_state_swapped(x, h, c, params):
    return cec_step(x, h, c, params)[::-1]


@exercise.mistake(
    of="cec_forward",
    says=_("Every step starts from the cell c0."),
    ask=_("Which cell does step 2 start from?"),
)
def cell_not_carried(x, h0, c0, params):
    return rollout_cell(lambda x_t, h, c: cec_step(x_t, h, c0, params), x, h0, c0)


@exercise.mistake(
    of="cec_forward",
    says=_("Every step reads h0; only the cell is handed on."),
    ask=_("What else is carried besides the cell?"),
)
def state_not_carried(x, h0, c0, params):
    return rollout_cell(lambda x_t, h, c: cec_step(x_t, h0, c, params), x, h0, c0)


exercise.mistake(
    of="cec_step_backward",
    id="error_through_h_ignored",
    says=_("The cell got dc_new only, and nothing of dh_new."),
    ask=_("By which two ways does c_new reach the loss?"),
)(error_of(cell(state=lambda o, c_new, c: o * held(np.tanh(c_new)))))


@exercise.mistake(
    of="cec_step_backward",
    says=_("dc_new was not used."),
    ask=_("Which upstream gradient did you not use?"),
)
def error_of_the_cell_ignored(x, h, c, params, dh_new, dc_new):
    return cec_step_backward(x, h, c, params, dh_new, 0 * dc_new)


exercise.mistake(
    of="cec_step_backward",
    id="slope_of_the_cell_tanh_missing",
    says=_("What comes back through h_new was not multiplied by the slope of tanh(c_new)."),
    ask=_("What lies between c_new and h_new besides the gate?"),
)(error_of(cell(state=lambda o, c_new, c: o * with_error_of(np.tanh(c_new), c_new))))

exercise.mistake(
    of="cec_step_backward",
    id="slope_of_a_gate_missing",
    says=_("The error of the input gate was not multiplied by the slope of σ."),
    ask=_("Is your d_i taken before or after the sigmoid?"),
)(error_of(cell(flat="i")))

exercise.mistake(
    of="cec_step_backward",
    id="slope_of_a_gate_missing",
    says=_("The errors of both gates were not multiplied by the slope of σ."),
    ask=_("Is your d_i taken before or after the sigmoid?"),
)(error_of(cell(flat="io")))

exercise.mistake(
    of="cec_step_backward",
    id="gate_and_candidate_swapped",
    says=_("In the errors of the input gate and of the candidate the factors i and a have changed places."),
    ask=_("In i * a, what is the factor in front of a?"),
)(error_of(cell(new_cell=lambda a, i, c: c + with_error_of(i * a, held(a) * a + held(i) * i))))

exercise.mistake(
    of="cec_step_backward",
    id="error_through_the_gates_cut",
    says=_("dh comes through the candidate only, not through the gates."),
    ask=_("Which pre-activations read h? (The paper of 1997 cut these ways on purpose.)"),
)(error_of(cell(seen=held)))


@exercise.mistake(
    of="latch_params",
    says=_("The marker shuts the input gate instead of opening it."),
    ask=_("At which steps is your gate open?"),
)
def marker_shuts_the_gate(gain):
    latch = latch_params(gain)
    return {**latch, "W_i": -latch["W_i"], "b_i": -latch["b_i"]}


@exercise.mistake(
    of="latch_params",
    says=_("b_i is zero: without a marker the input gate is half open."),
    ask=_("What is σ(0)?"),
)
def gate_half_open_at_rest(gain):
    return {**latch_params(gain), "b_i": np.zeros(1)}


@exercise.mistake(
    of="latch_params",
    says=_("b_o is zero: the output gate is always half open."),
    ask=_("How far open is a gate with pre-activation 0?"),
)
def output_gate_left_at_zero(gain):
    return {**latch_params(gain), "b_o": np.zeros(1)}
