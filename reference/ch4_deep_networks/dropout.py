"""Dropout: every unit is silenced by chance in training, and the full network stands for all the thinned ones."""

from itertools import product

import autograd.numpy as np
from autograd import make_vjp
from numpy.random import default_rng

from grader.course import Exercise, _, expect, expect_shape, expect_true, show
from reference.common import fresh, sigmoid

exercise = Exercise(
    title=_("Dropout"),
    after=["overfitting", "mlp"],
    hints=[
        _("Draw one number between 0 and 1 for every entry. Below which bound does the entry drop?"),
        _("With p = 0.2, what is the mean of y if the kept entries stay as they are? Which factor puts it right?"),
        _("For H = 2 write down all four masks and how probable each of them is. Do the four add up to 1?"),
    ],
)


@exercise.function
def dropout_forward(x, p, train, rng):
    mask = (rng.random(x.shape) >= p) / (1 - p) if train else np.ones(x.shape)
    return x * mask, mask


@exercise.function
def dropout_backward(mask, dy):
    return make_vjp(lambda x: x * mask)(np.zeros(mask.shape))[0](dy)


@exercise.function
def thinned_net(x, W1, b1, W2, b2, mask):
    return sigmoid((np.maximum(x @ W1 + b1, 0.0) * mask) @ W2 + b2)


@exercise.function
def ensemble(x, W1, b1, W2, b2, p):
    return weighted_nets(x, W1, b1, W2, b2, 1 / (1 - p), lambda kept, H: (1 - p) ** kept * p ** (H - kept))


def weighted_nets(x, W1, b1, W2, b2, factor, weight):
    """Σ weight(units kept, H) · thinned_net over all masks with entries 0 or factor."""
    H = len(b1)
    masks = [np.array(bits) for bits in product((0.0, 1.0), repeat=H)]
    return sum(weight(bits.sum(), H) * thinned_net(x, W1, b1, W2, b2, factor * bits) for bits in masks)


def net(rng, N, n, H, K, bias=1.0):
    """x and the parameters of a net; weights of variance 1 / rows, as the sums stay moderate then."""
    W1, W2 = rng.normal(size=(n, H)) / np.sqrt(n), rng.normal(size=(H, K)) / np.sqrt(H)
    return rng.normal(size=(N, n)), W1, bias * rng.normal(size=H), W2, bias * rng.normal(size=K)


WORKED = (
    np.array([[1.0, 2.0]]),
    np.array([[1.0, -1.0], [0.5, 1.0]]),
    np.zeros(2),
    np.array([[1.0], [-1.0]]),
    np.zeros(1),
)


# dropout_forward


@exercise.check("value", of="dropout_forward", points=2, title=_("dropout_forward: y = x ∘ mask, scaled in training"))
def masked(student, rng):
    x, p = rng.normal(size=(50, 40)), rng.choice([0.2, 0.3])
    y, mask = student.dropout_forward(x, p, False, fresh(rng))
    expect_true(not np.allclose(y, (1 - p) * x), _("At test y is (1 − p)·x."), got=y, reveals="scales_at_test")
    expect_true(np.all(y != 0), _("At test entries were dropped."), got=y, reveals="drops_at_test")
    expect(y, x, note=_("at test"))
    expect(mask, np.ones(x.shape), note=_("at test"))
    y, mask = student.dropout_forward(x, p, True, fresh(rng))
    expect_shape(mask, x.shape)
    expect_true(mask.dtype.kind != "b", _("The mask holds True and False."), got=mask, reveals="boolean_mask_returned")
    expect(y, x * mask)
    expect_factor(mask, p)


def expect_factor(mask, p):
    """The entries of a mask in training are 0 or 1/(1 − p)."""
    kept = mask[mask != 0]
    most_dropped = np.mean(mask == 0) > 0.5
    inverse_of_p = np.allclose(kept, 1 / p)
    expect_true(
        not (inverse_of_p and most_dropped),
        _("Most entries were dropped, though p is small."),
        got=mask,
        reveals="p_kept_for_p_dropped",
    )
    expect_true(not inverse_of_p, _("The kept entries were multiplied by 1/p."), got=mask, reveals="scaled_by_p")
    expect_true(
        not np.allclose(kept, 1), _("The kept entries were not enlarged in training."), got=mask, reveals="no_scaling"
    )
    right = np.allclose(kept, 1 / (1 - p), rtol=1e-12, atol=0)
    expect_true(right, _("The mask has entries other than 0 and 1/(1 − p)."), got=mask)


@exercise.check("law", of="dropout_forward", title=_("dropout_forward: on average training gives what the test gives"))
def right_on_average(student, rng):
    p, x = 0.5, rng.normal(size=50)
    at_test = student.dropout_forward(x, p, False, fresh(rng))[0]
    y = student.dropout_forward(np.tile(x, (2000, 1)), p, True, fresh(rng))[0]
    expect_shape(y, (2000, 50))
    error = np.abs(x) * np.sqrt(p / (1 - p) / 2000)
    off = np.abs(y.mean(axis=0) - at_test) > 6 * error
    expect_true(not off.any(), _("The mean of y over 2,000 masks is not what comes at test."), got=y)


@exercise.check("edge", of="dropout_forward", title=_("dropout_forward: every shape, p = 0, and the generator decides"))
def dropout_edges(student, rng):
    seed, another = rng.integers(2**32, size=2)
    x = rng.normal(size=(6, 8))
    first, again, other = (student.dropout_forward(x, 0.5, True, default_rng(s)) for s in (seed, seed, another))
    expect(again, first, rtol=0, atol=0, note=_("the same generator state once more"), reveals="global_random_for_mask")
    same = np.array_equal(first[1], other[1])
    expect_true(not same, _("Two different generators gave the same mask."), got=other, reveals="own_seed_for_mask")
    for train in (True, False):
        expect(student.dropout_forward(x, 0.0, train, fresh(rng)), (x, np.ones(x.shape)), note=_("p = 0"))
    for shape in ((7,), (1, 5), (2, 3, 4)):
        x = rng.normal(size=shape)
        y, mask = student.dropout_forward(x, 0.5, True, fresh(rng))
        expect_shape(mask, shape)
        expect(y, x * mask)


@exercise.check("experiment", of="dropout_forward", title=_("dropout_forward: every entry decides for itself"))
def every_entry_for_itself(student, rng):
    answers = student.dropout_forward.many([(np.ones((20, 15)), 0.3, True, fresh(rng)) for _draw in range(200)])
    dropped = np.stack([mask for _y, mask in answers]) == 0
    all_alike = np.all(dropped == dropped[0])
    expect_true(not all_alike, _("Different generators gave the same mask."), reveals="own_seed_for_mask")
    fraction = dropped.mean()
    row, column = dropped.sum(axis=2).var() / (15 * 0.21), dropped.sum(axis=1).var() / (20 * 0.21)
    total = dropped.sum(axis=(1, 2)).var() / (300 * 0.21)
    show(_("fraction dropped"), fraction)
    show(_("variance of the number dropped in a row, a column, a mask, over n p (1 − p)"), [row, column, total])
    expect_true(
        abs(fraction - 0.7) > 0.01, _("Of all entries 0.7 are dropped; p = 0.3."), reveals="p_kept_for_p_dropped"
    )
    expect_true(abs(fraction - 0.3) < 0.01, _("The fraction dropped is not p, give or take 0.01."))
    expect_true(column < 2, _("The entries of a column drop together."), reveals="one_mask_for_all_rows")
    expect_true(row < 2, _("The entries of a row drop together."), reveals="whole_rows_dropped")
    expect_true(total > 0.1, _("The number dropped is always the same."), reveals="fixed_number_dropped")
    independent = 0.8 < row < 1.2 and 0.8 < column < 1.2 and 0.5 < total < 2
    expect_true(independent, _("The entries of a mask do not decide independently of each other."))


# dropout_backward


@exercise.check("gradient", of="dropout_backward", title=_("dropout_backward: the slope of your own dropout_forward"))
def slope_of_the_mask(student, rng):
    x, dy, seed = rng.normal(size=(4, 5)), rng.normal(size=(4, 5)), rng.integers(2**32)
    y, mask = student.dropout_forward(x, 0.4, True, default_rng(seed))
    moved = student.dropout_forward(x + 1, 0.4, True, default_rng(seed))[0]
    expect(student.dropout_backward(mask, dy), dy * (moved - y))


@exercise.check("law", of="dropout_backward", title=_("dropout_backward: nothing through dropped units, linear in dy"))
def nothing_through_dropped_units(student, rng):
    mask = rng.permutation(np.arange(20) % 2 * 2.5).reshape(4, 5)
    one, other = rng.normal(size=(2, 4, 5))
    of_one, of_other, of_both = student.dropout_backward.many([(mask, one), (mask, other), (mask, 2 * one - other)])
    expect(of_both, 2 * of_one - of_other)
    passed = np.asarray(of_one)[mask == 0]
    expect_true(np.all(passed == 0), _("A dropped entry has a gradient other than 0."), got=of_one)


@exercise.check("edge", of="dropout_backward", title=_("dropout_backward: every shape"))
def backward_shapes(student, rng):
    for shape in ((7,), (1, 5), (2, 3, 4)):
        mask, dy = (rng.random(shape) >= 0.2) / 0.8, rng.normal(size=shape)
        expect(student.dropout_backward(mask, dy), dropout_backward(mask, dy))


# thinned_net and ensemble


@exercise.check("value", of="thinned_net", title=_("thinned_net: the mask acts on the hidden layer"))
def thinned_values(student, rng):
    nets = [(*net(rng, 4, 3, 5, 2), rng.permutation([0.0, 2.0, 0.0, 2.0, 2.0])) for _draw in range(2)]
    worked = [(*WORKED, np.array(mask)) for mask in ([2.0, 2.0], [2.0, 0.0], [0.0, 2.0], [0.0, 0.0], [1.0, 1.0])]
    for parts, value in zip(nets + worked, student.thinned_net.many(nets + worked), strict=True):
        expect(value, thinned_net(*parts), shown=parts[0] is WORKED[0])


@exercise.check("edge", of="thinned_net", title=_("thinned_net: one example, one unit, every unit dropped"))
def thinned_edges(student, rng):
    one, dropped = (*net(rng, 1, 3, 1, 2), np.array([1.25])), (*net(rng, 4, 3, 5, 2), np.zeros(5))
    expect(student.thinned_net(*one), thinned_net(*one))
    expect(student.thinned_net(*dropped), thinned_net(*dropped))


@exercise.check("value", of="ensemble", points=2, title=_("ensemble: the mean over all masks"))
def ensemble_values(student, rng):
    for p in (0.2, 0.5):
        parts = net(rng, 4, 3, 4, 2)
        expect(student.ensemble(*parts, p), ensemble(*parts, p))
    expect(student.ensemble(*WORKED, 0.5), ensemble(*WORKED, 0.5), shown=True, note=_("the worked number"))


@exercise.check("edge", of="ensemble", title=_("ensemble: one example, one unit, and nothing dropped"))
def ensemble_edges(student, rng):
    full, one = net(rng, 3, 3, 4, 2), net(rng, 1, 2, 1, 2)
    expect(student.ensemble(*full, 0.0), thinned_net(*full, np.ones(4)), note=_("p = 0"))
    expect(student.ensemble(*one, 0.3), ensemble(*one, 0.3), note=_("one example and one hidden unit"))


@exercise.check("experiment", of="ensemble", title=_("ensemble: the full net is close to it, a thinned one is not"))
def full_net_is_close(student, rng):
    parts = net(rng, 20, 6, 8, 3, bias=0.0)
    masks = rng.integers(2, size=(20, 8)) * 2.0
    mean = student.ensemble(*parts, 0.5)
    full, *thinned = student.thinned_net.many([(*parts, mask) for mask in (np.ones(8), *masks)])
    expect_shape(mean, (20, 3))
    near = np.abs(mean - full).mean()
    far = np.mean([np.abs(one - full).mean() for one in thinned])
    show(_("distance of the ensemble and of one thinned net from the full net"), [near, far])
    expect_true(near > 1e-9, _("The ensemble is the full net itself."), got=mean, reveals="full_net_for_ensemble")
    expect_true(near < 0.5 * far, _("The full net is not close to the ensemble."), got=mean)


# What beginners write


@exercise.mistake(
    of="dropout_forward",
    says=_("In training the kept entries stay as they are."),
    ask=_("How large is the sum of the kept half, on average?"),
)
def no_scaling(x, p, train, rng):
    mask = (rng.random(x.shape) >= p) * 1.0 if train else np.ones(x.shape)
    return x * mask, mask


@exercise.mistake(
    of="dropout_forward",
    says=_("p was taken as the probability to be kept, as in the papers and in some libraries."),
    ask=_("Is p the probability to stay or to go?"),
)
def p_kept_for_p_dropped(x, p, train, rng):
    mask = (rng.random(x.shape) < p) / p if train else np.ones(x.shape)
    return x * mask, mask


@exercise.mistake(
    of="dropout_forward",
    says=_("The kept entries are multiplied by 1/p."),
    ask=_("By what must the kept ones grow when one in five is dropped?"),
)
def scaled_by_p(x, p, train, rng):
    mask = (rng.random(x.shape) >= p) / p if train else np.ones(x.shape)
    return x * mask, mask


@exercise.mistake(
    of="dropout_forward",
    says=_("Entries are dropped at test as well."),
    ask=_("Should two predictions for one input differ?"),
)
def drops_at_test(x, p, train, rng):
    return dropout_forward(x, p, True, rng)


@exercise.mistake(
    of="dropout_forward",
    says=_("The scaling is done at test, by 1 − p, and not in training."),
    ask=_('Where does "inverted" dropout scale?'),
)
def scales_at_test(x, p, train, rng):
    return no_scaling(x, p, train, rng) if train else ((1 - p) * x, np.ones(x.shape))


@exercise.mistake(
    of="dropout_forward",
    says=_("One draw decides for a whole column."),
    ask=_("Do all examples lose the same units?"),
)
def one_mask_for_all_rows(x, p, train, rng):
    mask = np.ones(x.shape) * ((rng.random(x.shape[-1]) >= p) / (1 - p) if train else 1.0)
    return x * mask, mask


@exercise.mistake(
    of="dropout_forward",
    says=_("One draw decides for a whole row."),
    ask=_("What is left of an example whose row is dropped?"),
)
def whole_rows_dropped(x, p, train, rng):
    rows = (len(x),) + (1,) * (x.ndim - 1)
    mask = np.ones(x.shape) * ((rng.random(rows) >= p) / (1 - p) if train else 1.0)
    return x * mask, mask


@exercise.mistake(
    of="dropout_forward",
    says=_("Exactly p·n entries are dropped, each time."),
    ask=_("If each entry decides for itself, is their number fixed?"),
)
def fixed_number_dropped(x, p, train, rng):
    places = rng.permutation(x.size).reshape(x.shape)
    mask = (places >= round(p * x.size)) / (1 - p) if train else np.ones(x.shape)
    return x * mask, mask


@exercise.mistake(
    of="dropout_forward",
    says=_("The mask is drawn from a generator with a fixed seed, not from rng."),
    ask=_("What is different in the second step of training?"),
)
def own_seed_for_mask(x, p, train, rng):
    return dropout_forward(x, p, train, default_rng(0))


@exercise.mistake(
    of="dropout_forward",
    says=_("The mask is drawn from numpy's global generator, not from rng."),
    ask=_("What is rng for?"),
)
def global_random_for_mask(x, p, train, rng):
    mask = (np.random.rand(*x.shape) >= p) / (1 - p) if train else np.ones(x.shape)
    return x * mask, mask


@exercise.mistake(
    of="dropout_forward",
    says=_("y comes back alone."),
    ask=_("What will the backward pass need?"),
)
def mask_not_returned(x, p, train, rng):
    return dropout_forward(x, p, train, rng)[0]


@exercise.mistake(
    of="dropout_forward",
    says=_("The mask says which entries were kept, but not by what they were multiplied."),
    ask=_("With which factor did x enter y?"),
)
def boolean_mask_returned(x, p, train, rng):
    y, mask = dropout_forward(x, p, train, rng)
    return y, mask > 0


@exercise.mistake(
    of="dropout_backward",
    says=_("The gradient passes the kept units without their factor."),
    ask=_("With which factor did x enter y?"),
)
def backward_without_scaling(mask, dy):
    return dy * (mask > 0)


@exercise.mistake(
    of="dropout_backward",
    says=_("The gradient passes the dropped units too."),
    ask=_("Can a dropped unit have changed the loss?"),
)
def backward_ignores_mask(mask, dy):
    return dy


@exercise.mistake(
    of="ensemble",
    says=_("All masks have the same weight."),
    ask=_("How probable is it that no unit is dropped when p = 0.2?"),
)
def equal_weights(x, W1, b1, W2, b2, p):
    return weighted_nets(x, W1, b1, W2, b2, 1 / (1 - p), lambda kept, H: 0.5**H)


@exercise.mistake(
    of="ensemble",
    says=_("This is the full net: the mean was taken inside the sigmoid."),
    ask=_("Is the mean of σ(·) the σ of the mean?"),
)
def full_net_for_ensemble(x, W1, b1, W2, b2, p):
    return thinned_net(x, W1, b1, W2, b2, np.ones(len(b1)))


@exercise.mistake(
    of="ensemble",
    says=_("The kept units have the weight p, the dropped ones 1 − p."),
    ask=_("Which power belongs to the dropped units?"),
)
def weights_exchanged(x, W1, b1, W2, b2, p):
    return weighted_nets(x, W1, b1, W2, b2, 1 / (1 - p), lambda kept, H: p**kept * (1 - p) ** (H - kept))


@exercise.mistake(
    of="ensemble",
    says=_("The masks have entries 0 and 1."),
    ask=_("Which values do the masks of this exercise take?"),
)
def ensemble_without_scaling(x, W1, b1, W2, b2, p):
    return weighted_nets(x, W1, b1, W2, b2, 1.0, lambda kept, H: (1 - p) ** kept * p ** (H - kept))


@exercise.mistake(
    of="thinned_net",
    says=_("The hidden layer has no ReLU."),
    ask=_("What does the hidden layer do with negative sums?"),
)
def no_relu_in_net(x, W1, b1, W2, b2, mask):
    return sigmoid(((x @ W1 + b1) * mask) @ W2 + b2)


@exercise.mistake(
    of="thinned_net",
    says=_("The output is linear; the sigmoid is missing."),
    ask=_("Between which values lies the output?"),
)
def no_sigmoid_at_output(x, W1, b1, W2, b2, mask):
    return (np.maximum(x @ W1 + b1, 0.0) * mask) @ W2 + b2
