"""Activations: what each does to a signal, and its slope, the factor that an error is multiplied by on its way back."""

import autograd.numpy as np
from autograd import elementwise_grad

from grader.course import Exercise, _, expect, expect_gradient, expect_shape, expect_true, show
from reference.common import awkward

exercise = Exercise(
    title=_("Activation functions and their slopes"),
    after=["sigmoid", "mlp"],
    hints=[
        _("Draw all four curves over −3 … 3. Where is each of them steepest, and where is it flat?"),
        _("e^(−x) is huge for one sign of x, e^x for the other. Which of the two forms of σ suits which half?"),
        _("ReLU is a straight line on either side of 0. Which slope has each line, and which one counts at 0 itself?"),
    ],
)
FAR = np.array([-1000.0, -800.0, -40.0, 40.0, 800.0, 1000.0])


@exercise.function
def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


@exercise.function
def sigmoid_grad(x):
    return elementwise_grad(sigmoid)(x)


@exercise.function
def tanh(x):
    return np.tanh(x)


@exercise.function
def tanh_grad(x):
    return elementwise_grad(tanh)(x)


@exercise.function
def relu(x):
    return np.where(x > 0, x, 0.0)  # autograd gives np.maximum the slope ½ at 0, this form the left one


@exercise.function
def relu_grad(x):
    return elementwise_grad(relu)(x)


@exercise.function
def leaky_relu(x, alpha=0.01):
    return np.where(x > 0, x, alpha * x)


@exercise.function
def leaky_relu_grad(x, alpha=0.01):
    return elementwise_grad(leaky_relu)(x, alpha)


# What every one of the eight is asked.


def expect_values(ask, oracle, rng):
    for shape in ((4, 3), (7,), (2, 3, 2)):
        x = rng.normal(scale=2, size=shape)
        expect(ask(x), oracle(x))


def expect_leaky_values(ask, oracle, rng):
    expect_values(ask, oracle, rng)
    for alpha in (0.1, 0.3):
        x = rng.normal(scale=2, size=(4, 3))
        expect(ask(x, alpha), oracle(x, alpha), note=_("alpha given in its place"))
        expect(ask(x, alpha=alpha), oracle(x, alpha), note=_("alpha given by keyword"))


def expect_edges(ask, oracle, rng):
    expect(ask(FAR), oracle(FAR), atol=1e-12, note=_("far out"))
    whole = rng.permutation(np.arange(-4, 5))
    expect(ask(whole), oracle(whole.astype(float)), note=_("an array of integers"))
    expect(ask(np.zeros(3)), oracle(np.zeros(3)), note=_("at exactly 0"))
    single, nothing, x = np.array(rng.normal()), np.zeros(0), rng.normal(scale=2, size=(3, 4))
    expect(ask(single), oracle(single), note=_("a 0-d array"))
    expect(ask(nothing), oracle(nothing), note=_("an array without entries"))
    expect(ask(awkward(x)), oracle(x), note=_("an array that is read-only and not contiguous"))


def off_the_kink(rng):
    """Points at either side of 0, none nearer to it than 0.05."""
    return rng.uniform(0.05, 3, (3, 5)) * rng.choice([-1.0, 1.0], (3, 5))


# sigmoid


@exercise.check("value", of="sigmoid", title=_("sigmoid at ordinary points, in every shape"))
def sigmoid_values(student, rng):
    expect_values(student.sigmoid, sigmoid, rng)


@exercise.check("law", of="sigmoid", title=_("σ(−x) = 1 − σ(x)"))
def sigmoid_symmetry(student, rng):
    x = rng.normal(scale=2, size=(4, 3))
    expect(student.sigmoid(-x), 1 - student.sigmoid(x))


@exercise.check("edge", of="sigmoid", title=_("sigmoid far out, at 0, of every kind of array"))
def sigmoid_edges(student, rng):
    expect_edges(student.sigmoid, sigmoid, rng)


@exercise.check("value", of="sigmoid_grad", title=_("sigmoid_grad at ordinary points, in every shape"))
def sigmoid_slopes(student, rng):
    expect_values(student.sigmoid_grad, sigmoid_grad, rng)


@exercise.check("gradient", of="sigmoid_grad", title=_("sigmoid_grad is the slope of your own sigmoid"))
def sigmoid_own_slope(student, rng):
    expect_gradient(student.sigmoid, student.sigmoid_grad, at=off_the_kink(rng))


@exercise.check("edge", of="sigmoid_grad", title=_("sigmoid_grad far out, at 0, of every kind of array"))
def sigmoid_slope_edges(student, rng):
    expect_edges(student.sigmoid_grad, sigmoid_grad, rng)


@exercise.check("experiment", of="sigmoid_grad", title=_("σ is never steeper than 1/4, and that at 0 only"))
def sigmoid_steepest(student, rng):
    slope = slopes(student.sigmoid_grad)
    expect_true(np.abs(slope.max() - 0.25) < 1e-9, _("The largest slope of σ is not 1/4."), got=slope)
    expect_true(np.argmax(slope) == 1000, _("The slope is not largest at x = 0."), got=slope)


def slopes(ask):
    """The slope at 2001 points from −10 to 10; the entry 1000 is at 0."""
    x = np.linspace(-10, 10, 2001)
    slope = ask(x)
    expect_shape(slope, (2001,))
    show(_("slope from −10 to 10"), slope[::20])
    show(_("largest slope"), slope.max())
    return slope


# tanh


@exercise.check("value", of="tanh", title=_("tanh at ordinary points, in every shape"))
def tanh_values(student, rng):
    expect_values(student.tanh, tanh, rng)


@exercise.check("law", of="tanh", title=_("tanh x = 2σ(2x) − 1"))
def tanh_is_a_sigmoid(student, rng):
    x = rng.normal(scale=2, size=(4, 3))
    expect(student.tanh(x), 2 * sigmoid(2 * x) - 1)


@exercise.check("edge", of="tanh", title=_("tanh far out, at 0, of every kind of array"))
def tanh_edges(student, rng):
    expect_edges(student.tanh, tanh, rng)


@exercise.check("value", of="tanh_grad", title=_("tanh_grad at ordinary points, in every shape"))
def tanh_slopes(student, rng):
    expect_values(student.tanh_grad, tanh_grad, rng)


@exercise.check("gradient", of="tanh_grad", title=_("tanh_grad is the slope of your own tanh"))
def tanh_own_slope(student, rng):
    expect_gradient(student.tanh, student.tanh_grad, at=off_the_kink(rng))


@exercise.check("edge", of="tanh_grad", title=_("tanh_grad far out, at 0, of every kind of array"))
def tanh_slope_edges(student, rng):
    expect_edges(student.tanh_grad, tanh_grad, rng)


@exercise.check("experiment", of="tanh_grad", title=_("tanh is never steeper than 1, and that at 0 only"))
def tanh_steepest(student, rng):
    slope = slopes(student.tanh_grad)
    expect_true(np.abs(slope.max() - 1) < 1e-9, _("The largest slope of tanh is not 1."), got=slope)
    expect_true(np.argmax(slope) == 1000, _("The slope is not largest at x = 0."), got=slope)


# ReLU


@exercise.check("value", of="relu", title=_("relu at ordinary points, in every shape"))
def relu_values(student, rng):
    expect_values(student.relu, relu, rng)


@exercise.check("law", of="relu", title=_("relu(c·x) = c·relu(x) for c > 0, and relu(x) − relu(−x) = x"))
def relu_scales(student, rng):
    x, c = rng.normal(scale=2, size=(4, 3)), rng.uniform(0.5, 5)
    y = student.relu(x)
    expect(student.relu(c * x), c * y)
    expect(student.relu(-x), y - x)


@exercise.check("edge", of="relu", title=_("relu far out, at 0, of every kind of array"))
def relu_edges(student, rng):
    expect_edges(student.relu, relu, rng)


@exercise.check("value", of="relu_grad", title=_("relu_grad at ordinary points, in every shape"))
def relu_slopes(student, rng):
    expect_values(student.relu_grad, relu_grad, rng)


@exercise.check("gradient", of="relu_grad", title=_("relu_grad is the slope of your own relu"))
def relu_own_slope(student, rng):
    expect_gradient(student.relu, student.relu_grad, at=off_the_kink(rng))


@exercise.check("edge", of="relu_grad", title=_("relu_grad far out, at the kink, of every kind of array"))
def relu_slope_edges(student, rng):
    expect_edges(student.relu_grad, relu_grad, rng)


@exercise.check("experiment", of="relu_grad", title=_("relu passes an error on whole, or not at all"))
def relu_all_or_nothing(student, rng):
    slope = slopes(student.relu_grad)
    expect_true(np.all(slope[1001:] == 1), _("Right of 0 the slope of ReLU is not 1 everywhere."), got=slope)
    expect_true(np.all(slope[:1000] == 0), _("Left of 0 the slope of ReLU is not 0 everywhere."), got=slope)


# Leaky ReLU


@exercise.check("value", of="leaky_relu", title=_("leaky_relu at ordinary points, with several alpha"))
def leaky_values(student, rng):
    expect_leaky_values(student.leaky_relu, leaky_relu, rng)


@exercise.check("law", of="leaky_relu", title=_("leaky_relu(x, a) = relu(x) − a·relu(−x)"))
def leaky_by_relu(student, rng):
    x = rng.normal(scale=2, size=(4, 3))
    expect(student.leaky_relu(x, 0.2), relu(x) - 0.2 * relu(-x))
    expect(student.leaky_relu(x, 0.0), relu(x), note=_("alpha = 0 is ReLU"))


@exercise.check("edge", of="leaky_relu", title=_("leaky_relu far out, at 0, of every kind of array"))
def leaky_edges(student, rng):
    expect_edges(student.leaky_relu, leaky_relu, rng)


@exercise.check("value", of="leaky_relu_grad", title=_("leaky_relu_grad at ordinary points, with several alpha"))
def leaky_slopes(student, rng):
    expect_leaky_values(student.leaky_relu_grad, leaky_relu_grad, rng)


@exercise.check("gradient", of="leaky_relu_grad", title=_("leaky_relu_grad is the slope of your own leaky_relu"))
def leaky_own_slope(student, rng):
    expect_gradient(student.leaky_relu, student.leaky_relu_grad, at=(off_the_kink(rng), 0.2), wrt=0)


@exercise.check("edge", of="leaky_relu_grad", title=_("leaky_relu_grad far out, at the kink, of every kind of array"))
def leaky_slope_edges(student, rng):
    expect_edges(student.leaky_relu_grad, leaky_relu_grad, rng)


# What beginners write


@exercise.mistake(
    of="sigmoid",
    says=_("The exponent has the other sign: this curve falls from 1 to 0."),
    ask=_("To what should σ(x) tend when x becomes very large?"),
)
def sigmoid_sign(x):
    return 1 / (1 + np.exp(x))


@exercise.mistake(
    of="sigmoid",
    says=_("At x = 1000, e^x is inf, and inf / inf is nan."),
    ask=_("Which of e^x and e^(−x) stays small for x = 1000?"),
)
def sigmoid_overflow(x):
    return np.exp(x) / (1 + np.exp(x))


@exercise.mistake(
    of="sigmoid",
    says=_("The result was stored in an array of integers, which keeps no digits after the point."),
    ask=_("Which dtype does the array have into which you write 0.73?"),
)
def zeros_like_integers(x):
    out = np.zeros_like(x)
    out[...] = sigmoid(x * 1.0)
    return out


@exercise.mistake(
    of="sigmoid_grad",
    says=_("x(1 − x) is the slope written with the output y = σ(x); the input was put in."),
    ask=_("In y(1 − y), what is y?"),
)
def output_formula_given_the_input(x):
    return x * (1 - x)


@exercise.mistake(
    of="sigmoid_grad",
    says=_("This is σ(x)², which does not fall again on the right, where σ becomes flat."),
    ask=_("Where is σ steepest, and what does your formula say there?"),
)
def slope_without_second_factor(x):
    return sigmoid(x) ** 2


@exercise.mistake(
    of="sigmoid_grad",
    says=_("At x = −1000 both e^(−x) and its square are inf, and inf / inf is nan."),
    ask=_("What is ∞ divided by ∞ in floating point?"),
)
def slope_quotient_overflow(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


@exercise.mistake(
    of="tanh",
    says=_("At x = ±1000 numerator and denominator are both inf, and inf / inf is nan."),
    ask=_("How large is e^1000, and can two such numbers be divided?"),
)
def tanh_overflow(x):
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


@exercise.mistake(
    of="tanh_grad",
    says=_("1 − x² is the slope written with the output y = tanh x; the input was put in."),
    ask=_("In 1 − y², what is y?"),
)
def tanh_output_formula_given_the_input(x):
    return 1 - x**2


@exercise.mistake(
    of="tanh_grad",
    says=_("The output was not squared."),
    ask=_("The slope of an odd function is even: is yours?"),
)
def tanh_slope_not_squared(x):
    return 1 - np.tanh(x)


@exercise.mistake(
    of="tanh_grad",
    says=_("y(1 − y) was taken over from another function."),
    ask=_("Which function has the slope y(1 − y)?"),
)
def tanh_slope_like_sigmoid(x):
    return np.tanh(x) * (1 - np.tanh(x))


@exercise.mistake(
    of="relu",
    says=_("This is the absolute value."),
    ask=_("What does ReLU make of −3?"),
)
def relu_absolute_value(x):
    return np.abs(x)


@exercise.mistake(
    of="relu",
    says=_("The zeros were written into the caller's array."),
    ask=_("Whose array is x after the call?"),
)
def relu_in_place(x):
    x[x < 0] = 0
    return x


@exercise.mistake(
    of="relu_grad",
    says=_("This is ReLU itself, not its slope."),
    ask=_("How steep is the line y = x at x = 5?"),
)
def relu_slope_is_relu(x):
    return np.maximum(x, 0)


@exercise.mistake(
    of="relu_grad",
    says=_("At exactly 0 the slope of the right side was taken."),
    ask=_("Which side's slope counts at 0 in this course?"),
)
def relu_slope_one_at_zero(x):
    return np.where(x >= 0, 1.0, 0.0)


@exercise.mistake(
    of="relu_grad",
    says=_("At exactly 0 the mean of both slopes was taken."),
    ask=_("Which side's slope counts at 0 in this course?"),
)
def relu_slope_half_at_zero(x):
    return 0.5 * (1 + np.sign(x))


@exercise.mistake(
    of="leaky_relu",
    says=_("The two sides have changed places: alpha acts on the right."),
    ask=_("Which side is to leak?"),
)
def leaky_sides_swapped(x, alpha=0.01):
    return np.where(x > 0, alpha * x, x)


@exercise.mistake(
    of="leaky_relu",
    says=_("On the left the line falls: its slope is −alpha."),
    ask=_("Is your function rising everywhere?"),
)
def leaky_minus_alpha(x, alpha=0.01):
    return np.where(x > 0, x, -alpha * x)


@exercise.mistake(
    of="leaky_relu",
    says=_("The number 0.01 stands where alpha belongs."),
    ask=_("What changes when alpha is 0.3?"),
)
def alpha_ignored(x, alpha=0.01):
    return np.where(x > 0, x, 0.01 * x)


@exercise.mistake(
    of="leaky_relu_grad",
    says=_("On the left the slope is 0, as for ReLU."),
    ask=_("What does a dead unit need in order to learn again?"),
)
def leaky_slope_zero_left(x, alpha=0.01):
    return np.where(x > 0, 1.0, 0.0)


@exercise.mistake(
    of="leaky_relu_grad",
    says=_("On the left stands the value alpha·x, not its slope."),
    ask=_("What is the slope of the line alpha·x?"),
)
def leaky_slope_alpha_times_x(x, alpha=0.01):
    return np.where(x > 0, 1.0, alpha * x)
