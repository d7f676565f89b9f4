"""The simple RNN: the hidden layer of a moment ago is one more input, with the same weights at every step."""

import autograd.numpy as np

from grader.course import Exercise, _, expect, expect_gradient, expect_true, show
from reference.common import (
    FAR_INPUTS,
    awkward,
    expect_backward_laws,
    expect_one_way_through_time,
    expect_values,
    far_params,
    gradients_of,
    rnn_params,
    rollout,
    sigmoid,
)

exercise = Exercise(
    title=_("A network with a memory"),
    after=["mlp", "backprop"],
    hints=[
        _("Draw two steps with boxes and arrows. Which arrows lead into the second hidden layer?"),
        _("rnn_forward is a loop that hands the state of one step to the next. What does it read in its first turn?"),
        _("Backward: first pass the error through tanh, whose slope can be written with its output. What is left?"),
    ],
)


@exercise.function
def rnn_step(x, h, params):
    return np.tanh(x @ params["W"] + h @ params["U"] + params["b"])


@exercise.function
def rnn_forward(x, h0, params):
    hs = rollout(lambda x_t, h: rnn_step(x_t, h, params), x, h0)
    return hs, hs @ params["V"] + params["c"]


@exercise.function
def rnn_step_backward(x, h, params, dh_new):
    return gradients_of(rnn_step, (x, h, of_the_step(params)), dh_new)


def of_the_step(params):
    """Without V and c, which no step reads."""
    return {key: params[key] for key in ("W", "U", "b")}


def draw(rng, *lead, n_in, n_h, n_out=2):
    """Inputs of shape (*lead, n_in), a state that is not zero, and all five parameters."""
    return (
        rng.normal(size=(*lead, n_in)),
        rng.normal(scale=0.5, size=(lead[-1], n_h)),
        rnn_params(rng, n_in, n_h, n_out),
    )


@exercise.check("value", of="rnn_step", points=2, title=_("rnn_step: the new state, for unequal and equal sizes"))
def step_values(student, rng):
    expect_values(student.rnn_step, rnn_step, [draw(rng, 4, n_in=3, n_h=5), draw(rng, 4, n_in=4, n_h=4)])


@exercise.check("edge", of="rnn_step", title=_("rnn_step: one example, x = ±1000, arrays of every kind"))
def step_edges(student, rng):
    x, h, params = draw(rng, 4, n_in=1, n_h=3)
    cases = [draw(rng, 1, n_in=2, n_h=1), (FAR_INPUTS, h, far_params(rng, params)), (awkward(x), awkward(h), params)]
    expect_values(student.rnn_step, rnn_step, cases)


@exercise.check("value", of="rnn_forward", points=2, title=_("rnn_forward: the states and outputs of all times"))
def forward_values(student, rng):
    cases = [draw(rng, 6, 4, n_in=3, n_h=5), draw(rng, 3, 3, n_in=4, n_h=4, n_out=3)]
    expect_values(student.rnn_forward, rnn_forward, cases)


@exercise.check("law", of="rnn_forward", title=_("rnn_forward: the past acts on the future, by the state alone"))
def one_way_through_time(student, rng):
    x, h0, params = draw(rng, 6, 3, n_in=2, n_h=4)
    expect_one_way_through_time(student.rnn_forward, x, (h0,), params)


@exercise.check("edge", of="rnn_forward", title=_("rnn_forward: one step, x = ±1000, arrays of every kind"))
def forward_edges(student, rng):
    x, h0, params = draw(rng, 3, 4, n_in=1, n_h=3, n_out=1)
    far = np.stack([FAR_INPUTS, -FAR_INPUTS])
    cases = [
        draw(rng, 1, 1, n_in=2, n_h=3, n_out=1),
        (far, h0, far_params(rng, params)),
        (awkward(x), awkward(h0), params),
    ]
    expect_values(student.rnn_forward, rnn_forward, cases)
    value = student.rnn_forward(x.astype("float32"), h0.astype("float32"), params)
    expect(value, rnn_forward(x, h0, params), rtol=1e-3, atol=1e-4, note=_("float32 arrays"))


@exercise.check("gradient", of="rnn_step_backward", points=3, title=_("rnn_step_backward: the slopes of your own step"))
def own_slopes(student, rng):
    x, h, params = draw(rng, 3, n_in=2, n_h=4)
    expect_gradient(student.rnn_step, student.rnn_step_backward, at=(x, h, of_the_step(params)))


@exercise.check("law", of="rnn_step_backward", title=_("rnn_step_backward: linear in dh_new, a sum over the batch"))
def backward_laws(student, rng):
    x, h, params = draw(rng, 3, n_in=2, n_h=4)
    dh_new = rng.normal(size=(3, 4))
    grads = student.rnn_step_backward(x, h, params, dh_new)[2]
    expect_true(set(grads) == {"W", "U", "b"}, _("The keys of grads are not W, U and b."), got=grads)
    expect_backward_laws(student.rnn_step_backward, x, (h,), params, (dh_new,), rng)


@exercise.check("experiment", of="rnn_forward", title=_("rnn_forward: a contracting network forgets where it started"))
def start_is_forgotten(student, rng):
    x, one, params = draw(rng, 30, 1, n_in=2, n_h=5)
    other = rng.normal(scale=0.5, size=(1, 5))
    params["U"] = 0.5 * params["U"] / np.linalg.norm(params["U"], 2)
    (hs, _ys), (others, _ys) = student.rnn_forward.many([(x, start, params) for start in (one, other)])
    distance = [np.linalg.norm(one - other), *np.linalg.norm(hs - others, axis=(1, 2))]
    show(_("distance of the two states after 0, 1, … 30 steps"), np.array(distance))
    expect_true(distance[1] > 0, _("After one step the two networks agree already: their start was not read."), got=hs)
    expect_true(distance[-1] < 1e-6 * distance[0], _("After 30 steps the state still tells where it started."), got=hs)


# What beginners write.

STEP = "rnn_step"


@exercise.mistake(
    of=STEP,
    says=_("The old state does not occur in the new one."),
    ask=_("Where in your formula does the past come in?"),
)
def no_recurrent_term(x, h, params):
    return np.tanh(x @ params["W"] + params["b"])


@exercise.mistake(
    of=STEP,
    says=_("W and U have changed places."),
    ask=_("Which of the two matrices has n_in rows?"),
)
def weights_swapped(x, h, params):
    return np.tanh(x @ params["U"] + h @ params["W"] + params["b"])


@exercise.mistake(
    of=STEP,
    says=_("The state was multiplied by the transpose of U."),
    ask=_("U is square, so nothing complains. Which index of U belongs to the old state?"),
)
def recurrent_weights_transposed(x, h, params):
    return np.tanh(x @ params["W"] + h @ params["U"].T + params["b"])


@exercise.mistake(
    of=STEP,
    says=_("The bias b was left out."),
    ask=_("What does the unit do when input and state are zero?"),
)
def no_bias(x, h, params):
    return np.tanh(x @ params["W"] + h @ params["U"])


@exercise.mistake(
    of=STEP,
    says=_("The activation is σ where tanh is asked for."),
    ask=_("Can your state be negative?"),
)
def sigmoid_instead_of_tanh(x, h, params):
    return sigmoid(pre_activation(x, h, params))


@exercise.mistake(
    of=STEP,
    says=_("The new state is the pre-activation itself; no tanh was taken."),
    ask=_("What keeps the state bounded over many steps?"),
)
def no_activation(x, h, params):
    return pre_activation(x, h, params)


def pre_activation(x, h, params):
    return x @ params["W"] + h @ params["U"] + params["b"]


FORWARD = "rnn_forward"


@exercise.mistake(
    of=FORWARD,
    says=_("Every step starts from h0 again."),
    ask=_("Which state does step 2 start from?"),
)
def state_not_carried(x, h0, params):
    return read_out(np.stack([rnn_step(x_t, h0, params) for x_t in x]), params)


@exercise.mistake(
    of=FORWARD,
    says=_("The first step starts from zeros, whatever h0 is."),
    ask=_("What is h0 for?"),
)
def start_state_ignored(x, h0, params):
    return rnn_forward(x, np.zeros(h0.shape), params)


@exercise.mistake(
    of=FORWARD,
    says=_("hs[t] is the state before x[t] was read: the rows stand one place too late."),
    ask=_("Does hs[0] already know x[0]?"),
)
def states_shifted(x, h0, params):
    return read_out(start_state_in_hs(x, h0, params)[0][:-1], params)


@exercise.mistake(
    of=FORWARD,
    says=_("hs has T + 1 rows: the start state stands in it as well."),
    ask=_("How many states are there after T inputs?"),
)
def start_state_in_hs(x, h0, params):
    return read_out(np.concatenate([h0[None], rnn_forward(x, h0, params)[0]]), params)


@exercise.mistake(
    of=FORWARD,
    id="start_state_in_hs",
    says=_("hs has T + 1 rows: the start state stands in it as well."),
    ask=_("How many states are there after T inputs?"),
)
def start_state_in_hs_alone(x, h0, params):
    hs, ys = rnn_forward(x, h0, params)
    return np.concatenate([h0[None], hs]), ys


@exercise.mistake(
    of=FORWARD,
    says=_("The outputs went through tanh; they are linear here."),
    ask=_("Which values could the output take then?"),
)
def output_squashed(x, h0, params):
    hs, ys = rnn_forward(x, h0, params)
    return hs, np.tanh(ys)


@exercise.mistake(
    of=FORWARD,
    says=_("There is an output for the last step only."),
    ask=_("One output for each time or one for all?"),
)
def only_last_output(x, h0, params):
    hs, ys = rnn_forward(x, h0, params)
    return hs, ys[-1]


@exercise.mistake(
    of=FORWARD,
    says=_("The loop runs over the examples as if they were the steps."),
    ask=_("Which axis of x is time?"),
)
def batch_major(x, h0, params):
    return rnn_forward(np.swapaxes(x, 0, 1), h0, params)


@exercise.mistake(
    of=FORWARD,
    says=_("All rows of hs are the last state: one array was filled again and again."),
    ask=_("Print hs: are all its rows the same?"),
)
def states_share_memory(x, h0, params):
    hs, _ys = rnn_forward(x, h0, params)
    return read_out(np.stack([hs[-1] for _row in hs]), params)


def read_out(hs, params):
    return hs, hs @ params["V"] + params["c"]


BACKWARD = "rnn_step_backward"


def walked_back(x, h, params, delta, across=None, state=None):
    """The gradients that follow from an error delta at the pre-activation; across: the way back to the old state."""
    grads = {"W": x.T @ delta, "U": (h if state is None else state).T @ delta, "b": delta.sum(axis=0)}
    return delta @ params["W"].T, delta @ params["U"].T if across is None else across, grads


@exercise.mistake(
    of=BACKWARD,
    says=_("The error was not multiplied by the slope of tanh."),
    ask=_("Through which function does the error pass before it meets the weights?"),
)
def slope_missing(x, h, params, dh_new):
    return walked_back(x, h, params, dh_new)


@exercise.mistake(
    of=BACKWARD,
    says=_("The slope was calculated from the old state."),
    ask=_("At which point is the slope of tanh taken?"),
)
def slope_of_the_old_state(x, h, params, dh_new):
    return walked_back(x, h, params, dh_new * (1 - h**2))


@exercise.mistake(
    of=BACKWARD,
    says=_("The slope was calculated from tanh(h_new)."),
    ask=_("h_new is already a tanh. What is the slope in terms of it?"),
)
def tanh_taken_twice(x, h, params, dh_new):
    return walked_back(x, h, params, dh_new * (1 - np.tanh(rnn_step(x, h, params)) ** 2))


@exercise.mistake(
    of=BACKWARD,
    says=_("The error went back to the old state through U, not through its transpose."),
    ask=_("Forward is h @ U. Which index did the product sum over?"),
)
def backward_without_transpose(x, h, params, dh_new):
    delta = dh_new * (1 - rnn_step(x, h, params) ** 2)
    return walked_back(x, h, params, delta, across=delta @ params["U"])


@exercise.mistake(
    of=BACKWARD,
    says=_("The gradient of U was calculated with the new state."),
    ask=_("Which state was multiplied by U?"),
)
def grad_U_from_new_state(x, h, params, dh_new):
    h_new = rnn_step(x, h, params)
    return walked_back(x, h, params, dh_new * (1 - h_new**2), state=h_new)


@exercise.mistake(
    of=BACKWARD,
    says=_("The gradients of the parameters were divided by N."),
    ask=_("Where has the mean over the batch been taken already?"),
)
def batch_mean(x, h, params, dh_new):
    dx, dh, grads = rnn_step_backward(x, h, params, dh_new)
    return dx, dh, {key: grad / len(x) for key, grad in grads.items()}
