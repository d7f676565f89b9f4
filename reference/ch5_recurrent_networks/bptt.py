"""Backpropagation through time: an unrolled RNN is a deep net whose layers share weights, so gradients are sums."""

import autograd.numpy as np
from autograd import grad, make_vjp

from grader.course import Exercise, _, expect, expect_gradient, expect_true, show
from reference.common import locked, mixed, rnn_params, rollout

exercise = Exercise(
    title=_("Backpropagation through time"),
    after=["rnn"],
    hints=[
        _("Unroll three steps on paper. From which places does an error arrive at the middle state?"),
        _("Walk from the last step to the first and carry one thing along: the error that the next state sends back."),
        _("Truncated: give each output a walk of its own. Count how often an error has crossed U so far."),
    ],
)
SHARED = ("W", "U", "b")
"""The parameters that every step uses again; V and c meet each output once."""


@exercise.function
def rnn_forward(x, h0, params):
    hs = rollout(lambda x_t, h: np.tanh(x_t @ params["W"] + h @ params["U"] + params["b"]), x, h0)
    return hs, hs @ params["V"] + params["c"]


@exercise.function
def loss(x, h0, params, t):
    return 0.5 * np.sum((rnn_forward(x, h0, params)[1][-1] - t) ** 2) / len(t)


@exercise.function
def rnn_backward(x, h0, params, dys):
    vjp, _ys = make_vjp(lambda inputs: rnn_forward(*inputs)[1])((x, h0, params))
    return vjp(dys)


@exercise.function
def gradients(x, h0, params, t):
    return grad(loss, (1, 2))(x, h0, params, t)


@exercise.function
def truncated_bptt(x, h0, params, dys, tau):
    """Each output's gradient through its own window, the state before the window held constant."""
    windows = [rnn_backward(*window(x, h0, params, only(dys, t), t - tau, t))[2] for t in steps_with_error(dys)]
    return mixed([1.0] * len(windows), windows)


def window(x, h0, params, dys, first, last):
    """The arguments of rnn_backward for the steps first … last, started from the state that stood there."""
    s = max(0, first)
    start = h0 if s == 0 else rnn_forward(x, h0, params)[0][s - 1]
    return x[s : last + 1], start, params, dys[s : last + 1]


def only(dys, t):
    """dys without the errors of all outputs but one."""
    return np.where(np.arange(len(dys))[:, None, None] == t, dys, 0.0)


def steps_with_error(dys):
    """The output times that send an error back; the first where none does."""
    return [t for t in range(len(dys)) if np.any(dys[t])] or [0]


def sequence(rng, T, N, n_in, n_h, n_out):
    """x, h0, params and the upstream gradient of the outputs."""
    x, h0 = rng.normal(size=(T, N, n_in)), rng.normal(scale=0.5, size=(N, n_h))
    return x, h0, rnn_params(rng, n_in, n_h, n_out), rng.normal(size=(T, N, n_out))


@exercise.check("value", of="rnn_forward", title=_("rnn_forward: states and outputs of all times"))
def forward_values(student, rng):
    x, h0, params, _dys = sequence(rng, 6, 4, 3, 5, 2)
    expect(student.rnn_forward(x, h0, params), rnn_forward(x, h0, params))


@exercise.check("value", of="loss", title=_("loss: half the squared error of the last output, mean over the batch"))
def loss_values(student, rng):
    cases = [(*sequence(rng, T, N, 3, 4, 3)[:3], rng.normal(size=(N, 3))) for T, N in ((5, 4), (5, 1), (2, 3))]
    for case, value in zip(cases, student.loss.many(cases), strict=True):
        expect(value, loss(*case))


@exercise.check("gradient", of="rnn_backward", points=3, title=_("rnn_backward: the slopes of your own outputs"))
def own_slopes(student, rng):
    x, h0, params, _dys = sequence(rng, 5, 3, 2, 4, 2)
    expect_gradient(student.rnn_forward, student.rnn_backward, at=(x, h0, params), output=1)


@exercise.check("law", of="rnn_backward", title=_("rnn_backward: linear in dys, causal, a sum over the batch"))
def backward_laws(student, rng):
    x, h0, params, dys = sequence(rng, 6, 3, 2, 4, 2)
    other = rng.normal(size=dys.shape)
    one, two, both = student.rnn_backward.many([(x, h0, params, d) for d in (dys, other, 2 * dys - 3 * other)])
    expect(both, mixed([2, -3], [one, two]), note=_("dys and another dys, mixed"))
    dx = student.rnn_backward(x, h0, params, only(dys, 2))[0]
    expect(dx[3:], np.zeros((3, 3, 2)), note=_("inputs after the only output with an error"))
    rows = student.rnn_backward.many([(x[:, [n]], h0[[n]], params, dys[:, [n]]) for n in range(3)])
    expect(one[2], mixed([1, 1, 1], [row[2] for row in rows]), note=_("the batch, and its rows one by one"))


@exercise.check("edge", of="rnn_backward", title=_("rnn_backward: one step, one example, read-only arguments"))
def backward_edges(student, rng):
    x, h0, params, dys = sequence(rng, 1, 1, 3, 2, 2)
    expect_gradient(student.rnn_forward, student.rnn_backward, at=(x, h0, params), output=1)
    got = student.rnn_backward(locked(x), locked(h0), params, locked(dys))
    expect(got, student.rnn_backward(x, h0, params, dys), note=_("read-only arguments"))


@exercise.check("gradient", of="gradients", title=_("gradients: the slopes of your own loss"))
def slopes_of_the_loss(student, rng):
    x, h0, params, dys = sequence(rng, 4, 3, 2, 4, 2)
    expect_gradient(student.loss, student.gradients, at=(x, h0, params, dys[0]), wrt=(1, 2))


@exercise.check("value", of="truncated_bptt", points=2, title=_("truncated_bptt: each error goes back tau steps"))
def truncated_values(student, rng):
    case = sequence(rng, 7, 3, 2, 4, 2)
    taus = 1, 0, 3
    for tau, value in zip(taus, student.truncated_bptt.many([(*case, tau) for tau in taus]), strict=True):
        expect(value, truncated_bptt(*case, tau), note=_("tau = {tau}").format(tau=tau))


@exercise.check(
    "law", of="truncated_bptt", title=_("truncated_bptt: a long enough tau cuts nothing, V and c are never cut")
)
def long_windows_cut_nothing(student, rng):
    case = sequence(rng, 6, 3, 2, 4, 2)
    full = student.rnn_backward(*case)[2]
    for tau, value in zip((5, 6, 100), student.truncated_bptt.many([(*case, tau) for tau in (5, 6, 100)]), strict=True):
        expect(value, full, note=_("tau = {tau}").format(tau=tau))
    for tau, value in zip((0, 2), student.truncated_bptt.many([(*case, tau) for tau in (0, 2)]), strict=True):
        expect(value["V"], full["V"], note=_("V, tau = {tau}").format(tau=tau))
        expect(value["c"], full["c"], note=_("c, tau = {tau}").format(tau=tau))


@exercise.check("edge", of="truncated_bptt", title=_("truncated_bptt: one step, one example, read-only arguments"))
def truncated_edges(student, rng):
    x, h0, params, dys = sequence(rng, 1, 1, 3, 2, 2)
    full = student.rnn_backward(x, h0, params, dys)[2]
    expect(student.truncated_bptt(locked(x), locked(h0), params, locked(dys), 0), full)
    expect(student.truncated_bptt(x, h0, params, dys, 3), full)


@exercise.check("experiment", of="truncated_bptt", title=_("truncated_bptt: thirty steps back hold nearly everything"))
def what_truncation_misses(student, rng):
    taus = (0, 3, 10, 30, 40)
    missing = []
    for _draw in range(3):
        x, params = rng.normal(scale=0.65, size=(40, 4, 3)), rnn_params(rng, 3, 30, 1, bias=0.0)
        dys = only(rng.normal(size=(40, 4, 1)), 39)
        values = student.truncated_bptt.many([(x, np.zeros((4, 30)), params, dys, tau) for tau in taus])
        *cut, full = [np.concatenate([np.ravel(value[name]) for name in SHARED]) for value in values]
        missing.append([np.linalg.norm(part - full) / np.linalg.norm(full) for part in cut])
    median = np.median(missing, axis=0)
    show(_("tau"), taus[:-1])
    show(_("missing part of the gradient"), median)
    expect_true(median[0] > 0.2, _("With tau = 0 less than a fifth of the gradient is missing."))
    expect_true(median[3] < 0.05, _("With tau = 30 more than a twentieth of the gradient is missing."))


@exercise.check("experiment", of="rnn_backward", title=_("rnn_backward: a network learns to remember its first input"))
def remembers_its_first_input(student, rng):
    xs, h0 = rng.normal(size=(3, 4, 16, 1)), np.zeros((16, 8))
    history = [[rnn_params(rng, 1, 8, 1, bias=0.0) for _start in xs]]
    for _step in range(60):
        nets = list(zip(xs, history[-1], strict=True))
        outputs = student.rnn_forward.many([(x, h0, params) for x, params in nets])
        errors = [only((ys - x[0]) / 16, 3) for x, (_hs, ys) in zip(xs, outputs, strict=True)]
        asked = [(x, h0, params, dys) for (x, params), dys in zip(nets, errors, strict=True)]
        steps = [grads for _dx, _dh0, grads in student.rnn_backward.many(asked)]
        history.append([mixed([1, -0.1], [params, grads]) for params, grads in zip(history[-1], steps, strict=True)])
    losses = [[loss(x, h0, params, x[0]) for x, params in zip(xs, nets, strict=True)] for nets in history[::20]]
    show(_("loss after 0, 20, 40, 60 steps"), np.median(losses, axis=1))
    left = np.median(np.divide(losses[-1], losses[0]))
    expect_true(left < 0.5, _("After 60 steps more than half of the loss is left."))


# What beginners write: a walk back in algebra, with the places where it goes wrong as arguments.


def walked_back(
    x,
    h0,
    params,
    dys,
    join=lambda dh, from_output, slope: (dh + from_output) * slope,
    across=lambda du, U: du @ U.T,
    slope_at=1,
    state_at=0,
):
    """rnn_backward, and the errors at the pre-activations. slope_at, state_at: 1 is after a step, 0 before it."""
    hs, _ys = rnn_forward(x, h0, params)
    states = np.concatenate([h0[None], hs])
    dus, dh = [], np.zeros(h0.shape)
    for s in reversed(range(len(x))):
        dus.insert(0, join(dh, dys[s] @ params["V"].T, 1 - states[s + slope_at] ** 2))
        dh = across(dus[0], params["U"])
    dus = np.stack(dus)
    shares = {
        "W": np.einsum("tni,tnh->ih", x, dus),
        "U": np.einsum("tnh,tnk->hk", states[state_at : state_at + len(x)], dus),
        "b": dus.sum(axis=(0, 1)),
        "V": np.einsum("tnh,tnk->hk", hs, dys),
        "c": dys.sum(axis=(0, 1)),
    }
    return (dus @ params["W"].T, dh, shares), dus


@exercise.mistake(
    of="rnn_forward",
    says=_("Every step starts from h0, not from the state of the step before."),
    ask=_("What does the third step know of the first?"),
)
def state_not_carried(x, h0, params):
    hs = np.tanh(x @ params["W"] + h0 @ params["U"] + params["b"])
    return hs, hs @ params["V"] + params["c"]


@exercise.mistake(
    of="rnn_forward",
    says=_("The first step starts from zeros, whatever h0 is."),
    ask=_("What does your function do with h0?"),
)
def start_state_ignored(x, h0, params):
    return rnn_forward(x, np.zeros(h0.shape), params)


@exercise.mistake(
    of="loss",
    says=_("The squares are summed without the ½."),
    ask=_("Compare with the formula term by term: which factor is there?"),
)
def loss_without_half(x, h0, params, t):
    return 2 * loss(x, h0, params, t)


@exercise.mistake(
    of="loss",
    says=_("The mean is taken over the outputs too."),
    ask=_("Over which axes is summed and over which averaged?"),
)
def loss_mean_over_everything(x, h0, params, t):
    return loss(x, h0, params, t) / t.shape[1]


@exercise.mistake(
    of="loss",
    says=_("The losses of the examples are summed, not averaged."),
    ask=_("Would ten copies of the batch change the loss?"),
)
def loss_not_averaged(x, h0, params, t):
    return loss(x, h0, params, t) * len(t)


@exercise.mistake(
    of="loss",
    says=_("The outputs of all times were compared with t."),
    ask=_("Which outputs does the loss look at?"),
)
def loss_over_all_outputs(x, h0, params, t):
    return 0.5 * np.sum((rnn_forward(x, h0, params)[1] - t) ** 2) / len(t)


@exercise.mistake(
    of="rnn_backward",
    says=_("A state receives the error of its own output only."),
    ask=_("Does the state at time s matter only for the output at time s?"),
)
def no_error_through_time(x, h0, params, dys):
    return walked_back(x, h0, params, dys, join=lambda dh, from_output, slope: from_output * slope)[0]


@exercise.mistake(
    of="rnn_backward",
    says=_("Only the error of the last output enters."),
    ask=_("What happens to the error of the outputs before the last?"),
)
def only_the_last_output(x, h0, params, dys):
    return rnn_backward(x, h0, params, only(dys, len(dys) - 1))


@exercise.mistake(
    of="rnn_backward",
    says=_("The error from the next state was not multiplied by the slope of tanh."),
    ask=_("Both errors arrive at h. What lies between h and the weights?"),
)
def slope_missing_on_the_recurrent_error(x, h0, params, dys):
    return walked_back(x, h0, params, dys, join=lambda dh, from_output, slope: dh + from_output * slope)[0]


overwritten_instead_of_summed = exercise.mistake(
    of="rnn_backward",
    says=_("A gradient is that of the first step alone: every step overwrote the one before."),
    ask=_("The same W was used T times. What does the product rule do with that?"),
    id="overwritten_instead_of_summed",
)


@overwritten_instead_of_summed
def overwritten_in_w(x, h0, params, dys):
    (dx, dh0, grads), dus = walked_back(x, h0, params, dys)
    return dx, dh0, {**grads, "W": x[0].T @ dus[0]}


@overwritten_instead_of_summed
def overwritten_in_all_shared(x, h0, params, dys):
    (dx, dh0, grads), dus = walked_back(x, h0, params, dys)
    return dx, dh0, {**grads, "W": x[0].T @ dus[0], "U": h0.T @ dus[0], "b": dus[0].sum(axis=0)}


@exercise.mistake(
    of="rnn_backward",
    says=_("The error of a step was multiplied by the state after it."),
    ask=_("Which state did step s multiply with U?"),
)
def state_off_by_one(x, h0, params, dys):
    return walked_back(x, h0, params, dys, state_at=1)[0]


@exercise.mistake(
    of="rnn_backward",
    says=_("The slope of tanh was taken at the state before the step."),
    ask=_("Your list starts with h0. Which entry is the output of step s?"),
)
def slope_of_the_step_before(x, h0, params, dys):
    return walked_back(x, h0, params, dys, slope_at=0)[0]


@exercise.mistake(
    of="rnn_backward",
    says=_("The error was multiplied by U on its way back, not by the transpose of U."),
    ask=_("U is square. Does the shape tell you that it is right?"),
)
def recurrent_without_transpose(x, h0, params, dys):
    return walked_back(x, h0, params, dys, across=lambda du, U: du @ U)[0]


@exercise.mistake(
    of="rnn_backward",
    says=_("dh0 is the error at the pre-activation of the first step."),
    ask=_("Is there still a matrix between the first step and h0?"),
)
def start_state_gradient_stops_early(x, h0, params, dys):
    (dx, _dh0, grads), dus = walked_back(x, h0, params, dys)
    return dx, dus[0], grads


@exercise.mistake(
    of="rnn_backward",
    says=_("The gradients of the parameters were divided by T."),
    ask=_("Is the upstream gradient an average over time?"),
)
def averaged_over_time(x, h0, params, dys):
    dx, dh0, grads = rnn_backward(x, h0, params, dys)
    return dx, dh0, mixed([1 / len(x)], [grads])


@exercise.mistake(
    of="rnn_backward",
    says=_("The rows of dx stand in the order of the walk back."),
    ask=_("In which order did you visit the steps?"),
)
def dx_in_reverse_order(x, h0, params, dys):
    dx, dh0, grads = rnn_backward(x, h0, params, dys)
    return dx[::-1], dh0, grads


@exercise.mistake(
    of="gradients",
    says=_("All gradients are N times too large."),
    ask=_("Your loss has a factor in front of the sum. Where is it now?"),
)
def batch_not_averaged(x, h0, params, t):
    return mixed([len(t)], [gradients(x, h0, params, t)])


@exercise.mistake(
    of="gradients",
    says=_("All gradients are twice too large."),
    ask=_("What is the derivative of a half square?"),
)
def factor_two(x, h0, params, t):
    return mixed([2], [gradients(x, h0, params, t)])


@exercise.mistake(
    of="truncated_bptt",
    says=_("The walk takes tau steps, not tau + 1."),
    ask=_("tau = 0: does U still get a gradient from the output's own step?"),
)
def window_one_short(x, h0, params, dys, tau):
    shorter = truncated_bptt(x, h0, params, dys, max(tau - 1, 0))
    return {name: value * min(tau, 1) if name in SHARED else value for name, value in shorter.items()}


only_the_end_of_the_sequence = exercise.mistake(
    of="truncated_bptt",
    says=_("One walk back from the end of the sequence stands for all outputs."),
    ask=_("What happens to the error of the outputs before the window?"),
    id="only_the_end_of_the_sequence",
)


@only_the_end_of_the_sequence
def only_the_last_window(x, h0, params, dys, tau):
    last = len(x) - 1
    end = rnn_backward(*window(x, h0, params, dys, last - tau, last))[2]
    return {**truncated_bptt(x, h0, params, dys, tau), **{name: end[name] for name in SHARED}}


@only_the_end_of_the_sequence
def only_the_error_of_the_last_output(x, h0, params, dys, tau):
    end = truncated_bptt(x, h0, params, only(dys, len(dys) - 1), tau)
    return {**truncated_bptt(x, h0, params, dys, tau), **{name: end[name] for name in SHARED}}


output_weights_truncated = exercise.mistake(
    of="truncated_bptt",
    says=_("The output weights got the errors of the last window only."),
    ask=_("Does an output weight need any walk back?"),
    id="output_weights_truncated",
)


@output_weights_truncated
def output_weights_and_bias_truncated(x, h0, params, dys, tau):
    last = len(x) - 1
    end = rnn_backward(*window(x, h0, params, dys, last - tau, last))[2]
    return {**truncated_bptt(x, h0, params, dys, tau), "V": end["V"], "c": end["c"]}


@output_weights_truncated
def output_weights_alone_truncated(x, h0, params, dys, tau):
    right = truncated_bptt(x, h0, params, dys, tau)
    return {**right, "V": output_weights_and_bias_truncated(x, h0, params, dys, tau)["V"]}


@exercise.mistake(
    of="truncated_bptt",
    says=_("Every walk goes back to the first step, whatever tau is."),
    ask=_("What does your function do with tau?"),
)
def window_ignored(x, h0, params, dys, tau):
    return rnn_backward(x, h0, params, dys)[2]


errors_of_the_way_added_again = exercise.mistake(
    of="truncated_bptt",
    says=_("Every walk picks up the errors of the outputs on its way, which have walks of their own."),
    ask=_("How often does the error of output 3 enter if walks start at 3, 4 and 5?"),
    id="errors_of_the_way_added_again",
)


@errors_of_the_way_added_again
def added_again_in_all(x, h0, params, dys, tau):
    walks = [rnn_backward(*window(x, h0, params, dys, t - tau, t))[2] for t in range(len(x))]
    return mixed([1.0] * len(walks), walks)


@errors_of_the_way_added_again
def added_again_in_the_shared(x, h0, params, dys, tau):
    again = added_again_in_all(x, h0, params, dys, tau)
    return {**truncated_bptt(x, h0, params, dys, tau), **{name: again[name] for name in SHARED}}
