"""The public door: what it takes, what it gives, what it says."""

import numpy as np
import pytest

from grader.gradcheck import PATTERNS, REASONS, assert_gradient, check_gradient

X = np.array([0.3, -1.2, 2.0, 0.7, -0.4])


def f(x):
    return np.sum(np.sin(x))


def double(x):
    return 2 * np.cos(x)


def test_a_right_gradient_is_right_and_a_wrong_one_is_wrong():
    assert check_gradient(f, np.cos, X).ok
    assert check_gradient(f, double, X).verdict == "wrong"


def test_a_factor_is_named_with_its_places_and_its_number():
    result = check_gradient(f, double, X)
    assert result.pattern.kind == "factor"
    assert result.pattern.factor == pytest.approx(2)
    assert result.wrong["x"].all()
    assert result.located == "exact"
    assert "2 times" in result.text()


def test_one_wrong_entry_is_named_by_its_index():
    def gradient(X):
        out = np.cos(X)
        out[1, 2] *= 1.1
        return out

    result = check_gradient(f, gradient, np.arange(12.0).reshape(3, 4))
    assert np.argwhere(result.wrong["x"]).tolist() == [[1, 2]]
    assert "x[1, 2]" in result.text()


def test_arguments_may_be_a_tuple_a_dict_a_list_or_a_number():
    a, b = np.arange(6.0).reshape(2, 3), np.ones((3, 2)) / 3
    assert check_gradient(np.matmul, lambda a, b, v: (v @ b.T, a.T @ v), (a, b)).ok
    assert check_gradient(lambda d: f(d["W"]), lambda d: {"W": np.cos(d["W"])}, {"W": a}).ok
    assert check_gradient(lambda xs: f(xs[0]), lambda xs: [np.cos(xs[0])], [a]).ok
    assert check_gradient(lambda x: x**2, lambda x: 2 * x, 3).ok


def test_blocks_are_named_by_key_and_by_place():
    result = check_gradient(lambda a, b: f(a) + f(b), lambda a, b: (np.cos(a), double(b)), (X, X))
    assert set(result.wrong) == {"0", "1"}
    assert result.pattern.block == "1"


def test_evaluate_replaces_single_calls_and_changes_nothing():
    sizes = []

    def evaluate(points):
        sizes.append(len(points))
        return [f(*point) for point in points]

    for gradient in (np.cos, double):
        sizes.clear()
        one, many = check_gradient(f, gradient, X), check_gradient(None, gradient, X, evaluate=evaluate)
        assert (one.verdict, one.evaluations, one.error) == (many.verdict, many.evaluations, many.error)
        assert sum(sizes) == many.evaluations + many.location_evaluations
        assert len(sizes) == many.rounds


def test_a_point_that_failed_in_evaluate_is_a_missing_value():
    def evaluate(points):
        return [np.sum(np.log(*p)) if np.all(p[0] > 0) else ValueError("outside") for p in points]

    assert check_gradient(None, lambda x: 1 / x, np.array([0.01, 1.0, 2.0]), evaluate=evaluate).ok


def test_the_same_seed_gives_the_same_result():
    first, second = (check_gradient(f, double, X, seed=5) for _ in range(2))
    assert (first.error, first.bound, first.evaluations) == (second.error, second.bound, second.evaluations)


def test_a_stored_gradient_is_found_elsewhere_and_an_array_is_only_judged_here():
    stored = np.cos(X)
    assert check_gradient(f, lambda x: stored.copy(), X).reason == "elsewhere"
    result = check_gradient(f, stored, X)
    assert result.verdict == "right"
    assert result.notes


def test_a_float32_function_is_judged_by_what_float32_can_know():
    assert check_gradient(f, np.cos, X.astype(np.float32)).ok
    assert check_gradient(f, lambda x: np.cos(x) * np.float32(1.003), X.astype(np.float32)).verdict == "wrong"


def test_kinks_allow_every_side_and_nothing_else():
    x = np.array([0.0, 1.0, -2.0, 0.5])
    for convention in (np.greater, np.greater_equal):
        assert check_gradient(lambda x: np.sum(np.maximum(x, 0)), lambda x, c=convention: c(x, 0) * 1.0, x).ok
    assert check_gradient(lambda x: np.sum(np.abs(x)), np.sign, x).ok
    result = check_gradient(lambda x: np.sum(np.maximum(x, 0)), lambda x: (x > 0) + 3.0 * (x == 0), x)
    assert result.verdict == "wrong"


def test_assert_gradient_fails_with_the_text_of_the_result():
    assert_gradient(f, np.cos, X)
    with pytest.raises(AssertionError, match=r"wrong: .*\n.*error"):
        assert_gradient(f, double, X)


def test_a_call_that_makes_no_sense_is_refused():
    with pytest.raises(TypeError, match="function"):
        check_gradient(3, np.cos, X)
    with pytest.raises(ValueError, match="rtol"):
        check_gradient(f, np.cos, X, rtol=2)
    with pytest.raises(TypeError):
        check_gradient(f, np.cos, X, no_such_option=1)


def test_no_more_values_are_used_than_allowed():
    for limit in (2, 10, 25, 60):
        result = check_gradient(f, double, X, max_evaluations=limit)
        assert result.evaluations + result.location_evaluations <= limit


def test_an_interrupt_passes():
    def forward(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_gradient(forward, np.cos, X)


def test_every_sentence_is_one_sentence_and_blames_nobody():
    for sentence in [*REASONS.values(), *PATTERNS.values()]:
        assert sentence[0].isupper() or sentence.startswith("{")
        assert sentence[-1] in ".?"
        assert "!" not in sentence
