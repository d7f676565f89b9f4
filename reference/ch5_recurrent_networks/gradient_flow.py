"""How far an error travels: k steps back are k Jacobians, and their product vanishes or explodes."""

from functools import reduce

import autograd.numpy as np
from autograd import grad, jacobian

from grader.course import Exercise, _, expect, expect_true, show
from reference.common import awkward, expect_values, rnn_params, rollout

exercise = Exercise(
    title=_("How far an error travels"),
    after=["bptt", "vanishing_gradient"],
    hints=[
        _("Write one entry of h_new as a sum over the old state. What is its derivative by one of those entries?"),
        _("The error walks from the last state to the first. What happens to it between two states, in which order?"),
        _("c·U has c times the eigenvalues of U. What does a common factor do to the common norm of all gradients?"),
    ],
    limits={"call": 20.0},  # nine sequences in one message, for answers that write Jacobians in scalar loops
)


@exercise.function
def step_jacobian(h_new, U):
    # The step from h = 0 with whatever pre-activation gave h_new: the slope there is all that matters.
    return jacobian(lambda h: np.tanh(np.arctanh(h_new) + h @ U))(np.zeros(len(U)))


@exercise.function
def jacobian_product(hs, U):
    product = np.eye(len(U))
    for h in hs[1:]:
        product = step_jacobian(h, U) @ product
    return product


@exercise.function
def gradient_norms(x, h0, params, dh_last):
    # ∂L/∂hs[t] is what L gains where something small is added to hs[t] after its step.
    def last(moved):
        def step(t, h):
            return np.tanh(x[t] @ params["W"] + h @ params["U"] + params["b"]) + moved[t]

        return np.sum(dh_last * rollout(step, range(len(x)), h0)[-1])

    errors = grad(last)(np.zeros((len(x), *h0.shape)))
    return np.sqrt(np.sum(errors**2, axis=(1, 2)))


@exercise.function
def spectral_radius(U):
    return np.max(np.abs(np.linalg.eigvals(U)))


@exercise.function
def scale_to_radius(U, rho):
    return U * (rho / spectral_radius(U))


@exercise.function
def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    factor = max_norm / norm if norm > max_norm else 1.0
    return {key: g * factor for key, g in grads.items()}, norm


def sequence(rng, T, N, n_in, n_h):
    """x, h0, params with other keys too, and the error of the last state."""
    x, h0 = rng.normal(size=(T, N, n_in)), rng.normal(scale=0.5, size=(N, n_h))
    return x, h0, rnn_params(rng, n_in, n_h, 1), rng.normal(size=(N, n_h))


def gradients_of_norm(rng, norm):
    """Three arrays of different shapes whose common norm is this one."""
    grads = {"W": rng.normal(size=(3, 4)), "U": rng.normal(size=(4, 4)), "b": rng.normal(size=4)}
    return {key: g * norm / clip_by_norm(grads, 1.0)[1] for key, g in grads.items()}


@exercise.check("gradient", of="step_jacobian", title=_("step_jacobian: the slopes of tanh(a + h U)"))
def slopes_of_a_step(student, rng):
    a, h, U, steps = rng.normal(size=4), rng.normal(size=4), rng.normal(size=(4, 4)), 1e-5 * np.eye(4)
    slopes = [(np.tanh(a + (h + e) @ U) - np.tanh(a + (h - e) @ U)) / 2e-5 for e in steps]
    expect(student.step_jacobian(np.tanh(a + h @ U), U), np.stack(slopes, axis=1))
    U, h_new = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.0, 0.5])
    expect(student.step_jacobian(h_new, U), np.array([[1.0, 3.0], [1.5, 3.0]]), shown=True)


@exercise.check("value", of="jacobian_product", title=_("jacobian_product: from the first state to the last"))
def product_values(student, rng):
    expect_values(
        student.jacobian_product, jacobian_product, [(rng.uniform(-0.8, 0.8, (6, 3)), rng.normal(size=(3, 3)))]
    )
    U, hs = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.1, 0.2], [0.0, 0.5], [0.5, 0.0]])
    expect(student.jacobian_product(hs, U), np.array([[4.125, 9.0], [8.0, 18.0]]), shown=True)


@exercise.check("law", of="jacobian_product", title=_("jacobian_product: ways joined end to end are multiplied"))
def products_of_parts(student, rng):
    hs, U = rng.uniform(-0.8, 0.8, (5, 3)), rng.normal(size=(3, 3))
    expect(student.jacobian_product(hs[:1], U), np.eye(3), shown=True, note=_("a single state"))
    whole, later, earlier = student.jacobian_product.many([(hs, U), (hs[2:], U), (hs[:3], U)])
    expect(whole, later @ earlier, shown=True, note=_("the way from hs[0] to hs[2], then on to hs[4]"))


@exercise.check("value", of="gradient_norms", points=2, title=_("gradient_norms: how long the error is at every step"))
def norm_values(student, rng):
    expect_values(student.gradient_norms, gradient_norms, [sequence(rng, 7, 3, 2, 4)])


@exercise.check("law", of="gradient_norms", title=_("gradient_norms: it ends with ‖dh_last‖ and doubles with it"))
def norms_of_the_last(student, rng):
    x, h0, params, dh = sequence(rng, 5, 3, 2, 4)
    one, twice = student.gradient_norms.many([(x, h0, params, dh), (x, h0, params, 2 * dh)])
    last = np.linalg.norm(dh)
    expect(one, np.append(one[:-1], last), shown=True, note=_("the last entry is ‖dh_last‖"))
    expect(twice, 2 * np.asarray(one), shown=True, note=_("dh_last doubled"))
    expect(student.gradient_norms(x[:1], h0, params, dh), np.array([last]), shown=True, note=_("one step, T = 1"))


@exercise.check("edge", of="gradient_norms", title=_("gradient_norms: no error, one example, arrays of every kind"))
def norm_edges(student, rng):
    x, h0, params, dh = sequence(rng, 4, 1, 2, 3)
    cases = [(x, h0, params, np.zeros((1, 3))), (awkward(x), awkward(h0), params, awkward(dh))]
    expect_values(student.gradient_norms, gradient_norms, cases)


@exercise.check("value", of="spectral_radius", title=_("spectral_radius: negative, complex and repeated eigenvalues"))
def radii(student, rng):
    turn, jordan, single = np.array([[0.0, -2.0], [2.0, 0.0]]), np.array([[0.5, 1.0], [0.0, 0.5]]), np.array([[-3.0]])
    U = rng.normal(size=(5, 5))
    got = student.spectral_radius.many([(matrix,) for matrix in (turn, jordan, single, U)])
    for value, want in zip(got[:3], (2.0, 0.5, 3.0), strict=True):
        expect(value, want, shown=True)
    expect(got[3], spectral_radius(U))


@exercise.check("value", of="scale_to_radius", title=_("scale_to_radius: the same matrix, with the radius asked for"))
def scaled(student, rng):
    U = rng.normal(size=(5, 5))
    expect_values(student.scale_to_radius, scale_to_radius, [(U, 0.5), (U, 1.5), (-U, 1.0)])


@exercise.check("value", of="clip_by_norm", title=_("clip_by_norm: longer, shorter and just as long as allowed"))
def clipped(student, rng):
    grads = gradients_of_norm(rng, 5.0)
    expect_values(student.clip_by_norm, clip_by_norm, [(grads, 2.0), (grads, 8.0), (grads, 5.0)])
    known = {"W": np.array([3.0]), "b": np.array([4.0])}
    expect(student.clip_by_norm(known, 1.0), ({"W": np.array([0.6]), "b": np.array([0.8])}, 5.0), shown=True)


@exercise.check("edge", of="clip_by_norm", title=_("clip_by_norm: zeros, one array, arrays of every kind"))
def clip_edges(student, rng):
    grads = gradients_of_norm(rng, 3.0)
    zeros = {key: np.zeros(g.shape) for key, g in grads.items()}
    cases = [(zeros, 1.0), ({"b": grads["b"]}, 0.1), ({key: awkward(g) for key, g in grads.items()}, 1.5)]
    expect_values(student.clip_by_norm, clip_by_norm, cases)


RADII = (0.5, 0.9, 1.0, 1.1, 1.5)


@exercise.check(
    "experiment",
    of=["gradient_norms", "scale_to_radius"],
    title=_("below radius 1 an error vanishes, above it explodes"),
)
def vanishing_or_exploding(student, rng):
    U, dh = rng.normal(size=(30, 30)) / np.sqrt(30), rng.normal(size=(4, 30))
    x, h0, still = np.zeros((51, 4, 1)), np.zeros((4, 30)), {"W": np.zeros((1, 30)), "b": np.zeros(30)}
    scaled = student.scale_to_radius.many([(U, rho) for rho in RADII])
    norms = student.gradient_norms.many([(x, h0, {**still, "U": V}, dh) for V in scaled])
    ratios = [float(lengths[0] / lengths[-1]) for lengths in norms]
    show(_("spectral radius"), RADII)
    show(_("length of the error 50 steps back against the last"), ratios)
    expect_true(ratios[0] < 1e-12, _("With radius 0.5 the error has not vanished after 50 steps."), got=norms[0])
    expect_true(ratios[-1] > 1e6, _("With radius 1.5 the error has not exploded after 50 steps."), got=norms[-1])


@exercise.check("experiment", of="gradient_norms", title=_("a simple RNN: what is left of an error after thirty steps"))
def thirty_steps_back(student, rng):
    cases = []
    for _draw in range(9):
        params = rnn_params(rng, 3, 50, 1, bias=0.0)
        x, dh = rng.normal(scale=0.65, size=(31, 8, 3)), rng.normal(size=(8, 50))
        cases.append((x, np.zeros((8, 50)), params, dh))
    norms = student.gradient_norms.many(cases)
    left = float(np.median([lengths[0] / lengths[30] for lengths in norms]))
    show(_("part of the error that is left after 30 steps"), left)
    expect_true(1e-5 < left < 1e-3, _("Of such an error about one ten-thousandth should be left."), got=norms[0])


# What beginners write.


@exercise.mistake(
    of="step_jacobian",
    says=_("Rows and columns of U are exchanged."),
    ask=_("h @ U: which index of U is summed, and is it the old or the new state's?"),
)
def jacobian_transposed(h_new, U):
    return (1 - h_new**2)[:, None] * U


@exercise.mistake(
    of="step_jacobian",
    says=_("The slopes were multiplied with the columns."),
    ask=_("The slope belongs to the new state. Is that the row or the column?"),
)
def slope_on_the_wrong_side(h_new, U):
    return U.T * (1 - h_new**2)


@exercise.mistake(
    of="step_jacobian",
    says=_("The slope of tanh was left out."),
    ask=_("Is the step linear?"),
)
def slope_left_out(h_new, U):
    return U.T.copy()


@exercise.mistake(
    of="step_jacobian",
    says=_("The slope was calculated from tanh(h_new)."),
    ask=_("h_new has been through tanh already. What is the slope in terms of it?"),
)
def tanh_of_the_state_again(h_new, U):
    return (1 - np.tanh(h_new) ** 2)[:, None] * U.T


def multiplied(hs, U, join, first=1):
    """The Jacobians at hs[first] and after, joined one after the other; the identity where there is none."""
    factors = [step_jacobian(h, U) for h in hs[first:]]
    return reduce(join, factors) if factors else np.eye(len(U))


@exercise.mistake(
    of="jacobian_product",
    says=_("The Jacobians were multiplied in the opposite order."),
    ask=_("Which Jacobian acts first on a change of hs[0]?"),
)
def product_in_the_wrong_order(hs, U):
    return multiplied(hs, U, lambda P, J: P @ J)


@exercise.mistake(
    of="jacobian_product",
    says=_("The Jacobian at hs[0] is among the factors."),
    ask=_("How many steps lie between hs[0] and hs[T−1]?"),
)
def one_jacobian_too_many(hs, U):
    return multiplied(hs, U, lambda P, J: J @ P, first=0)


@exercise.mistake(
    of="jacobian_product",
    says=_("The Jacobians were multiplied entry by entry."),
    ask=_("What does the chain rule do with matrices?"),
)
def elementwise_product(hs, U):
    return multiplied(hs, U, lambda P, J: J * P)


@exercise.mistake(
    of="jacobian_product",
    id="elementwise_product",
    says=_("The Jacobians were multiplied entry by entry."),
    ask=_("What does the chain rule do with matrices?"),
)
def elementwise_product_from_the_identity(hs, U):
    return np.eye(len(U)) * elementwise_product(hs, U)


@exercise.mistake(
    of="gradient_norms",
    says=_("The first entry is that of the last step."),
    ask=_("Which entry must be ‖dh_last‖?"),
)
def time_runs_backward(x, h0, params, dh_last):
    return gradient_norms(x, h0, params, dh_last)[::-1]


def walked_back(x, h0, params, dh_last, across, early=0):
    """gradient_norms by algebra. across: what U becomes on the way back; early: how many steps the slope is off."""
    hs = rollout(lambda x_t, h: np.tanh(x_t @ params["W"] + h @ params["U"] + params["b"]), x, h0)
    norms, dh = [np.linalg.norm(dh_last)], dh_last
    for t in reversed(range(1, len(x))):
        dh = dh * (1 - hs[t - early] ** 2) @ across
        norms.insert(0, np.linalg.norm(dh))
    return np.array(norms)


@exercise.mistake(
    of="gradient_norms",
    says=_("The slope of tanh was taken one step too early."),
    ask=_("The error goes from hs[s] to hs[s−1]. Through the tanh of which step?"),
)
def slope_one_step_early(x, h0, params, dh_last):
    return walked_back(x, h0, params, dh_last, params["U"].T, early=1)


@exercise.mistake(
    of="gradient_norms",
    says=_("The error was multiplied by U on its way back, not by the transpose of U."),
    ask=_("U is square: the shape cannot warn you. Forward is h @ U. What is the way back?"),
)
def norms_without_transpose(x, h0, params, dh_last):
    return walked_back(x, h0, params, dh_last, params["U"])


@exercise.mistake(
    of="gradient_norms",
    says=_("The norms were divided by √N."),
    ask=_("What is asked: one norm over all entries, or a mean of norms?"),
)
def norm_averaged_over_examples(x, h0, params, dh_last):
    return gradient_norms(x, h0, params, dh_last) / np.sqrt(len(dh_last))


@exercise.mistake(
    of="gradient_norms",
    says=_("These are the squares of the norms."),
    ask=_("Doubling dh_last should do what to the norms?"),
)
def squared_norm(x, h0, params, dh_last):
    return gradient_norms(x, h0, params, dh_last) ** 2


@exercise.mistake(
    of="spectral_radius",
    says=_("This is the largest singular value, not the largest absolute value of an eigenvalue."),
    ask=_("How large are the eigenvalues of [[0.5, 1], [0, 0.5]]?"),
)
def largest_singular_value(U):
    return np.linalg.norm(U, 2)


@exercise.mistake(
    of="spectral_radius",
    says=_("This is the largest real part of an eigenvalue."),
    ask=_("What about −3, and about a pair of complex eigenvalues?"),
)
def largest_real_eigenvalue(U):
    return np.max(np.linalg.eigvals(U).real)


@exercise.mistake(
    of="scale_to_radius",
    says=_("U was multiplied by rho, whatever radius it had before."),
    ask=_("What is the radius of your result if U had radius 2?"),
)
def not_divided_by_the_radius(U, rho):
    return U * rho


@exercise.mistake(
    of="scale_to_radius",
    says=_("U was divided by its largest singular value."),
    ask=_("Which quantity should become rho?"),
)
def scaled_by_the_norm(U, rho):
    return U * rho / np.linalg.norm(U, 2)


@exercise.mistake(
    of="clip_by_norm",
    says=_("Every entry was cut at ±max_norm."),
    ask=_("Does the direction stay the same?"),
)
def clipped_by_value(grads, max_norm):
    return {key: np.clip(g, -max_norm, max_norm) for key, g in grads.items()}, clip_by_norm(grads, max_norm)[1]


@exercise.mistake(
    of="clip_by_norm",
    says=_("Every array was clipped by its own norm."),
    ask=_("Two arrays of norm 3 and 4: how long is the gradient altogether?"),
)
def clipped_array_by_array(grads, max_norm):
    alone = {key: clip_by_norm({key: g}, max_norm)[0][key] for key, g in grads.items()}
    return alone, clip_by_norm(grads, max_norm)[1]


@exercise.mistake(
    of="clip_by_norm",
    says=_("Short gradients were stretched to max_norm."),
    ask=_("What should happen to a gradient that is short already?"),
)
def always_rescaled(grads, max_norm):
    norm = clip_by_norm(grads, max_norm)[1]
    return {key: g * (max_norm / norm) for key, g in grads.items()}, norm


@exercise.mistake(
    of="clip_by_norm",
    says=_("The norm returned is the one after clipping."),
    ask=_("Which of the two norms tells you that something exploded?"),
)
def norm_after_clipping(grads, max_norm):
    clipped, norm = clip_by_norm(grads, max_norm)
    return clipped, np.minimum(norm, max_norm)


@exercise.mistake(
    of="clip_by_norm",
    says=_("The norm is the sum of the squares; the square root was forgotten."),
    ask=_("What is the norm of (3, 4)?"),
)
def square_root_forgotten(grads, max_norm):
    norm = clip_by_norm(grads, max_norm)[1] ** 2
    factor = max_norm / norm if norm > max_norm else 1.0
    return {key: g * factor for key, g in grads.items()}, norm
