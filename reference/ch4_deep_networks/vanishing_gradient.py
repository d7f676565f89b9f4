"""The vanishing gradient: a weight matrix and a slope for every layer, and what twenty such factors leave."""

from itertools import pairwise

import autograd.numpy as np
from autograd import grad

from grader.course import Exercise, _, expect, expect_gradient, expect_true, show
from reference.common import sigmoid

exercise = Exercise(
    title=_("The vanishing gradient"),
    after=["activations", "backprop"],
    hints=[
        _("Let x, W₁, W₂ be single numbers and differentiate f(f(x W₁) W₂). Which factors does each layer add?"),
        _("The gradient at h_k has the shape of h_k. How must W stand for g and W to give that of h_{k−1}?"),
        _("Fill the list from its end; the last entry is dy. Which of the stored h gives the slope of a layer?"),
    ],
)
ACTIVATIONS = {"sigmoid": sigmoid, "tanh": np.tanh, "relu": lambda u: np.where(u > 0, u, 0.0)}


@exercise.function
def forward(x, Ws, activation):
    hs = [x]
    for W in Ws:
        hs.append(ACTIVATIONS[activation](hs[-1] @ W))
    return hs


@exercise.function
def backward(x, Ws, activation, dy):
    def with_taps(taps):  # a zero added to each h: the gradient at the zero is the gradient at this h
        h = x + taps[0]
        for W, tap in zip(Ws, taps[1:], strict=True):
            h = ACTIVATIONS[activation](h @ W) + tap
        return np.sum(h * dy)

    return grad(with_taps)([np.zeros(h.shape) for h in forward(x, Ws, activation)])


@exercise.function
def gradient_sizes(x, Ws, activation, dy):
    return np.array([rms(g) for g in backward(x, Ws, activation, dy)])


@exercise.function
def factor_per_layer(sizes):
    return (sizes[0] / sizes[-1]) ** (1 / (len(sizes) - 1))


def rms(g):
    return np.sqrt(np.mean(g**2))


def chain(rng, widths, examples, gain=1.0):
    """x and weights that keep a signal's size, for these widths."""
    pairs = list(pairwise(widths))
    return rng.normal(size=(examples, widths[0])), [rng.normal(scale=np.sqrt(gain / n), size=(n, m)) for n, m in pairs]


WORKED = np.array([[1.0, -1.0]]), [np.array([[0.5, -1.0], [1.0, 0.5]]), np.array([[1.0], [2.0]])], "sigmoid"


@exercise.check("value", of="forward", points=2, title=_("forward: the input and the value after every layer"))
def forward_values(student, rng):
    for activation in ACTIVATIONS:
        x, Ws = chain(rng, (5, 7, 6, 4), 3)
        expect(student.forward(x, Ws, activation), forward(x, Ws, activation))
    expect(student.forward(*WORKED), forward(*WORKED), shown=True, note=_("the worked number of the statement"))


@exercise.check("edge", of="forward", title=_("forward: one layer, one example, pre-activations of ±500"))
def forward_edges(student, rng):
    for activation in ACTIVATIONS:
        for x, Ws in extremes(rng):
            expect(student.forward(x, Ws, activation), forward(x, Ws, activation))


def extremes(rng):
    """One layer and one example; a single unit throughout; and pre-activations of ±500."""
    steep = (
        rng.choice([-1.0, 1.0], (3, 1)),
        [500 * rng.permutation([1.0, -1.0, 1.0, -1.0])[None], rng.normal(size=(4, 2))],
    )
    return chain(rng, (4, 3), 1), chain(rng, (1, 1, 1), 1), steep


@exercise.check("value", of="backward", points=2, title=_("backward: the gradient at the input and after every layer"))
def backward_values(student, rng):
    for activation in ACTIVATIONS:
        x, Ws = chain(rng, (5, 7, 6, 4), 3)
        dy = rng.normal(size=(3, 4))
        expect(student.backward(x, Ws, activation, dy), backward(x, Ws, activation, dy))
    dy = np.array([[1.0]])
    expect(
        student.backward(*WORKED, dy), backward(*WORKED, dy), shown=True, note=_("the worked number of the statement")
    )


class Entry:
    """One entry of the list that a function returns, asked as a function of its own."""

    def __init__(self, question, place):
        self.contract, self.question, self.place = question.contract, question, place

    def __call__(self, *args):
        return self.question(*args)[self.place]


@exercise.check("gradient", of="backward", title=_("backward: its first entry is the slope of your own forward"))
def own_slope(student, rng):
    for activation, widths in (("sigmoid", (4, 5, 3)), ("tanh", (4, 5, 3)), ("tanh", (4, 5, 3, 5, 3))):
        x, Ws = chain(rng, widths, 2)
        expect_gradient(student.forward, Entry(student.backward, 0), at=(x, Ws, activation), wrt=0, output=-1)


@exercise.check("law", of="backward", title=_("backward: linear in dy, and a chain may begin at any layer"))
def backward_laws(student, rng):
    for activation in ACTIVATIONS:
        x, Ws = chain(rng, (3, 5, 4, 2), 3)
        one, other = rng.normal(size=(2, 3, 2))
        of_one, of_other = student.backward.many([(x, Ws, activation, one), (x, Ws, activation, other)])
        both = [2 * a - 3 * b for a, b in zip(of_one, of_other, strict=True)]
        expect(student.backward(x, Ws, activation, 2 * one - 3 * other), both)
        h = forward(x, Ws, activation)[2]
        expect(student.backward(h, Ws[2:], activation, one), of_one[2:], note=_("the chain from the second layer on"))


@exercise.check("edge", of="backward", title=_("backward: one layer, one example, pre-activations of ±500"))
def backward_edges(student, rng):
    for activation in ACTIVATIONS:
        for x, Ws in extremes(rng):
            dy = rng.normal(size=(len(x), Ws[-1].shape[1]))
            expect(student.backward(x, Ws, activation, dy), backward(x, Ws, activation, dy))


@exercise.check("value", of="gradient_sizes", title=_("gradient_sizes: the root mean square at every layer"))
def sizes(student, rng):
    for activation, widths in (("sigmoid", (5, 7, 6, 4)), ("tanh", (3, 8, 2)), ("relu", (6, 4))):
        x, Ws = chain(rng, widths, 5)
        dy = rng.normal(size=(5, widths[-1]))
        expect(student.gradient_sizes(x, Ws, activation, dy), gradient_sizes(x, Ws, activation, dy))
    dy = np.array([[1.0]])
    worked = gradient_sizes(*WORKED, dy)
    expect(student.gradient_sizes(*WORKED, dy), worked, shown=True, note=_("the worked number of the statement"))


@exercise.check("value", of="factor_per_layer", title=_("factor_per_layer: the mean factor of one layer"))
def factors(student, rng):
    points = [(np.exp(rng.normal(size=length)),) for length in (2, 5, 21)]
    for (sizes,), value in zip(points, student.factor_per_layer.many(points), strict=True):
        expect(value, factor_per_layer(sizes))


@exercise.check("experiment", of="backward", title=_("20 layers: σ leaves nothing of a gradient, tanh and ReLU do"))
def twenty_layers(student, rng):
    ratio = {}
    for activation, gain in (("sigmoid", 1.0), ("tanh", 1.0), ("relu", 2.0)):
        x, Ws = chain(rng, 21 * (64,), 16, gain)
        answer = student.backward(x, Ws, activation, rng.normal(size=(16, 64)))
        curve = np.array([rms(g) for g in answer])
        ratio[activation] = curve[0] / curve[-1]
        show(_("{activation}: size of the gradient by layer").format(activation=activation), curve)
        show(_("{activation}: factor per layer").format(activation=activation), factor_per_layer(curve))
    expect_true(ratio["sigmoid"] < 1e-11, _("More than 1e-11 of the gradient passes 20 layers of σ."))
    expect_true(ratio["sigmoid"] > 1e-15, _("Less than 1e-15 of the gradient passes 20 layers of σ."))
    expect_true(ratio["tanh"] > 0.01, _("Less than a hundredth of the gradient passes 20 layers of tanh."))
    expect_true(ratio["relu"] > 0.03, _("Less than 0.03 of the gradient passes 20 layers of ReLU."))


# What beginners write

SLOPES = {"sigmoid": lambda h: h * (1 - h), "tanh": lambda h: 1 - h**2, "relu": lambda h: np.where(h > 0, 1.0, 0.0)}


def passed_back(x, Ws, activation, dy, step):
    """backward by hand, with step(g at h, W, h, h of the layer below) for one layer."""
    hs, gradients = forward(x, Ws, activation), [dy]
    for k in reversed(range(len(Ws))):
        gradients.insert(0, step(gradients[0], Ws[k], hs[k + 1], hs[k]))
    return gradients


@exercise.mistake(
    of="forward",
    says=_("The input is not in the list."),
    ask=_("How many places are there between and around L layers?"),
)
def forward_without_input(x, Ws, activation):
    return forward(x, Ws, activation)[1:]


@exercise.mistake(
    of="forward",
    says=_("The last layer has no activation."),
    ask=_("Does the definition treat k = L in another way?"),
)
def last_layer_linear(x, Ws, activation):
    hs = forward(x, Ws[:-1], activation)
    return [*hs, hs[-1] @ Ws[-1]]


@exercise.mistake(
    of="forward",
    says=_("The activation acts on the layer's input, and the weights on its result."),
    ask=_("Is f taken before or after the weights?"),
)
def activation_on_input(x, Ws, activation):
    hs = [x]
    for W in Ws:
        hs.append(ACTIVATIONS[activation](hs[-1]) @ W)
    return hs


@exercise.mistake(
    of="backward",
    says=_("The gradient is multiplied by the weights alone; the slope of the activation is missing."),
    ask=_("Which factor of the chain rule does the activation give?"),
)
def no_slope(x, Ws, activation, dy):
    return passed_back(x, Ws, activation, dy, lambda g, W, h, below: g @ W.T)


@exercise.mistake(
    of="backward",
    says=_("W was not transposed on the way back."),
    ask=_("What shape must a gradient at h_{k−1} have?"),
)
def not_transposed(x, Ws, activation, dy):
    return passed_back(x, Ws, activation, dy, lambda g, W, h, below: (g * SLOPES[activation](h)) @ W)


@exercise.mistake(
    of="backward",
    says=_("The slope was taken at the layer below, after the weights."),
    ask=_("At which layer's pre-activation is this slope to be taken?"),
)
def slope_of_the_layer_below(x, Ws, activation, dy):
    return passed_back(x, Ws, activation, dy, lambda g, W, h, below: (g @ W.T) * SLOPES[activation](below))


@exercise.mistake(
    of="backward",
    says=_("The slope was taken at the output h, as if h were the pre-activation."),
    ask=_("Is h the argument of f or its value?"),
)
def slope_of_output_as_input(x, Ws, activation, dy):
    def slope(h):
        return SLOPES[activation](ACTIVATIONS[activation](h))

    return passed_back(x, Ws, activation, dy, lambda g, W, h, below: (g * slope(h)) @ W.T)


@exercise.mistake(
    of="backward",
    says=_("The slope of tanh was written as 1 − h."),
    ask=_("What is the derivative of tanh, written by its value?"),
)
def tanh_slope_not_squared_in_chain(x, Ws, activation, dy):
    slope = (SLOPES | {"tanh": lambda h: 1 - h})[activation]
    return passed_back(x, Ws, activation, dy, lambda g, W, h, below: (g * slope(h)) @ W.T)


@exercise.mistake(
    of="backward",
    says=_("The slope of the sigmoid was used, whichever activation was named."),
    ask=_('What is different when activation is "tanh"?'),
)
def always_sigmoid_slope(x, Ws, activation, dy):
    return passed_back(x, Ws, activation, dy, lambda g, W, h, below: (g * h * (1 - h)) @ W.T)


@exercise.mistake(
    of="backward",
    says=_("The slope of ReLU was asked for by h ≥ 0, which always holds."),
    ask=_("Can a value of ReLU be negative at all?"),
)
def relu_slope_from_output_not_strict(x, Ws, activation, dy):
    slope = (SLOPES | {"relu": lambda h: np.where(h >= 0, 1.0, 0.0)})[activation]
    return passed_back(x, Ws, activation, dy, lambda g, W, h, below: (g * slope(h)) @ W.T)


@exercise.mistake(
    of="backward",
    says=_("The list begins at the output."),
    ask=_("Which gradient stands first in the promised list?"),
)
def output_first(x, Ws, activation, dy):
    return backward(x, Ws, activation, dy)[::-1]


@exercise.mistake(
    of="gradient_sizes",
    says=_("This is the Euclidean norm; libraries clip gradients by it."),
    ask=_("Would a layer of twice the width have a larger size?"),
)
def norm_not_rms(x, Ws, activation, dy):
    return np.array([np.linalg.norm(g) for g in backward(x, Ws, activation, dy)])


@exercise.mistake(
    of="gradient_sizes",
    says=_("This is the mean of the absolute values."),
    ask=_("What stands under the root of a mean square?"),
)
def mean_absolute(x, Ws, activation, dy):
    return np.array([np.mean(np.abs(g)) for g in backward(x, Ws, activation, dy)])


@exercise.mistake(
    of="gradient_sizes",
    says=_("The root was not taken."),
    ask=_("In which unit is a square?"),
)
def no_root(x, Ws, activation, dy):
    return gradient_sizes(x, Ws, activation, dy) ** 2


@exercise.mistake(
    of="factor_per_layer",
    says=_("The ratio is upside down."),
    ask=_("Should a vanishing gradient have a factor below or above 1?"),
)
def ratio_upside_down(sizes):
    return factor_per_layer(sizes[::-1])


@exercise.mistake(
    of="factor_per_layer",
    says=_("The root was taken by the number of sizes."),
    ask=_("How many layers lie between L + 1 sizes?"),
)
def counts_sizes_not_layers(sizes):
    return (sizes[0] / sizes[-1]) ** (1 / len(sizes))


@exercise.mistake(
    of="factor_per_layer",
    says=_("This is the arithmetic mean of the factors."),
    ask=_("Which mean, taken L times as a factor, gives the whole?"),
)
def arithmetic_mean_of_factors(sizes):
    return np.mean(sizes[:-1] / sizes[1:])
