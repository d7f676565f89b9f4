"""Laws: what must not change a verdict does not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.gradcheck import check_gradient

CLAIMS = {"right": 1.0, "factor": 1.5, "small": 1 + 1e-5, "one": None}
seeds = st.integers(0, 2**32 - 1)
claims = st.sampled_from(sorted(CLAIMS))


def functions(seed, kind):
    """A smooth function of six entries, and a claim of the named kind."""
    rng = np.random.default_rng(seed)
    A, b = rng.standard_normal((6, 6)), rng.standard_normal(6)

    def forward(x):
        return np.sum(np.tanh(A @ x)) + b @ x**2

    def gradient(x):
        g = A.T @ (1 - np.tanh(A @ x) ** 2) + 2 * b * x
        if CLAIMS[kind] is None:
            g[2] += 0.1 * (1 + abs(g[2]))
            return g
        return g * CLAIMS[kind]

    return forward, gradient, rng.standard_normal(6)


def expected(kind):
    return "right" if kind == "right" else "wrong"


@settings(deadline=None, max_examples=30)
@given(seeds, claims, st.sampled_from([1e-6, -3.0, 1e6, 1e8]))
def test_scaling_function_and_gradient_together_changes_no_verdict(seed, kind, c):
    f, g, x = functions(seed, kind)
    assert check_gradient(f, g, x, seed=seed).verdict == expected(kind)
    assert check_gradient(lambda x: c * f(x), lambda x: c * g(x), x, seed=seed).verdict == expected(kind)


@settings(deadline=None, max_examples=30)
@given(seeds, claims, st.permutations(range(6)))
def test_permuting_coordinates_changes_no_verdict(seed, kind, order):
    f, g, x = functions(seed, kind)
    order = np.array(order)
    back = np.argsort(order)
    result = check_gradient(lambda y: f(y[back]), lambda y: g(y[back])[order], x[order], seed=seed)
    assert result.verdict == expected(kind)


@settings(deadline=None, max_examples=30)
@given(seeds, claims, st.integers(1, 5))
def test_splitting_the_point_into_blocks_changes_no_verdict(seed, kind, cut):
    f, g, x = functions(seed, kind)

    def forward(a, b):
        return f(np.concatenate([a, b]))

    def gradient(a, b):
        return tuple(np.split(g(np.concatenate([a, b])), [cut]))

    assert check_gradient(forward, gradient, (x[:cut], x[cut:]), seed=seed).verdict == expected(kind)


@settings(deadline=None, max_examples=20)
@given(seeds, claims)
def test_evaluate_gives_the_same_verdict_and_count_as_single_calls(seed, kind):
    f, g, x = functions(seed, kind)
    one = check_gradient(f, g, x, seed=seed)
    many = check_gradient(None, g, x, seed=seed, evaluate=lambda points: [f(*p) for p in points])
    assert (one.verdict, one.evaluations, one.location_evaluations) == (
        many.verdict, many.evaluations, many.location_evaluations,
    )  # fmt: skip


@settings(deadline=None, max_examples=20)
@given(seeds, st.sampled_from(["factor", "one"]))
def test_location_names_the_wrong_entries_and_no_others(seed, kind):
    f, g, x = functions(seed, kind)
    result = check_gradient(f, g, x, seed=seed)
    assert result.wrong["x"].tolist() == [kind == "factor" or i == 2 for i in range(6)]
    assert result.location_evaluations <= 120


@pytest.mark.parametrize("n", [10_000, 100_000])
def test_one_wrong_entry_among_many_is_found_and_named(n):
    a = np.random.default_rng(n).standard_normal(n)

    def gradient(x):
        g = a * np.cos(x)
        g[n // 3] *= 1.1
        return g

    result = check_gradient(lambda x: float(a @ np.sin(x)), gradient, np.linspace(-1, 1, n))
    assert np.flatnonzero(result.wrong["x"]).tolist() == [n // 3]
    assert result.evaluations + result.location_evaluations <= 120
