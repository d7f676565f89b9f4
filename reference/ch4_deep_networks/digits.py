"""The capstone: He's weights, batch normalization, ReLU, dropout and Adam, put together, read digits."""

from itertools import pairwise

import autograd.numpy as np
from autograd import grad

from grader.course import Exercise, _, expect, expect_gradient, expect_shape, expect_true, show
from reference.common import fresh, log_softmax

exercise = Exercise(
    capstone=True,
    title=_("Handwritten digits by one's own deep network"),
    after=["batch_norm", "dropout", "adam", "init"],
    hints=[
        _("Write one layer as a chain: a, x̂, z, relu(z), h. Which of its stages does the way back need again?"),
        _("Check gradients against your own loss before you train. With sizes [5, 4, 3] a fault is found in a second."),
        _("One loop over epochs, in it one over mini-batches of a shuffled order. What must be drawn anew in each?"),
    ],
    limits={"call": 20.0, "cpu": 90.0, "wall": 150.0},
)


@exercise.function
def init_params(sizes, rng):
    params = {}
    for layer, (n, m) in enumerate(pairwise(sizes), 1):
        params[f"W{layer}"] = rng.normal(0.0, np.sqrt(2 / n), (n, m))
        if layer < len(sizes) - 1:
            params |= {f"gamma{layer}": np.ones(m), f"beta{layer}": np.zeros(m)}
    return params | {f"b{len(sizes) - 1}": np.zeros(sizes[-1])}


@exercise.function
def loss(params, x, t, masks):
    last = len(masks) + 1
    h = x
    for layer, mask in enumerate(masks, 1):
        a = h @ params[f"W{layer}"]
        h = np.maximum(normalized(a, *statistics(a), params, layer), 0.0) * mask
    return -np.sum(t * log_softmax(h @ params[f"W{last}"] + params[f"b{last}"])) / len(x)


@exercise.function
def gradients(params, x, t, masks):
    return grad(loss)(params, x, t, masks)


@exercise.function
def predict(params, stats, x):
    last = len(stats) + 1
    h = x
    for layer, (mean, var) in enumerate(stats, 1):
        h = np.maximum(normalized(h @ params[f"W{layer}"], mean, var, params, layer), 0.0)
    return np.exp(log_softmax(h @ params[f"W{last}"] + params[f"b{last}"]))


@exercise.function
def train(x, t, sizes, rng, epochs, batch, lr, p):
    return training(x, t, sizes, rng, epochs, batch, lr, p, Adam())


def statistics(a):
    mean = np.mean(a, axis=0)
    return mean, np.mean((a - mean) ** 2, axis=0)


def normalized(a, mean, var, params, layer):
    return params[f"gamma{layer}"] * (a - mean) / np.sqrt(var + 1e-5) + params[f"beta{layer}"]


class Adam:
    def __init__(self):
        self.m, self.v, self.t = {}, {}, 0

    def step(self, params, slopes, lr):
        self.t += 1
        for key, g in slopes.items():
            self.m[key] = 0.9 * self.m.get(key, 0.0) + 0.1 * g
            self.v[key] = 0.999 * self.v.get(key, 0.0) + 0.001 * g**2
            m, v = self.m[key] / (1 - 0.9**self.t), self.v[key] / (1 - 0.999**self.t)
            params[key] = params[key] - lr * m / (np.sqrt(v) + 1e-8)


class Descent:
    def step(self, params, slopes, lr):
        for key, g in slopes.items():
            params[key] = params[key] - lr * g


def training(x, t, sizes, rng, epochs, batch, lr, p, optimizer, labels_along=True):
    """(params, stats of the whole training set, losses). Slopes by algebra: autograd would take three times as long."""
    params, losses = init_params(sizes, rng), []
    for _epoch in range(epochs):
        order, total = rng.permutation(len(x)), 0.0
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            targets = t[rows] if labels_along else t[start : start + batch]
            masks = [(rng.random((batch, n)) >= p) / (1 - p) for n in sizes[1:-1]]
            total += float(loss(params, x[rows], targets, masks))
            optimizer.step(params, by_hand(params, x[rows], targets, masks), lr)
        losses.append(total * batch / len(x))
    return params, statistics_of(params, x, len(sizes) - 2), np.array(losses)


def statistics_of(params, x, hidden):
    stats, h = [], x
    for layer in range(1, hidden + 1):
        a = h @ params[f"W{layer}"]
        stats.append(statistics(a))
        h = np.maximum(normalized(a, *stats[-1], params, layer), 0.0)
    return stats


def by_hand(params, x, t, masks, *, mask=True, slope=True, gamma=True, through_statistics=True):
    """The gradients by algebra; what is set to False is forgotten on the way back."""
    last, h, stages = len(masks) + 1, x, []
    for layer, kept in enumerate(masks, 1):
        a = h @ params[f"W{layer}"]
        mean, var = statistics(a)
        hat, s = (a - mean) / np.sqrt(var + 1e-5), np.sqrt(var + 1e-5)
        z = params[f"gamma{layer}"] * hat + params[f"beta{layer}"]
        stages.append((layer, h, hat, s, z, kept))
        h = np.maximum(z, 0.0) * kept
    d = (np.exp(log_softmax(h @ params[f"W{last}"] + params[f"b{last}"])) - t) / len(x)
    slopes = {f"W{last}": h.T @ d, f"b{last}": np.sum(d, axis=0)}
    d = d @ params[f"W{last}"].T
    for layer, below, hat, s, z, kept in reversed(stages):
        d = d * (kept if mask else 1.0) * (z > 0 if slope else 1.0)
        slopes |= {f"gamma{layer}": np.sum(d * hat, axis=0), f"beta{layer}": np.sum(d, axis=0)}
        d = d * params[f"gamma{layer}"] if gamma else d
        d = (d - np.mean(d, axis=0) - hat * np.mean(d * hat, axis=0) if through_statistics else d) / s
        slopes[f"W{layer}"] = below.T @ d
        d = d @ params[f"W{layer}"].T
    return slopes


def case(rng, sizes, N, dropped=True):
    """params, x, t, masks at a point where every parameter matters."""
    params = init_params(sizes, rng)
    for key, value in params.items():
        params[key] = value if key[0] == "W" else value + rng.normal(0, 0.3, value.shape)
    masks = [rng.integers(2, size=(N, n)) * 2.0 if dropped else np.ones((N, n)) for n in sizes[1:-1]]
    return params, rng.normal(size=(N, sizes[0])), np.eye(sizes[-1])[rng.integers(sizes[-1], size=N)], masks


def worked(W2=(1.0, -1.0), b2=(0.0, 0.0)):
    params = {"W1": np.array([[2.0]]), "gamma1": np.ones(1), "beta1": np.zeros(1)}
    params |= {"W2": np.array([W2]), "b2": np.array(b2)}
    return params, np.array([[0.0], [1.0]]), np.array([[0.0, 1.0], [1.0, 0.0]]), [np.ones((2, 1))]


# The data: digits drawn as polylines in the unit square (x to the right, y down), and seen by 8 × 8 grey pixels.

STROKES = """
.5,.1 .25,.25 .2,.5 .25,.75 .5,.9 .75,.75 .8,.5 .75,.25 .5,.1
.35,.25 .55,.1 .55,.9
.22,.3 .35,.12 .6,.1 .75,.28 .65,.5 .2,.9 .8,.9
.22,.15 .6,.1 .75,.28 .45,.48 .75,.68 .6,.88 .2,.85
.6,.1 .2,.62 .82,.62 and .62,.38 .62,.92
.75,.1 .3,.1 .26,.45 .6,.42 .77,.65 .6,.88 .22,.86
.68,.1 .38,.3 .22,.65 .4,.9 .68,.85 .74,.64 .5,.52 .25,.65
.2,.1 .8,.1 .42,.9
.5,.48 .28,.3 .5,.1 .72,.3 .5,.48 .24,.7 .5,.9 .76,.7 .5,.48
.74,.35 .5,.48 .27,.32 .42,.1 .7,.14 .74,.35 .6,.9
""".strip().splitlines()
PIXELS = np.array([((column + 0.5) / 8, (row + 0.5) / 8) for row in range(8) for column in range(8)])


def corners(stroke):
    return np.array([[float(number) for number in corner.split(",")] for corner in stroke.split()])


POLYLINES = [[corners(stroke) for stroke in line.split(" and ")] for line in STROKES]


def draw_digits(rng, n):
    """n images (n, 64) in 0 … 1 and their classes one-hot (n, 10), all ten equally often, in a drawn order."""
    labels = rng.permutation(np.arange(n) % 10)
    return np.stack([draw_digit(rng, POLYLINES[label]) for label in labels]), np.eye(10)[labels]


def draw_digit(rng, polylines):
    angle, shear = rng.uniform(-0.25, 0.25, 2)
    sx, sy = rng.uniform(0.7, 1.1, 2)
    shift, pen = rng.uniform(-0.08, 0.08, 2), rng.uniform(0.05, 0.09)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    M = turn @ np.array([[sx, shear], [0.0, sy]])
    nearest = np.full(64, np.inf)
    for line in polylines:
        moved = (line + rng.normal(0, 0.04, line.shape) - 0.5) @ M.T + 0.5 + shift
        nearest = np.minimum(nearest, distance_to(moved))
    return np.clip(np.exp(-(nearest**2) / (2 * pen**2)) + rng.normal(0, 0.1, 64), 0, 1)


def distance_to(line):
    """Of every pixel's centre to the nearest point of a polyline."""
    start, along = line[:-1], np.diff(line, axis=0)
    away = PIXELS[:, None] - start
    share = np.clip(np.sum(away * along, axis=2) / np.sum(along**2, axis=1), 0, 1)
    return np.sqrt(np.sum((away - share[..., None] * along) ** 2, axis=2)).min(axis=1)


# init_params


@exercise.check("value", of="init_params", title=_("init_params: keys, shapes, and the variance 2/n of the weights"))
def starting_point(student, rng):
    sizes = [40, 50, 60, 10]
    answers = student.init_params.many([(sizes, fresh(rng)) for _network in range(20)])
    right = init_params(sizes, fresh(rng))
    keys = isinstance(answers[0], dict) and answers[0].keys() == right.keys()
    expect_true(keys, _("The keys are not W1 to WL, gamma and beta of every hidden layer, and b of the last."))
    for key, value in right.items():
        expect_shape(answers[0][key], value.shape)
    for key in [key for key in right if key[0] != "W"]:
        expect(answers[0][key], right[key])
    for layer, n in enumerate(sizes[:-1], 1):
        ratio = np.var([answer[f"W{layer}"] for answer in answers]) * n / 2
        show(_("variance of W{layer}, over 2/n").format(layer=layer), ratio)
        expect_true(
            abs(ratio - 0.5) > 0.1, _("The variance is 1/n, half of what is promised."), reveals="he_without_two"
        )
        expect_true(abs(ratio - 1) < 0.1, _("The variance of the weights is not 2/n, give or take 10 %."))


# loss


@exercise.check("value", of="loss", points=2, title=_("loss: of a batch, with its statistics and these masks"))
def losses_of_batches(student, rng):
    sizes = [6, 5, 4, 3]
    cases = [case(rng, sizes, 8), case(rng, sizes, 8), case(rng, sizes, 8, dropped=False)]
    for parts, value in zip(cases, student.loss.many(cases), strict=True):
        expect(value, loss(*parts))
    expect(student.loss(*worked()), loss(*worked()), shown=True, note=_("the worked number of the statement"))


@exercise.check("law", of="loss", title=_("loss: a constant added to every row of x does not matter"))
def loss_without_offset(student, rng):
    params, x, t, masks = case(rng, [5, 4, 3], 7)
    expect(student.loss(params, x + rng.normal(size=5), t, masks), student.loss(params, x, t, masks))


@exercise.check("edge", of="loss", title=_("loss: finite for logits of ±1000 that agree with the targets"))
def loss_far_out(student, rng):
    far = worked((2000.0, -2000.0), (-1000.0, 1000.0))
    expect(student.loss(*far), loss(*far))
    shallow = case(rng, [3, 4, 2], 6)
    expect(student.loss(*shallow), loss(*shallow), note=_("one hidden layer"))


# gradients


@exercise.check("gradient", of="gradients", points=4, title=_("gradients: the slopes of your own loss"))
def own_slopes(student, rng):
    for sizes in ([5, 4, 3], [5, 4, 4, 3]):
        expect_gradient(student.loss, student.gradients, at=case(rng, sizes, 8), wrt=0)


@exercise.check("law", of="gradients", title=_("gradients: no offset, and nothing into a unit that is dropped"))
def gradient_laws(student, rng):
    params, x, t, masks = case(rng, [5, 4, 3], 7)
    masks[0][:, 1] = 0.0
    slopes = student.gradients(params, x, t, masks)
    moved = student.gradients(params, x + rng.normal(size=5), t, masks)
    for key in ("gamma1", "beta1", "b2"):
        expect(moved[key], slopes[key], note=_("a constant added to every row of x"))
    still = np.all(np.abs(slopes["W1"][:, 1]) < 1e-12)
    expect_true(still, _("Weights into a unit that is dropped in every row have a gradient."), got=slopes["W1"])


@exercise.check("edge", of="gradients", title=_("gradients: one hidden layer, logits of ±1000"))
def gradients_far_out(student, rng):
    far = worked((2000.0, -2000.0), (-1000.0, 1000.0))
    expect(student.gradients(*far), gradients(*far))


# predict


@exercise.check("value", of="predict", title=_("predict: probabilities, with the given statistics"))
def predictions(student, rng):
    params, x, _t, _masks = case(rng, [6, 5, 4, 3], 5)
    stats = [(rng.normal(size=n), rng.uniform(0.5, 2, n)) for n in (5, 4)]
    y = student.predict(params, stats, x)
    expect(y, predict(params, stats, x))
    expect_true(np.allclose(y.sum(axis=1), 1), _("The probabilities of a row do not add up to 1."), got=y)
    expect(student.predict(params, stats, x[:1]), y[:1], note=_("the first row alone"))


# train

SIZES = [64, 48, 32, 10]


@exercise.check("law", of="train", title=_("train: the generator decides everything"))
def same_state_same_training(student, rng):
    x, t = draw_digits(rng, 100)
    seed = rng.integers(2**32)
    first, again = (student.train(x, t, [64, 12, 10], np.random.default_rng(seed), 2, 25, 0.01, 0.2) for _ in "ab")
    expect(again, first, note=_("the same generator state once more"))
    expect_shape(first[2], (2,))


@exercise.check("experiment", of="train", points=2, title=_("train: reads three digits out of four that it never saw"))
def reads_digits(student, rng):
    x, t = draw_digits(rng, 600)
    x_test, t_test = draw_digits(rng, 300)
    start, ones = student.init_params(SIZES, fresh(rng)), [np.ones((50, n)) for n in SIZES[1:-1]]
    slopes = student.gradients(start, x[:50], t[:50], ones)
    show(_("size of the gradient by layer before training"), [float(np.std(slopes[f"W{k}"])) for k in (1, 2, 3)])
    accuracies, ratios = [], []
    for _network in range(3):
        params, stats, losses = student.train(x, t, SIZES, fresh(rng), 20, 50, 0.01, 0.2)
        expect_shape(losses, (20,))
        never = all(np.all(mean == 0) and np.all(var == 1) for mean, var in stats)
        expect_true(not never, _("The statistics for predict are 0 and 1."), reveals="statistics_never_taken")
        right = student.predict(params, stats, x_test).argmax(axis=1) == t_test.argmax(axis=1)
        accuracies.append(float(right.mean()))
        ratios.append(float(losses[-1] / losses[0]))
        show(_("loss by epoch"), np.asarray(losses))
    show(_("accuracy on 300 new digits"), accuracies)
    accuracy, ratio = np.median(accuracies), np.median(ratios)
    expect_true(ratio < 1, _("The loss rises from the first epoch to the last."), reveals="climbs")
    expect_true(accuracy > 0.2, _("The digits are read no better than by chance."), reveals="labels_not_shuffled")
    expect_true(ratio < 0.4, _("After 20 epochs more than 0.4 of the first loss is left."), reveals="plain_descent")
    expect_true(accuracy >= 0.75, _("Fewer than three out of four new digits are read."))


# What beginners write


@exercise.mistake(
    of="init_params",
    says=_("gamma starts at 0."),
    ask=_("What leaves a layer whose gamma is 0?"),
)
def gammas_start_at_zero(sizes, rng):
    return {key: value * 0 if key.startswith("gamma") else value for key, value in init_params(sizes, rng).items()}


@exercise.mistake(
    of="init_params",
    says=_("The weights have the variance 1/n."),
    ask=_("Which part of the signal does ReLU let through?"),
)
def he_without_two(sizes, rng):
    return {key: value / np.sqrt(2) if key[0] == "W" else value for key, value in init_params(sizes, rng).items()}


@exercise.mistake(
    of="init_params",
    says=_("Every layer has a bias besides its beta."),
    ask=_("What does batch norm do to a bias before it?"),
)
def biases_everywhere(sizes, rng):
    return init_params(sizes, rng) | {f"b{layer}": np.zeros(n) for layer, n in enumerate(sizes[1:], 1)}


@exercise.mistake(
    of="loss",
    says=_("The losses of the examples are summed, not averaged."),
    ask=_("Does the loss of a batch twice as long double?"),
)
def loss_summed(params, x, t, masks):
    return len(x) * loss(params, x, t, masks)


@exercise.mistake(
    of="loss",
    says=_("The masks have no effect."),
    ask=_("Where do the masks enter?"),
)
def loss_without_dropout(params, x, t, masks):
    return loss(params, x, t, [np.ones(mask.shape) for mask in masks])


@exercise.mistake(
    of="loss",
    says=_("ReLU comes before the normalization."),
    ask=_("In which order do the four steps of a layer come?"),
)
def relu_before_batch_norm(params, x, t, masks):
    last, h = len(masks) + 1, x
    for layer, mask in enumerate(masks, 1):
        a = np.maximum(h @ params[f"W{layer}"], 0.0)
        h = normalized(a, *statistics(a), params, layer) * mask
    return -np.sum(t * log_softmax(h @ params[f"W{last}"] + params[f"b{last}"])) / len(x)


@exercise.mistake(
    of="gradients",
    says=_("The mean and the variance were treated as constants."),
    ask=_("If one a changes, does the mean of its column stay?"),
)
def statistics_taken_as_constants(params, x, t, masks):
    return by_hand(params, x, t, masks, through_statistics=False)


@exercise.mistake(
    of="gradients",
    says=_("The gradient passes the dropped units."),
    ask=_("Can a dropped unit have changed the loss?"),
)
def mask_forgotten_backward(params, x, t, masks):
    return by_hand(params, x, t, masks, mask=False)


@exercise.mistake(
    of="gradients",
    says=_("The gradient passes the units that ReLU cut to 0."),
    ask=_("What passes a unit that was cut to 0?"),
)
def relu_slope_forgotten(params, x, t, masks):
    return by_hand(params, x, t, masks, slope=False)


@exercise.mistake(
    of="gradients",
    says=_("All gradients are N times too large."),
    ask=_("What does the 1/N of the loss do to its gradient?"),
)
def gradient_not_divided(params, x, t, masks):
    return {key: len(x) * slope for key, slope in gradients(params, x, t, masks).items()}


@exercise.mistake(
    of="gradients",
    says=_("gamma is missing on the way back through the normalization."),
    ask=_("By what is x̂ multiplied on its way on?"),
)
def gamma_missing_in_dx(params, x, t, masks):
    return by_hand(params, x, t, masks, gamma=False)


@exercise.mistake(
    of="predict",
    says=_("The statistics of the given x were taken."),
    ask=_("May the answer for one digit depend on its neighbours?"),
)
def batch_statistics_in_predict(params, stats, x):
    return predict(params, statistics_of(params, x, len(stats)), x)


@exercise.mistake(
    of="predict",
    says=_("The classes come back, not their probabilities."),
    ask=_("Which shape is promised?"),
)
def classes_for_probabilities(params, stats, x):
    return predict(params, stats, x).argmax(axis=1)


@exercise.mistake(
    of="train",
    says=_("The step was added."),
    ask=_("In which direction does the loss fall?"),
)
def climbs(x, t, sizes, rng, epochs, batch, lr, p):
    return training(x, t, sizes, rng, epochs, batch, -lr, p, Adam())


@exercise.mistake(
    of="train",
    says=_("The images were shuffled, their labels were not."),
    ask=_("Does each image keep its label?"),
)
def labels_not_shuffled(x, t, sizes, rng, epochs, batch, lr, p):
    return training(x, t, sizes, rng, epochs, batch, lr, p, Adam(), labels_along=False)


@exercise.mistake(
    of="train",
    says=_("The statistics were left at 0 and 1."),
    ask=_("Which mean and variance will predict use?"),
)
def statistics_never_taken(x, t, sizes, rng, epochs, batch, lr, p):
    params, stats, losses = train(x, t, sizes, rng, epochs, batch, lr, p)
    return params, [(0 * mean, 0 * var + 1) for mean, var in stats], losses


@exercise.mistake(
    of="train",
    says=_("This is plain descent; Adam has no part in it."),
    ask=_("How large is Adam's step, and how large is yours?"),
)
def plain_descent(x, t, sizes, rng, epochs, batch, lr, p):
    return training(x, t, sizes, rng, epochs, batch, lr, p, Descent())
