"""Mathematics and manners that several references share.

Knows: formulae in autograd's numpy, and how a generator is sent. Does not know any exercise.
"""

import autograd.numpy as np
from autograd import grad
from autograd.extend import notrace_primitive
from numpy.random import default_rng

from grader.course import _, expect, expect_shape, expect_true, show


def fresh(rng):
    """A generator of its own for one call, seeded by the check's."""
    return default_rng(rng.integers(2**32))


def rollout(step, x, state):
    """The states after each input of a sequence, stacked: step(x[t], state) from the start state on."""
    states = []
    for t in range(len(x)):
        state = step(x[t], state)
        states.append(state)
    return np.stack(states)


def rnn_params(rng, n_in, n_h, n_out, bias=0.5):
    """Parameters of a simple RNN with a linear output, weights of variance 1 / rows."""
    shapes = {"W": (n_in, n_h), "U": (n_h, n_h), "V": (n_h, n_out)}
    weights = {name: rng.normal(scale=1 / np.sqrt(shape[0]), size=shape) for name, shape in shapes.items()}
    return {**weights, "b": rng.normal(scale=bias, size=n_h), "c": rng.normal(scale=bias, size=n_out)}


def mixed(weights, values):
    """Σ weight · value over values of one structure, through tuples and dicts."""
    first = values[0]
    if isinstance(first, dict):
        return {key: mixed(weights, [value[key] for value in values]) for key in first}
    if isinstance(first, tuple | list):
        return tuple(mixed(weights, parts) for parts in zip(*values, strict=True))
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def locked(array):
    """A copy that may not be written."""
    array = np.array(array)
    array.flags.writeable = False
    return array


def sigmoid(u):
    return np.exp(-np.logaddexp(0.0, -u))


def log_softmax(u):
    shifted = u - np.max(u, axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


def binary_targets(rng, n):
    """0.0 and 1.0 in a drawn order; both occur from n = 2 on."""
    return rng.permutation(np.arange(n) % 2.0)


def one_hot(rng, n, k):
    """One-hot rows in a drawn order; every class occurs from n = k on."""
    return np.eye(k)[rng.permutation(np.arange(n) % k)]


def awkward(x):
    """The same numbers in an array that may not be written and does not lie in one piece."""
    view = np.repeat(x, 2, axis=-1)[..., ::2]
    view.flags.writeable = False
    return view


# Recurrent cells. params of a gated cell: W_g, U_g, b_g for each gate g.


def gated(x, h, params, gate):
    """The pre-activation x W + h U + b of one gate, or of the candidate, with its own three arrays."""
    return x @ params[f"W_{gate}"] + h @ params[f"U_{gate}"] + params[f"b_{gate}"]


def gated_params(rng, n_in, n_h, gates, bias=0.5):
    """Unequal parameters for every gate, weights of variance 1 / rows: no gate can stand in for another."""
    params = {}
    for gate in gates:
        params[f"W_{gate}"] = rng.normal(scale=1 / np.sqrt(n_in), size=(n_in, n_h))
        params[f"U_{gate}"] = rng.normal(scale=1 / np.sqrt(n_h), size=(n_h, n_h))
        params[f"b_{gate}"] = rng.normal(scale=bias, size=n_h)
    return params


FAR_INPUTS = np.array([[1000.0], [-1000.0], [1000.0], [-1000.0]])


def far_params(rng, params):
    """The same with every W of 1 and −1, so that FAR_INPUTS take each unit to both of its ends."""
    return {key: rng.choice([-1.0, 1.0], size=p.shape) if key[0] == "W" else p for key, p in params.items()}


def rollout_cell(step, x, h, c, carry=lambda h, c: (h, c)):
    """hs and cs of a cell with two states: h, c = step(x[t], h, c). carry: what is handed to the next step."""
    hs, cs = [], []
    for t in range(len(x)):
        h, c = step(x[t], h, c)
        hs.append(h)
        cs.append(c)
        h, c = carry(h, c)
    return np.stack(hs), np.stack(cs)


def gradients_of(forward, args, *upstreams):
    """Gradients of Σ upstream · output with respect to all args; an output without an upstream counts nothing."""

    def weighted(traced):
        # Each key is taken out of its dict once: autograd pays for a whole dict every time.
        plain = [
            {key: box[key] for key in arg} if isinstance(arg, dict) else box
            for box, arg in zip(traced, args, strict=True)
        ]
        outputs = forward(*plain)
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        return sum(np.sum(dy * y) for dy, y in zip(upstreams, outputs, strict=False))

    return grad(weighted)(args)


@notrace_primitive
def held(value):
    """The same value, past which no error goes back. A backward that forgets a way is one whose forward holds it."""
    return value


def with_error_of(value, other):
    """value on the way forward; on the way back the error goes as if `other` had stood there."""
    return held(value) + other - held(other)


def held_params(params):
    return {key: held(params[key]) for key in params}


# What holds for every recurrent forward and backward, whatever the cell.


def expect_values(question, oracle, cases, **how):
    """The oracle's values at several cases, asked in one message."""
    for case, value in zip(cases, question.many(cases), strict=True):
        expect(value, oracle(*case), **how)


def expect_one_way_through_time(forward, x, starts, params):
    """Inputs act on what comes after them only, by the states alone, and on their own example."""
    whole = forward(x, *starts, params)
    changed = forward(x + (np.arange(len(x)) >= 3)[:, None, None], *starts, params)
    want = each(lambda a, b: np.concatenate([a[:3], b[3:]]), whole, changed)
    expect(changed, want, shown=True, note=_("other inputs from the fourth step on"))
    states = (whole if isinstance(whole, tuple | list) else (whole,))[: len(starts)]
    rest = forward(x[3:], *(state[2] for state in states), params)
    expect(rest, each(lambda a: a[3:], whole), shown=True, note=_("resumed after the third step"))
    row = forward(x[:, [1]], *(start[[1]] for start in starts), params)
    expect(row, each(lambda a: a[:, [1]], whole), shown=True, note=_("the second example alone"))


def expect_backward_laws(backward, x, starts, params, upstreams, rng):
    """Linear in the upstream gradients, a sum over the examples; through time nothing comes from the future."""
    others = [rng.normal(size=dy.shape) for dy in upstreams]
    both = [2 * dy - 3 * other for dy, other in zip(upstreams, others, strict=True)]
    one, two, mix = backward.many([(x, *starts, params, *dys) for dys in (upstreams, others, both)])
    expect(mix, mixed([2, -3], [one, two]), shown=True, note=_("upstream gradients 2 dy − 3 dy′"))
    rows = [only_example((x, *starts, params, *upstreams), n) for n in range(starts[0].shape[0])]
    shares = [value[-1] for value in backward.many(rows)]
    want = mixed([1.0] * len(rows), shares)
    expect(one[-1], want, shown=True, note=_("the batch, and its examples one by one"))
    if x.ndim == 3:
        early = [np.where(np.arange(len(x))[:, None, None] == 2, dy, 0.0) for dy in upstreams]
        dx = backward(x, *starts, params, *early)[0]
        want = np.concatenate([dx[:3], np.zeros(x[3:].shape)])
        expect(dx, want, shown=True, note=_("an error at the third step alone"))


def only_example(args, n):
    """The arguments for one example of the batch: sequences are (T, N, …), states (N, …), params a dict."""
    return tuple(a if isinstance(a, dict) else a[:, [n]] if a.ndim == 3 else a[[n]] for a in args)


def each(change, *values):
    """change(arrays) for values of one structure: an array, or a tuple of them."""
    if isinstance(values[0], tuple | list):
        return tuple(change(*parts) for parts in zip(*values, strict=True))
    return change(*values)


# Capstones: a function that returns a loss with its gradients, and one that trains.


class Part:
    """One of several results of a function of the answer, asked for as if it were the only one."""

    def __init__(self, question, place):
        self.question, self.place, self.contract = question, place, question.contract

    def __call__(self, *args):
        return self.question(*args)[self.place]


def adam_trained(params, loss_gradients, steps, lr=0.01):
    """params after so many updates by Adam, and the loss before each; loss_gradients(params) gives both."""
    m = v = mixed([0.0], [params])
    losses = []
    for k in range(1, steps + 1):
        loss, grads = loss_gradients(params)
        losses.append(loss)
        m = mixed([0.9, 0.1], [m, grads])
        v = mixed([0.999, 0.001], [v, {key: g**2 for key, g in grads.items()}])
        rate = lr * np.sqrt(1 - 0.999**k) / (1 - 0.9**k)
        params = {key: params[key] - rate * m[key] / (np.sqrt(v[key]) + 1e-8) for key in params}
    return params, np.array(losses)


def expect_learnt(train, task, steps, loss_of, shapes, rng, late, final):
    """Of three starts two learn: the mean of the last 20 losses below `late`, loss_of(params) below `final`."""
    seed = rng.integers(2**32)
    one, more = (train(*task, few, default_rng(seed))[0] for few in (1, 5))
    moved = any(not np.array_equal(one[key], more[key]) for key in shapes)
    expect_true(moved, _("After five updates the parameters are those after one."), got=more, reveals="never_updated")
    runs = [train(*task, steps, fresh(rng)) for _start in range(3)]
    for params, losses in runs:
        expect_shape(losses, (steps,), note=_("the losses, one for each update"))
        for key, shape in shapes.items():
            expect_shape(params[key], shape, note=_("the array {key}").format(key=key))
    curves = [np.asarray(losses, dtype=float) for _params, losses in runs]
    ends, left = [np.mean(curve[-20:]) for curve in curves], [float(loss_of(params)) for params, _losses in runs]
    show(_("loss, every tenth update"), [curve[::10].tolist() for curve in curves])
    show(_("mean of the last 20 losses"), [float(end) for end in ends])
    show(_("loss of the parameters returned"), left)
    rising = sum(not end <= curve[0] for curve, end in zip(curves, ends, strict=True))
    expect_true(rising < 2, _("The loss rises."), reveals="uphill")
    says = _("Two of three starts should end with a loss below {late}. The last losses were {ends}.")
    expect_true(sum(end < late for end in ends) >= 2, says.format(late=late, ends=listed(ends)))
    says = _("The loss of the parameters returned should be below {final} for two of three starts. It was {left}.")
    expect_true(sum(end < final for end in left) >= 2, says.format(final=final, left=listed(left)))
    return runs


def listed(numbers):
    return ", ".join(f"{float(x):.3g}" for x in numbers)


def descend(gradients, fixed, starts, lr, steps):
    """The paths of plain gradient descent from several starts, in step, so that each step is one message.

    gradients: the answer's function of (*fixed, *parameters); starts: a list of tuples of parameters.
    Returns one path a start: a list of steps + 1 tuples of parameters.
    """
    paths = [[tuple(start)] for start in starts]
    for _step in range(steps):
        slopes = gradients.many([(*fixed, *path[-1]) for path in paths])
        for path, slope in zip(paths, slopes, strict=True):
            path.append(tuple(p - lr * np.asarray(g) for p, g in zip(path[-1], slope, strict=True)))
    return paths
