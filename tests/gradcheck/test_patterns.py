"""What the error looks like, for one mistake of each kind."""

import numpy as np
import pytest

from grader.gradcheck import check_gradient

X = np.random.default_rng(4).uniform(0.2, 2.0, (5, 5)) * np.where(np.arange(25).reshape(5, 5) % 2, 1, -1)
ROW = np.array([1, 1, 1.5, 1, 1])[:, None]
BACK = 0.7 ** np.arange(5)[::-1, None]

MISTAKES = {
    "factor": lambda g, x: g / 3,
    "sign": lambda g, x: -g,
    "missing": lambda g, x: 0 * g,
    "transposed": lambda g, x: g.T,
    "reversed": lambda g, x: g[::-1],
    "shifted": lambda g, x: np.roll(g, 1, 0),
    "permuted": lambda g, x: g.ravel()[np.random.default_rng(1).permutation(25)].reshape(5, 5),
    "slice": lambda g, x: g * ROW,
    "growing": lambda g, x: g * BACK,
    "side": lambda g, x: np.where(x < 0, g * 0.5, g),
    "entries": lambda g, x: g + 3.0 * (np.arange(25).reshape(5, 5) == 7),
}


def f(x):
    return np.sum(x**3) + np.sum(x[0] * x[1]) + 2 * np.sum(x)


def gradient(x):
    g = 3 * x**2 + 2
    g[0] += x[1]
    g[1] += x[0]
    return g


@pytest.mark.parametrize("kind", sorted(MISTAKES))
def test_every_kind_of_mistake_is_called_by_its_name(kind):
    result = check_gradient(f, lambda x: MISTAKES[kind](gradient(x), x), X)
    assert result.verdict == "wrong"
    assert result.pattern.kind == kind
    assert result.location_evaluations <= 120


def test_a_sum_for_a_mean_is_told_with_the_length():
    result = check_gradient(lambda x: np.mean(x**2), lambda x: 2 * x, X[:, :3])
    assert "mean over 15" in result.pattern.sentence


def test_a_wrong_argument_is_named():
    def claim(d):
        return {"W": 2 * d["W"], "b": 0 * d["b"]}

    result = check_gradient(lambda d: np.sum(d["W"] ** 2) + np.sum(d["b"] ** 2), claim, {"W": X, "b": X[0]})
    assert (result.pattern.kind, result.pattern.block, result.pattern.factor) == ("block", "b", 0.0)
    assert not result.wrong["W"].any()
