"""The sigmoid: a step that can be differentiated."""

from functools import partial

import autograd.numpy as np
from autograd import elementwise_grad

from grader.course import Exercise, _, expect, expect_gradient, expect_shape, expect_true, show
from reference.common import awkward

exercise = Exercise(
    title=_("The sigmoid and its derivative"),
    after=["perceptron"],
    hints=[
        _("Draw the curve by hand through x = −3, 0 and 3. Where is it steepest?"),
        _("Differentiate 1 / (1 + e^(−x)) on paper. Which part of the result is σ itself?"),
        _("The slope can be written with σ(x) alone. Compute σ(x) once and use it twice."),
        _("Multiply numerator and denominator by e^x. For which x is either form free of large numbers?"),
    ],
)
FAR = np.array([-1000.0, -745.0, -40.0, 40.0, 745.0, 1000.0])


@exercise.function
def sigmoid(x):
    # log σ(x) = −log(1 + e^(−x)) keeps every digit in both tails; (1 + tanh(x/2))/2 loses the left one.
    return np.exp(-np.logaddexp(0.0, -x))


@exercise.function
def sigmoid_grad(x):
    return elementwise_grad(sigmoid)(x)


@exercise.check("value", of="sigmoid", points=2, title=_("σ(x) at ordinary points, in every shape"))
def ordinary_points(student, rng):
    for x in (rng.normal(scale=3, size=(4, 3)), rng.normal(scale=3, size=5), np.array(rng.normal()), rng.normal()):
        expect(student.sigmoid(x), sigmoid(x))


@exercise.check("gradient", of="sigmoid_grad", points=2, title=_("the derivative is the slope of your own σ"))
def own_slope(student, rng):
    expect_gradient(student.sigmoid, student.sigmoid_grad, at=rng.normal(scale=1.5, size=(2, 5)))


@exercise.check("value", of="sigmoid_grad", title=_("σ′(x) at ordinary points"))
def ordinary_slopes(student, rng):
    for x in (rng.normal(scale=2, size=(3, 4)), np.array(rng.normal(scale=2))):
        expect(student.sigmoid_grad(x), sigmoid_grad(x))


@exercise.check("law", of="sigmoid", title=_("σ rises, and σ(−x) and σ(x) add up to 1"))
def point_symmetry(student, rng):
    x = np.linspace(-9, 9, 10) + rng.uniform(-0.9, 0.9, size=10)
    y = student.sigmoid(x)
    expect_shape(y, x.shape)
    y = np.asarray(y)
    expect_true(np.all(np.diff(y) > 0), _("x rises from entry to entry, but σ(x) does not."), got=y)
    expect(student.sigmoid(-x), 1 - y, note=_("at −x, beside 1 − σ(x)"))
    expect(student.sigmoid(0.0), 0.5, shown=True)


@exercise.check("law", of="sigmoid_grad", title=_("the slope is even, never negative, and 1/4 at 0"))
def even_slope(student, rng):
    x = rng.normal(scale=3, size=8)
    slope = student.sigmoid_grad(x)
    expect_shape(slope, x.shape)
    slope = np.asarray(slope)
    expect(student.sigmoid_grad(-x), slope, note=_("at −x, beside the slope at x"))
    expect_true(np.all(slope >= 0), _("Somewhere the slope is negative; σ never falls."), got=slope)
    expect(student.sigmoid_grad(0.0), 0.25, shown=True)


@exercise.check("edge", of="sigmoid", title=_("σ far out, of whole numbers, and of arrays of every kind"))
def far_out(student, rng):
    expect(student.sigmoid(FAR), sigmoid(FAR), rtol=0)
    whole = rng.permutation(np.arange(-4, 5))
    expect(student.sigmoid(whole), sigmoid(whole.astype(float)), note=_("an array of integers"))
    x = rng.normal(scale=3, size=(3, 4))
    expect(student.sigmoid(awkward(x)), sigmoid(x), note=_("an array that is read-only and not contiguous"))
    expect(student.sigmoid(x.astype("float32")), sigmoid(x), rtol=1e-3, note=_("an array of float32"))


@exercise.check("edge", of="sigmoid_grad", title=_("σ′ far out, of whole numbers, and of arrays of every kind"))
def slope_far_out(student, rng):
    expect(student.sigmoid_grad(FAR), sigmoid_grad(FAR), rtol=0)
    whole = rng.permutation(np.arange(-4, 5))
    expect(student.sigmoid_grad(whole), sigmoid_grad(whole.astype(float)), note=_("an array of integers"))
    x = rng.normal(scale=3, size=(3, 4))
    expect(student.sigmoid_grad(awkward(x)), sigmoid_grad(x), note=_("an array that is read-only and not contiguous"))
    expect(student.sigmoid_grad(x.astype("float32")), sigmoid_grad(x), rtol=1e-3, note=_("an array of float32"))


# The quiet question comes first: a mistake is recognised by both answers, not by the overflow alone.
@exercise.check("edge", of="sigmoid", title=_("nothing overflows on the way to σ(±1000)"))
def no_overflow(student, rng):
    expect(student.sigmoid(FAR), sigmoid(FAR), rtol=0)
    expect(student.errstate(over="raise").sigmoid(FAR), sigmoid(FAR), rtol=0)


@exercise.check("edge", of="sigmoid_grad", title=_("nothing overflows on the way to σ′(±1000)"))
def no_overflow_in_the_slope(student, rng):
    expect(student.sigmoid_grad(FAR), sigmoid_grad(FAR), rtol=0)
    expect(student.errstate(over="raise").sigmoid_grad(FAR), sigmoid_grad(FAR), rtol=0)


@exercise.check("experiment", of="sigmoid_grad", title=_("σ is never steeper than 1/4: many layers pass on little"))
def never_steeper_than_a_quarter(student, rng):
    slope = student.sigmoid_grad(np.linspace(-10, 10, 2001))
    expect_shape(slope, (2001,))
    slope = np.asarray(slope)
    show(_("slope"), slope[::20])
    show(_("largest slope, through 1, 5, 10, 20 layers"), 0.25 ** np.array([1, 5, 10, 20]))
    expect_true(np.all(slope <= 0.25 + 1e-7), _("Somewhere the slope is larger than 1/4."), got=slope)
    expect_true(np.argmax(slope) == 1000, _("The slope is not largest at x = 0."), got=slope)
    expect(student.sigmoid_grad(0.0), 0.25, shown=True)
    expect(student.sigmoid_grad(10.0), sigmoid_grad(10.0))


@exercise.mistake(
    of="sigmoid",
    says=_("The values are right, but an exponential overflows on the way: e^1000 is too large for a float."),
    ask=_("What is exp(1000), and can you write it so that the exponent is never positive?"),
)
def overflow_far_left(x):
    return 1 / (1 + np.exp(-x))


@exercise.mistake(
    of="sigmoid",
    says=_("At x = 1000, e^x is inf, and inf / inf is nan."),
    ask=_("What does inf / inf give, and which other form of σ never meets it?"),
)
def nan_far_right(x):
    return np.exp(x) / (1 + np.exp(x))


@exercise.mistake(
    of="sigmoid",
    says=_("The exponent has the other sign: this curve falls from 1 to 0."),
    ask=_("As x grows, should the output rise or fall?"),
)
def sign_of_the_exponent(x):
    return 1 / (1 + np.exp(x))


@exercise.mistake(
    of="sigmoid",
    says=_("This is tanh: it runs from −1 to 1."),
    ask=_("Between which values does σ run, and what is it at 0?"),
)
def tanh_for_sigmoid(x):
    return np.tanh(x)


@exercise.mistake(
    of="sigmoid",
    says=_("This is σ(2x): tanh was moved and halved, but not stretched."),
    ask=_("What is the slope of your curve at 0?"),
)
def tanh_without_half(x):
    return 0.5 * (1 + np.tanh(x))


@exercise.mistake(
    of="sigmoid",
    says=_("x is clipped to [−6, 6]: beyond, the curve stands still before it has arrived."),
    ask=_("How far is σ(6) from 1?"),
)
def clipped_too_tightly(x):
    return 1 / (1 + np.exp(-np.clip(x, -6, 6)))


@exercise.mistake(
    of="sigmoid",
    says=_("The result was stored in an array of integers, which keeps only 0 and 1."),
    ask=_("Which type has an array that is made like an array of integers?"),
)
def integers_kept(x):
    out = np.empty_like(x)
    out[...] = sigmoid(x * 1.0)
    return out


masks_fail_for_numbers = partial(
    exercise.mistake,
    of="sigmoid",
    id="masks_fail_for_numbers",
    says=_("The two halves are filled in by masks, and a single number has no entries to pick by a mask."),
    ask=_("What is the shape of a single number?"),
)


@masks_fail_for_numbers()
def filled_by_masks(x):
    out = np.empty_like(x, dtype=float)
    left, right = x < 0, x >= 0
    out[right] = 1 / (1 + np.exp(-x[right]))
    out[left] = np.exp(x[left]) / (1 + np.exp(x[left]))
    return out


@masks_fail_for_numbers()
def filled_in_the_shape_of_a_number(x):
    return filled_by_masks(x) if x.shape else sigmoid(x)


@exercise.mistake(
    of="sigmoid_grad",
    says=_("x(1 − x) is the slope written with the output y = σ(x); the input was put in."),
    ask=_("In y(1 − y), what is y?"),
)
def output_formula_given_the_input(x):
    return x * (1 - x)


@exercise.mistake(
    of="sigmoid_grad",
    says=_("This is y², which does not fall again on the right, where σ becomes flat."),
    ask=_("How do y and 1 − y share the slope?"),
)
def squared_output(x):
    return sigmoid(x) ** 2


@exercise.mistake(
    of="sigmoid_grad",
    says=_("1 − y² is the slope of another function, written with its output y."),
    ask=_("Of which function is this the slope? How steep is σ far to the left, where it is almost 0?"),
)
def slope_of_tanh(x):
    return 1 - sigmoid(x) ** 2


@exercise.mistake(
    of="sigmoid_grad",
    says=_("σ is applied twice: this is the slope at σ(x), not at x."),
    ask=_("Is the argument x already an output, or does it become one?"),
)
def sigmoid_applied_twice(x):
    return sigmoid_grad(sigmoid(x))


@exercise.mistake(
    of="sigmoid_grad", says=_("The slope has the wrong sign: it is negative."), ask=_("Does σ ever fall?")
)
def sign_of_the_slope(x):
    return -sigmoid_grad(x)


@exercise.mistake(
    of="sigmoid_grad",
    says=_("This is σ itself, not its slope."),
    ask=_("What is the slope where the curve is flat?"),
)
def sigmoid_for_its_slope(x):
    return sigmoid(x)


@exercise.mistake(
    of="sigmoid_grad",
    says=_("At x = −1000 both e^(−x) and its square are inf, and inf / inf is nan."),
    ask=_("At x = −1000, what is inf / inf²? What can the slope be written with instead?"),
)
def slope_overflows(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


@exercise.mistake(
    of="sigmoid_grad",
    id="overflow_far_left",
    says=_("The values are right, but an exponential overflows on the way: e^1000 is too large for a float."),
    ask=_("What is exp(1000), and can you write it so that the exponent is never positive?"),
)
def slope_by_a_sigmoid_that_overflows(x):
    y = 1 / (1 + np.exp(-x))
    return y * (1 - y)
