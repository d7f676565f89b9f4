"""The GRU: two gates do with one state. z keeps the old state, r stands before the product."""

import autograd.numpy as np

from grader.course import Exercise, _, expect, expect_gradient, expect_true
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
    held_params,
    rollout,
    rollout_cell,
    sigmoid,
    with_error_of,
)

exercise = Exercise(
    title=_("The gated recurrent unit"),
    after=["lstm"],
    hints=[
        _("Set z = 1, then z = 0. What is h_new in each case, and which of the two keeps the memory?"),
        _("h occurs at four places in one step. Draw them, and follow the error back from each."),
        _("Go back in this order: the mixture, the candidate, r ⊙ h, then the two gates. What does each hand to dh?"),
    ],
)
GATES = "rzh"


@exercise.function
def gru_step(x, h, params):
    r, z = sigmoid(gated(x, h, params, "r")), sigmoid(gated(x, h, params, "z"))
    candidate = np.tanh(gated(x, r * h, params, "h"))
    return z * h + (1 - z) * candidate


@exercise.function
def gru_forward(x, h0, params):
    return rollout(lambda x_t, h: gru_step(x_t, h, params), x, h0)


@exercise.function
def gru_step_backward(x, h, params, dh_new):
    return gradients_of(gru_step, (x, h, params), dh_new)


@exercise.function
def gru_backward(x, h0, params, dhs):
    return gradients_of(gru_forward, (x, h0, params), dhs)


def draw(rng, *lead, n_in, n_h):
    """Inputs of shape (*lead, n_in), the state, and all nine parameters."""
    x, h = rng.normal(size=(*lead, n_in)), rng.normal(scale=0.5, size=(lead[-1], n_h))
    return x, h, gated_params(rng, n_in, n_h, GATES)


def gate_at(params, gate, u):
    """The same with one gate at the pre-activation u, whatever it reads."""
    shut = {f"{letter}_{gate}": np.zeros(params[f"{letter}_{gate}"].shape) for letter in "WU"}
    return {**params, **shut, f"b_{gate}": np.full(params[f"b_{gate}"].shape, u)}


@exercise.check("value", of="gru_step", points=2, title=_("gru_step: the new state, for unequal and equal sizes"))
def step_values(student, rng):
    expect_values(student.gru_step, gru_step, [draw(rng, 4, n_in=3, n_h=5), draw(rng, 3, n_in=3, n_h=3)])


@exercise.check("law", of="gru_step", title=_("gru_step: what the gates do when they are wide open or shut"))
def gates_at_their_ends(student, rng):
    x, h, params = draw(rng, 4, n_in=3, n_h=5)
    replacing = gate_at(params, "z", -40.0)
    blind = gate_at(replacing, "r", -40.0)
    cases = [(h, gate_at(params, "z", 40.0)), (h, replacing), (h, params), (h, blind), (1.5 - h, blind)]
    kept, candidate, mixed, one, other = student.gru_step.many([(x, state, p) for state, p in cases])
    expect(kept, h, shown=True, note=_("b_z = 40: the old state stays"))
    expect(other, one, shown=True, note=_("b_z = b_r = −40: nothing is left of the old state"))
    low, high = np.minimum(h, candidate) - 1e-6, np.maximum(h, candidate) + 1e-6
    between = np.all((low <= mixed) & (mixed <= high))
    expect_true(between, _("Somewhere h_new lies outside of what h and the candidate span."), got=mixed)


@exercise.check("edge", of="gru_step", title=_("gru_step: one example, x = ±1000, arrays of every kind"))
def step_edges(student, rng):
    x, h, params = draw(rng, 4, n_in=1, n_h=3)
    cases = [draw(rng, 1, n_in=2, n_h=1), (FAR_INPUTS, h, far_params(rng, params)), (awkward(x), awkward(h), params)]
    expect_values(student.gru_step, gru_step, cases)


@exercise.check("value", of="gru_forward", title=_("gru_forward: the states of all times"))
def forward_values(student, rng):
    expect_values(student.gru_forward, gru_forward, [draw(rng, 6, 4, n_in=3, n_h=5)])


@exercise.check("law", of="gru_forward", title=_("gru_forward: the past acts on the future, by the state alone"))
def one_way_through_time(student, rng):
    x, h0, params = draw(rng, 6, 3, n_in=2, n_h=4)
    expect_one_way_through_time(student.gru_forward, x, (h0,), params)


@exercise.check("edge", of="gru_forward", title=_("gru_forward: one step, x = ±1000, arrays of every kind"))
def forward_edges(student, rng):
    x, h0, params = draw(rng, 3, 4, n_in=1, n_h=3)
    far = (np.stack([FAR_INPUTS, -FAR_INPUTS]), h0, far_params(rng, params))
    cases = [draw(rng, 1, 1, n_in=2, n_h=3), far, (awkward(x), awkward(h0), params)]
    expect_values(student.gru_forward, gru_forward, cases)


@exercise.check("gradient", of="gru_step_backward", points=3, title=_("gru_step_backward: the slopes of your own step"))
def own_slopes(student, rng):
    expect_gradient(student.gru_step, student.gru_step_backward, at=draw(rng, 3, n_in=2, n_h=4))


@exercise.check("gradient", of="gru_backward", points=2, title=_("gru_backward: the slopes of your own states"))
def own_slopes_through_time(student, rng):
    expect_gradient(student.gru_forward, student.gru_backward, at=draw(rng, 5, 2, n_in=2, n_h=3))


@exercise.check("law", of="gru_backward", title=_("gru_backward: linear in dhs, causal, a sum over the batch"))
def backward_laws(student, rng):
    x, h0, params = draw(rng, 6, 3, n_in=2, n_h=3)
    expect_backward_laws(student.gru_backward, x, (h0,), params, (rng.normal(size=(6, 3, 3)),), rng)


# What beginners write: a step with one part of it written otherwise, or the error of such a step.


def mixture(z, h, candidate):
    return z * h + (1 - z) * candidate


def inside(r, x, h, p):
    """The candidate's pre-activation."""
    return gated(x, r * h, p, "h")


def cell(mix=mixture, inside=inside, squash=np.tanh, gates="rz", flat=""):
    """A GRU step with some part of it written otherwise. flat: gates whose σ is taken to have slope 1."""

    def step(x, h, params):
        u = [gated(x, h, params, name) for name in gates]
        r, z = (with_error_of(sigmoid(v), v) if name in flat else sigmoid(v) for name, v in zip(gates, u, strict=True))
        return mix(z, h, squash(inside(r, x, h, params)))

    return step


def error_of(step):
    """The backward of a step in which the error goes another way."""
    return lambda x, h, params, dh_new: gradients_of(step, (x, h, params), dh_new)


exercise.mistake(
    of="gru_step",
    id="z_means_the_opposite",
    says=_("z stands before the candidate and 1 − z before the old state."),
    ask=_("With z = 1: is the old state kept or replaced? (Chung et al. 2014 write it the other way round.)"),
)(cell(mix=lambda z, h, n: (1 - z) * h + z * n))

exercise.mistake(
    of="gru_step",
    id="reset_after_the_product",
    says=_("r was multiplied with h U_h, not with h."),
    ask=_("Does r act before or after U_h? (PyTorch and cuDNN: after.)"),
)(cell(inside=lambda r, x, h, p: x @ p["W_h"] + r * (h @ p["U_h"]) + p["b_h"]))

exercise.mistake(
    of="gru_step",
    id="reset_gate_unused",
    says=_("The candidate sees all of the old state; the reset gate was not used."),
    ask=_("What does r do in your formula?"),
)(cell(inside=lambda r, x, h, p: gated(x, h, p, "h")))

exercise.mistake(
    of="gru_step",
    id="reset_on_everything",
    says=_("r was multiplied with the whole pre-activation of the candidate."),
    ask=_("Should the input be reset too?"),
)(cell(inside=lambda r, x, h, p: r * gated(x, h, p, "h")))

exercise.mistake(
    of="gru_step",
    id="gates_swapped",
    says=_("r and z have changed places."),
    ask=_("Which gate mixes old and new?"),
)(cell(gates="zr"))

exercise.mistake(
    of="gru_step",
    id="old_state_added_whole",
    says=_("The old state enters whole; z does not stand before it."),
    ask=_("Do the two shares add up to one?"),
)(cell(mix=lambda z, h, n: h + (1 - z) * n))

exercise.mistake(
    of="gru_step",
    id="candidate_added_whole",
    says=_("The candidate enters whole; 1 − z does not stand before it."),
    ask=_("Do the two shares add up to one?"),
)(cell(mix=lambda z, h, n: z * h + n))

exercise.mistake(
    of="gru_step",
    id="candidate_with_sigmoid",
    says=_("The candidate went through σ, not through tanh."),
    ask=_("Can your state be negative?"),
)(cell(squash=sigmoid))


@exercise.mistake(
    of="gru_forward",
    says=_("The first step starts from zeros, whatever h0 is."),
    ask=_("What is h0 for?"),
)
def start_state_ignored(x, h0, params):
    return gru_forward(x, np.zeros(h0.shape), params)


exercise.mistake(
    of="gru_step_backward",
    id="way_past_the_gates_missing",
    says=_("dh lacks the share dh_new ⊙ z."),
    ask=_("Which way from h to h_new needs no matrix at all?"),
)(error_of(cell(mix=lambda z, h, n: mixture(z, held(h), n))))

exercise.mistake(
    of="gru_step_backward",
    id="way_through_the_reset_missing",
    says=_("dh lacks what comes back through the candidate."),
    ask=_("r * h: two factors, two ways. Which did you take?"),
)(error_of(cell(inside=lambda r, x, h, p: inside(r, x, held(h), p))))

exercise.mistake(
    of="gru_step_backward",
    id="reset_gate_gets_no_error",
    says=_("The reset gate got no error; its gradients are zero."),
    ask=_("How does r reach the loss?"),
)(error_of(cell(inside=lambda r, x, h, p: inside(held(r), x, h, p))))

exercise.mistake(
    of="gru_step_backward",
    id="update_gate_wrong_sign",
    says=_("The error of the update gate has the other sign."),
    ask=_("What is the derivative of z * h + (1 − z) * n with respect to z?"),
)(error_of(cell(mix=lambda z, h, n: with_error_of(mixture(z, h, n), mixture(held(z), h, n) + z * held(n - h)))))

exercise.mistake(
    of="gru_step_backward",
    id="candidate_weights_see_h",
    says=_("The gradient of U_h was calculated with h."),
    ask=_("What was U_h multiplied with?"),
)(
    error_of(
        cell(
            inside=lambda r, x, h, p: with_error_of(
                inside(r, x, h, p), inside(r, x, h, {**p, "U_h": held(p["U_h"])}) + held(h) @ p["U_h"]
            )
        )
    )
)

exercise.mistake(
    of="gru_step_backward",
    id="reset_error_without_state",
    says=_("The error of the reset gate was not multiplied by h."),
    ask=_("In r * h, what is the factor in front of r?"),
)(error_of(cell(inside=lambda r, x, h, p: gated(x, with_error_of(r * h, held(r) * h + r), p, "h"))))

exercise.mistake(
    of="gru_step_backward",
    id="share_of_the_candidate_missing",
    says=_("The error of the candidate was not multiplied by 1 − z."),
    ask=_("Which share of h_new is the candidate?"),
)(error_of(cell(mix=lambda z, h, n: with_error_of(mixture(z, h, n), mixture(z, h, held(n)) + n))))

exercise.mistake(
    of="gru_step_backward",
    id="slope_of_a_gate_missing",
    says=_("The error of the update gate was not multiplied by the slope of σ."),
    ask=_("Is your d_z taken before or after the sigmoid?"),
)(error_of(cell(flat="z")))

exercise.mistake(
    of="gru_step_backward",
    id="slope_of_a_gate_missing",
    says=_("The errors of both gates were not multiplied by the slope of σ."),
    ask=_("Is your d_z taken before or after the sigmoid?"),
)(error_of(cell(flat="rz")))


@exercise.mistake(
    of="gru_backward",
    says=_("A state got the error of the loss only; what comes back from the next step is missing."),
    ask=_("Who reads h of this step besides the loss?"),
)
def state_error_not_carried(x, h0, params, dhs):
    def forward(x, h0, params):
        step, keep = lambda x_t, h, _same: (gru_step(x_t, h, params),) * 2, lambda h, _same: (held(h),) * 2
        return rollout_cell(step, x, h0, h0, carry=keep)[0]

    return gradients_of(forward, (x, h0, params), dhs)


@exercise.mistake(
    of="gru_backward",
    says=_("The gradients of the parameters are those of the first step alone: every step overwrote the one before."),
    ask=_("How often is one weight used in a sequence?"),
)
def overwritten_instead_of_summed(x, h0, params, dhs):
    def forward(x, h0, params):
        h = gru_step(x[0], h0, params)
        return np.concatenate([h[None], gru_forward(x[1:], h, held_params(params))])

    return gradients_of(forward, (x, h0, params), dhs)
