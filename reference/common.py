"""Mathematics and manners that several references share.

Knows: formulae in autograd's numpy, and how a generator is sent. Does not know any exercise.
"""

import autograd.numpy as np
from numpy.random import default_rng


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
