"""Capstone: a network that sees 25 values of a wave predicts the next, and can feed on its own predictions."""

import autograd.numpy as np
from autograd import value_and_grad

from grader.course import Exercise, _, expect, expect_gradient, expect_true, show
from reference.common import (
    Part,
    adam_trained,
    awkward,
    expect_learnt,
    expect_values,
    fresh,
    held,
    mixed,
    rnn_params,
    rollout,
)

exercise = Exercise(
    capstone=True,
    title=_("Capstone: a sine wave by one's own RNN"),
    after=["bptt", "adam"],
    hints=[
        _("Write the series 0, 1, 2, 3, 4 and its windows of length 2 on paper. How many are there?"),
        _("The loss sees the last output alone. Where does the error enter, and how far does it go back?"),
        _("Train on a few windows first and print the loss at every step. What should it do?"),
    ],
    limits={"call": 20.0, "cpu": 90.0, "wall": 150.0},
)


@exercise.function
def make_windows(series, length):
    windows = np.stack([series[m : m + length] for m in range(len(series) - length)], axis=1)
    return windows[:, :, None], series[length:, None]


@exercise.function
def predict(x, params):
    start = np.zeros((x.shape[1], len(params["U"])))
    hs = rollout(lambda x_t, h: step(x_t, h, params), x, start)
    return hs[-1] @ params["V"] + params["c"]


def step(x, h, params):
    return np.tanh(x @ params["W"] + h @ params["U"] + params["b"])


def loss(params, x, t, predict=predict):
    params = {key: params[key] for key in params}  # taken out once: autograd pays for the whole dict each time
    return 0.5 * np.sum((predict(x, params) - t) ** 2) / len(t)


@exercise.function
def loss_gradients(x, t, params):
    return value_and_grad(loss)(params, x, t)


@exercise.function
def train(x, t, n_h, steps, rng):
    return adam_trained(rnn_params(rng, 1, n_h, 1, bias=0.0), lambda params: by_algebra(x, t, params), steps)


@exercise.function
def continue_wave(start, params, count):
    values = list(start)
    for _step in range(count):
        values.append(predict(np.array(values[-len(start) :])[:, None, None], params)[0, 0])
    return np.array(values[len(start) :])


def by_algebra(x, t, params):
    """loss_gradients twenty times as fast as through autograd, so that training can be checked in a second."""
    hs = [np.zeros((x.shape[1], len(params["U"])))]
    for x_t in x:
        hs.append(step(x_t, hs[-1], params))
    dy = (hs[-1] @ params["V"] + params["c"] - t) / len(t)
    grads = {"W": 0.0, "U": 0.0, "b": 0.0, "V": hs[-1].T @ dy, "c": dy.sum(axis=0)}
    dh = dy @ params["V"].T
    for x_t, before, after in zip(x[::-1], hs[-2::-1], hs[:0:-1], strict=True):
        du = dh * (1 - after**2)
        shares = {"W": x_t.T @ du, "U": before.T @ du, "b": du.sum(axis=0)}
        grads = {key: grads[key] + shares.get(key, 0.0) for key in grads}
        dh = du @ params["U"].T
    return 0.5 * np.sum(dy**2) * len(t), grads


def draw(rng, T, N, n_h):
    """Windows, targets, and all five parameters."""
    return rng.normal(size=(T, N, 1)), rng.normal(size=(N, 1)), rnn_params(rng, 1, n_h, 1)


@exercise.check("value", of="make_windows", title=_("make_windows: overlapping windows and the value after each"))
def window_values(student, rng):
    series = rng.normal(size=12)
    expect_values(student.make_windows, make_windows, [(series, 4), (series, 1), (series, 11)])


@exercise.check("value", of="predict", title=_("predict: the linear output after the last step"))
def predictions(student, rng):
    x, _t, params = draw(rng, 5, 3, 4)
    expect_values(student.predict, predict, [(x, params)])


@exercise.check("edge", of="predict", title=_("predict: one step, one window, arrays of every kind"))
def prediction_edges(student, rng):
    (x, _t, params), (one, _t, other) = draw(rng, 4, 3, 4), draw(rng, 1, 1, 3)
    expect_values(student.predict, predict, [(one, other), (awkward(x), params)])


@exercise.check("value", of="loss_gradients", title=_("loss_gradients: the loss"))
def loss_values(student, rng):
    x, t, params = draw(rng, 5, 3, 4)
    expect(Part(student.loss_gradients, 0)(x, t, params), loss(params, x, t))


@exercise.check("gradient", of="loss_gradients", points=2, title=_("loss_gradients: the slopes of your own loss"))
def own_slopes(student, rng):
    claimed = Part(student.loss_gradients, 1)
    expect_gradient(student.loss_gradients, claimed, at=draw(rng, 5, 3, 4), wrt=2, output=0)


@exercise.check("edge", of="loss_gradients", title=_("loss_gradients: one step, one window, arrays of every kind"))
def gradient_edges(student, rng):
    claimed = Part(student.loss_gradients, 1)
    expect_gradient(student.loss_gradients, claimed, at=draw(rng, 1, 1, 3), wrt=2, output=0)
    x, t, params = draw(rng, 4, 3, 4)
    value, usual = student.loss_gradients.many([(awkward(x), awkward(t), params), (x, t, params)])
    expect(value, usual, shown=True, note=_("read-only arrays that are not contiguous"))


@exercise.check("value", of="continue_wave", title=_("continue_wave: the network feeds on its own predictions"))
def continued(student, rng):
    start, (_x, _t, params) = rng.normal(size=4), draw(rng, 1, 1, 4)
    expect_values(student.continue_wave, continue_wave, [(start, params, 6), (start, params, 1)])


@exercise.check("experiment", of="train", points=3, title=_("train: two of three starts learn a noisy wave"))
def learns_a_wave(student, rng):
    series = np.sin(2 * np.pi * np.arange(150) / 50) + rng.uniform(-0.05, 0.05, size=150)
    x, t = make_windows(series, 25)
    params = student.train(x, t, 20, 2, fresh(rng))[0]
    asleep = not any(np.any(params[key]) for key in ("W", "U"))
    expect_true(not asleep, _("W and U start at zero and stay there."), reveals="all_weights_start_at_zero")
    shapes = {"W": (1, 20), "U": (20, 20), "b": (20,), "V": (20, 1), "c": (1,)}
    show(_("loss of repeating the last value"), float(0.5 * np.mean((x[-1] - t) ** 2)))
    runs = expect_learnt(student.train, (x, t, 20), 300, lambda p: loss(p, x, t), shapes, rng, late=0.01, final=0.02)
    show(_("100 steps on its own"), [continue_wave(series[-25:], params, 100).tolist() for params, _losses in runs])


# What beginners write.


@exercise.mistake(
    of="make_windows",
    says=_("The target is the last value of the window itself."),
    ask=_("Is the number to predict already among the inputs?"),
)
def target_inside_the_window(series, length):
    x, _t = make_windows(series, length)
    return x, x[-1]


@exercise.mistake(
    of="make_windows",
    says=_("The first axis of x counts the windows, the second the steps."),
    ask=_("Which axis is time?"),
)
def batch_major(series, length):
    x, t = make_windows(series, length)
    return np.swapaxes(x, 0, 1), t


@exercise.mistake(
    of="make_windows",
    says=_("Each window begins where the one before ended."),
    ask=_("By how much does the next window move on?"),
)
def windows_do_not_overlap(series, length):
    x, t = make_windows(series, length)
    return x[:, ::length], t[::length]


@exercise.mistake(
    of="predict",
    says=_("The outputs of all steps were added."),
    ask=_("Which output is the prediction?"),
)
def every_output_summed(x, params):
    return sum(predict(x[: k + 1], params) for k in range(len(x)))


@exercise.mistake(
    of="predict",
    says=_("The output went through tanh."),
    ask=_("Which values could a linear output take?"),
)
def output_squashed(x, params):
    return np.tanh(predict(x, params))


@exercise.mistake(
    of="loss_gradients",
    says=_("All gradients are N times too large."),
    ask=_("Your loss has a factor in front of the sum. Where is it now?"),
)
def batch_not_averaged(x, t, params):
    value, grads = loss_gradients(x, t, params)
    return value, mixed([len(t)], [grads])


@exercise.mistake(
    of="loss_gradients",
    says=_("The error goes back through the last step only."),
    ask=_("Through how many steps did the first input travel?"),
)
def error_stops_after_one_step(x, t, params):
    def cut(x, params):
        start = np.zeros((x.shape[1], len(params["U"])))
        states = rollout(lambda x_t, h: step(x_t, h, params), x[:-1], start) if len(x) > 1 else [start]
        return step(x[-1], held(states[-1]), params) @ params["V"] + params["c"]

    return value_and_grad(loss)(params, x, t, cut)


@exercise.mistake(
    of="continue_wave",
    says=_("All predictions are made from the first values; the window does not move."),
    ask=_("Does the second prediction know the first?"),
)
def window_not_moved(start, params, count):
    return np.repeat(continue_wave(start, params, 1), count)


@exercise.mistake(
    of="train",
    says=_("The loss rises: the parameters go with the gradient, not against it."),
    ask=_("Which sign has the gradient in your update, and does your loss fall?"),
)
def uphill(x, t, n_h, steps, rng):
    start = rnn_params(rng, 1, n_h, 1, bias=0.0)
    return adam_trained(start, lambda params: by_algebra(x, t, params), steps, lr=-0.01)


@exercise.mistake(
    of="train",
    says=_("The parameters returned are those of the start."),
    ask=_("Are the parameters different after a step?"),
)
def never_updated(x, t, n_h, steps, rng):
    start = rnn_params(rng, 1, n_h, 1, bias=0.0)
    return start, np.full(steps, loss(start, x, t))


@exercise.mistake(
    of="train",
    says=_("All weights start at zero."),
    ask=_("Which gradients are zero at such a start?"),
)
def all_weights_start_at_zero(x, t, n_h, steps, rng):
    zero = mixed([0.0], [rnn_params(rng, 1, n_h, 1)])
    return adam_trained(zero, lambda params: by_algebra(x, t, params), steps)
