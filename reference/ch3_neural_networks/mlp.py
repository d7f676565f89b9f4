"""The multi-layer perceptron: a layer bends the space so that the next can cut it with a line."""

from functools import partial
from itertools import pairwise

import autograd.numpy as np

from grader.course import Exercise, _, expect, expect_shape, expect_true, show
from reference.common import awkward, sigmoid

exercise = Exercise(
    title=_("The multi-layer perceptron"),
    after=["softmax_regression"],
    hints=[
        _("Write down the shapes of x, W and b for one layer. What has the next layer to take in?"),
        _("XOR is OR and not AND. Which of the two can a single neuron do, and which neuron joins them?"),
        _("A sigmoid that is steep enough is nearly a step. What makes it steep?"),
        _("Write two layers without activation as one line: (x W₁ + b₁) W₂ + b₂. What stands beside x, what alone?"),
    ],
)
ROWS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = np.array([0.0, 1, 1, 0])
KINDS = _("arrays that are read-only and not contiguous")


@exercise.function
def layer(x, W, b):
    return sigmoid(np.dot(x, W) + b)


@exercise.function
def forward(x, weights, biases):
    for W, b in zip(weights, biases, strict=True):
        x = layer(x, W, b)
    return x


@exercise.function
def xor_parameters():
    weights = [np.array([[20.0, 20.0], [20.0, 20.0]]), np.array([[20.0], [-20.0]])]
    return weights, [np.array([-10.0, -30.0]), np.array([-10.0])]


@exercise.function
def count_parameters(sizes):
    return sum((sizes[k] + 1) * sizes[k + 1] for k in range(len(sizes) - 1))


@exercise.function
def collapse(weights, biases):
    # Where 0 goes is the bias; where the unit vectors go, less that, are the rows of W.
    b = stack(np.zeros((1, len(weights[0]))), weights, biases)[0]
    return stack(np.eye(len(weights[0])), weights, biases) - b, b


def stack(x, weights, biases):
    """The layers one after the other without activation."""
    for W, b in zip(weights, biases, strict=True):
        x = np.dot(x, W) + b
    return x


def network(rng, sizes):
    """Weights and biases, normal; no bias is near 0."""
    pairs = list(pairwise(sizes))
    weights = [rng.normal(size=pair) for pair in pairs]
    return weights, [rng.choice([-1, 1], n) * rng.uniform(0.3, 1.5, n) for _n_in, n in pairs]


@exercise.check("value", of="layer", points=2, title=_("layer: σ(x W + b) in every size"))
def one_layer(student, rng):
    for N, n_in, n_out in ((4, 4, 4), (5, 3, 4), (1, 1, 1)):
        (W,), (b,) = network(rng, [n_in, n_out])
        x = rng.normal(size=(N, n_in))
        expect(student.layer(x, W, b), layer(x, W, b))
    (W, _W2), (b, _b2) = WORKED
    expect(student.layer(ROWS[[2]], W, b), layer(ROWS[[2]], W, b), shown=True, note=_("the worked number"))


WORKED = [np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([[2.0], [-1.0]])], [np.array([0.0, 0.5]), np.array([-0.5])]


@exercise.check("value", of="forward", points=2, title=_("forward: layer after layer, for one layer, two and three"))
def layer_after_layer(student, rng):
    for sizes, N in (([3, 5, 2], 6), ([2, 3, 3, 3, 1], 6), ([3, 3, 3], 6), ([4, 4], 6), ([3, 5, 2], 1)):
        x = rng.normal(size=(N, sizes[0]))
        parameters = network(rng, sizes)
        expect(student.forward(x, *parameters), forward(x, *parameters))
    expect(student.forward(ROWS[[2]], *WORKED), forward(ROWS[[2]], *WORKED), shown=True, note=_("the worked number"))


@exercise.check("law", of="forward", title=_("forward: rows do not mix, the order of hidden units is free"))
def rows_and_units(student, rng):
    x, ((W1, W2), (b1, b2)) = rng.normal(size=(5, 3)), network(rng, [3, 4, 2])
    y = student.forward(x, [W1, W2], [b1, b2])
    expect_shape(y, (5, 2))
    inside = np.all(np.asarray(y) > 0) and np.all(np.asarray(y) < 1)
    expect_true(inside, _("There are values that are not between 0 and 1."), got=y)
    order, rows = rng.permutation(4), rng.permutation(5)
    expect(
        student.forward(x, [W1[:, order], W2[order]], [b1[order], b2]), y, note=_("the hidden units in another order")
    )
    expect(student.forward(x[rows], [W1, W2], [b1, b2]), np.asarray(y)[rows], note=_("the rows in another order"))
    expect(student.forward(x[1:2], [W1, W2], [b1, b2]), np.asarray(y)[1:2], note=_("one row alone"))


@exercise.check("value", of="xor_parameters", title=_("xor_parameters: a network of two layers that is XOR"))
def network_of_xor(student, rng):
    parameters = student.xor_parameters()
    pair = isinstance(parameters, tuple | list) and len(parameters) == 2
    expect_true(pair, _("Two things are asked for: the list of weights and the list of biases."))
    weights, biases = parameters
    both = isinstance(weights, tuple | list) and isinstance(biases, tuple | list) and len(weights) == len(biases) == 2
    expect_true(both, _("The network has two layers: two arrays of weights and two of biases."))
    for got, shape in zip((*weights, *biases), ((2, 2), (2, 1), (2,), (1,)), strict=True):
        expect_shape(got, shape)
    y = forward(ROWS, [np.asarray(W) for W in weights], [np.asarray(b) for b in biases])[:, 0]
    show(_("output for the four rows"), y)
    says = _("For (0, 0), (0, 1), (1, 0), (1, 1) this network gives {outputs}.").format(
        outputs=", ".join(f"{value:.3g}" for value in y)
    )
    expect_true(not np.array_equal(y > 0.5, XOR < 0.5), says, got=biases, reveals="xnor_for_xor")
    expect_true(not np.array_equal(y > 0.5, ROWS.any(axis=1)), says, got=biases, reveals="or_for_xor")
    steep = not np.array_equal(y > 0.5, XOR > 0.5) or np.all(np.abs(y - XOR) <= 0.1)
    expect_true(steep, says, got=biases, reveals="weights_too_small")
    expect_true(np.all(np.abs(y - XOR) <= 0.1), says, got=biases)


@exercise.check("value", of="count_parameters", title=_("count_parameters: every weight and every bias"))
def every_weight_and_bias(student, rng):
    drawn = [[int(n) for n in rng.integers(1, 30, size=length)] for length in (2, 3, 5)]
    small, book, *others = student.count_parameters.many([([2, 2, 1],), ([784, 200, 10],), *((d,) for d in drawn)])
    expect(small, 9, rtol=0, shown=True)
    expect(book, 159010, rtol=0, shown=True)
    for value, sizes in zip(others, drawn, strict=True):
        expect(value, count_parameters(sizes), rtol=0)


@exercise.check("value", of="collapse", title=_("collapse: the one affine map, for one layer, two and three"))
def one_affine_map(student, rng):
    for sizes in ([3, 3, 3], [3, 4, 2], [2, 5, 3, 1], [3, 2]):
        parameters = network(rng, sizes)
        expect(student.collapse(*parameters), collapse(*parameters))
    expect(student.collapse(*WORKED), collapse(*WORKED), shown=True, note=_("the worked number"))


@exercise.check("law", of="collapse", title=_("collapse: equals the layers without activation on every row"))
def equals_the_stack(student, rng):
    for sizes in ([4, 3, 5, 2], [3, 3]):
        weights, biases = network(rng, sizes)
        x = rng.normal(size=(5, sizes[0]))
        W, b = student.collapse(weights, biases)
        expect_shape(W, (sizes[0], sizes[-1]))
        expect_shape(b, (sizes[-1],))
        same = np.allclose(x @ np.asarray(W) + np.asarray(b), stack(x, weights, biases), rtol=1e-5, atol=1e-6)
        expect_true(same, _("On some row x W + b is not what the layers give one after the other."), got=W)
    (W,), (b,) = weights, biases
    expect(student.collapse([W], [b]), (W, b), shown=True, note=_("one layer alone"))


@exercise.check("edge", of="layer", title=_("layer: one row, arrays of every kind"))
def kinds_of_layers(student, rng):
    (W,), (b,) = network(rng, [3, 2])
    x = rng.normal(size=(4, 3))
    expect(student.layer(awkward(x), awkward(W), awkward(b)), layer(x, W, b), note=KINDS)
    small = [part.astype("float32") for part in (x, W, b)]
    expect(student.layer(*small), layer(x, W, b), rtol=1e-3, note=_("arrays of float32"))
    expect(student.layer(x[:1], W, b), layer(x[:1], W, b), note=_("one row alone"))


@exercise.check("edge", of="forward", title=_("forward: one unit in every layer, arrays of every kind"))
def kinds_of_networks(student, rng):
    weights, biases = network(rng, [3, 4, 2])
    x = rng.normal(size=(4, 3))
    kinds = [awkward(W) for W in weights], [awkward(b) for b in biases]
    expect(student.forward(awkward(x), *kinds), forward(x, weights, biases), note=KINDS)
    thin = network(rng, [1, 1, 1])
    expect(student.forward(x[:1, :1], *thin), forward(x[:1, :1], *thin), note=_("one row, one input, one hidden unit"))


@exercise.check("edge", of="collapse", title=_("collapse: one unit in every layer, arrays of every kind"))
def kinds_of_collapse(student, rng):
    weights, biases = network(rng, [3, 4, 2])
    kinds = [awkward(W) for W in weights], [awkward(b) for b in biases]
    expect(student.collapse(*kinds), collapse(weights, biases), note=KINDS)
    thin = network(rng, [1, 1, 1])
    expect(student.collapse(*thin), collapse(*thin), note=_("one unit in every layer"))


@exercise.check("experiment", of="forward", title=_("no single layer is XOR; with a hidden layer yours is"))
def lines_and_xor(student, rng):
    singles = [
        (ROWS, [W], [b]) for W, b in zip(rng.normal(0, 3, (2000, 2, 1)), rng.normal(0, 3, (2000, 1)), strict=True)
    ]
    outputs = student.forward.many(singles)
    for y in outputs[:1]:
        expect_shape(y, (4, 1))
    right = (np.stack(outputs)[:, :, 0] > 0.5) == (XOR > 0.5)
    show(
        _("of 2,000 single layers, how many have 0, 1, 2, 3, 4 rows right"), np.bincount(right.sum(axis=1), minlength=5)
    )
    expect_true(not np.any(np.all(right, axis=1)), _("A single layer has all four rows of XOR right; none can."))
    weights, biases = student.xor_parameters()
    show(_("hidden values of the four rows"), student.forward(ROWS, [np.asarray(weights[0])], [np.asarray(biases[0])]))
    y = student.forward(ROWS, weights, biases)
    expect_shape(y, (4, 1))
    expect_true(
        np.all(np.abs(np.asarray(y)[:, 0] - XOR) <= 0.1), _("With your own parameters forward is not XOR."), got=y
    )


@exercise.mistake(
    of="layer",
    says=_("There is no sigmoid: this is x W + b."),
    ask=_("Between which values must a sigmoid's outputs lie?"),
)
def activation_forgotten(x, W, b):
    return x @ W + b


@exercise.mistake(
    of="layer", says=_("The biases are not in the score."), ask=_("What does a layer say to x = 0 if it has no bias?")
)
def bias_forgotten(x, W, b):
    return sigmoid(x @ W)


@exercise.mistake(
    of="layer",
    says=_("The activation is tanh: its values run from −1 to 1."),
    ask=_("Which activation does the statement name?"),
)
def tanh_for_sigmoid(x, W, b):
    return np.tanh(x @ W + b)


@exercise.mistake(
    of="layer",
    says=_("W was transposed; here its rows belong to the inputs."),
    ask=_("Which index of W belongs to the inputs?"),
)
def transposed_weights(x, W, b):
    return sigmoid(x @ W.T + b)


@exercise.mistake(
    of="layer",
    says=_("The bias is added behind the sigmoid."),
    ask=_("What is bent: the score with the bias, or without it?"),
)
def bias_outside_the_activation(x, W, b):
    return sigmoid(x @ W) + b


@exercise.mistake(
    of="forward",
    says=_("The last layer has no sigmoid."),
    ask=_("Which layers have an activation here?"),
)
def last_layer_linear(x, weights, biases):
    return forward(x, weights[:-1], biases[:-1]) @ weights[-1] + biases[-1]


@exercise.mistake(
    of="forward",
    says=_("Only the first layer was calculated: the function returns inside its loop."),
    ask=_("How many layers were passed when the function returned?"),
)
def first_layer_only(x, weights, biases):
    return layer(x, weights[0], biases[0])


@exercise.mistake(
    of="forward",
    says=_("Every layer was given x, the input of the network."),
    ask=_("What is the input of the second layer?"),
)
def input_of_every_layer_is_x(x, weights, biases):
    for W, b in zip(weights, biases, strict=True):
        y = layer(x, W, b)
    return y


list_of_all_layers = partial(
    exercise.mistake,
    of="forward",
    id="list_of_all_layers",
    says=_("The outputs of all layers are returned, in a list."),
    ask=_("What was asked for: the end, or the way to it?"),
)


@list_of_all_layers()
def outputs_of_all_layers(x, weights, biases):
    return [forward(x, weights[: k + 1], biases[: k + 1]) for k in range(len(weights))]


@list_of_all_layers()
def input_and_outputs_of_all_layers(x, weights, biases):
    return [x, *outputs_of_all_layers(x, weights, biases)]


@exercise.mistake(
    of="xor_parameters",
    says=_("This network fires for (1, 1) as well: it is OR."),
    ask=_("What must the second hidden unit prevent?"),
)
def or_for_xor():
    weights = [np.array([[20.0, 20.0], [20.0, 20.0]]), np.array([[20.0], [20.0]])]
    return weights, [np.array([-10.0, -30.0]), np.array([-10.0])]


@exercise.mistake(
    of="xor_parameters",
    says=_("This network fires where both inputs are equal: the opposite of XOR."),
    ask=_("Which rows should give 1?"),
)
def xnor_for_xor():
    weights, biases = xor_parameters()
    return [weights[0], -weights[1]], [biases[0], -biases[1]]


@exercise.mistake(
    of="xor_parameters",
    says=_("Every row is on its right side of ½, but not by enough."),
    ask=_("How does one make a sigmoid steeper?"),
)
def weights_too_small():
    weights, biases = xor_parameters()
    return [W / 5 for W in weights], [b / 5 for b in biases]


@exercise.mistake(
    of="count_parameters",
    says=_("The weights were counted, and the biases not."),
    ask=_("What else does a layer learn?"),
)
def biases_not_counted(sizes):
    return sum(sizes[k] * sizes[k + 1] for k in range(len(sizes) - 1))


@exercise.mistake(
    of="count_parameters",
    says=_("The input layer was given biases, too."),
    ask=_("Does the input layer calculate anything?"),
)
def bias_for_the_input(sizes):
    return biases_not_counted(sizes) + sum(sizes)


biases_added = partial(
    exercise.mistake,
    of="collapse",
    id="biases_added",
    says=_("An earlier bias is lost, or was added as it is, without the weights that come after it."),
    ask=_("What do the later weights do to an earlier bias?"),
)


@biases_added()
def last_bias_only(weights, biases):
    return collapse(weights, biases)[0], biases[-1]


@biases_added()
def plain_sum_of_biases(weights, biases):
    return collapse(weights, biases)[0], sum(biases[1:], biases[0])


@exercise.mistake(
    of="collapse",
    says=_("The weights were multiplied from the last layer to the first."),
    ask=_("Which W meets x first?"),
)
def product_in_the_wrong_order(weights, biases):
    W, b = weights[-1], biases[0]
    for before in weights[-2::-1]:
        W = W @ before
    for after, bias in zip(weights[1:], biases[1:], strict=True):
        b = b @ after + bias
    return W, b
