"""Functions that break the contract: a sentence each, never a traceback from inside, never a silent pass."""

import numpy as np
import pytest
from trials.manners import cases

from grader.gradcheck import REASONS, check_gradient


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_every_breach_of_contract_has_its_verdict_and_its_sentence(case):
    result = check_gradient(case.forward, case.gradient, case.x)
    assert result.verdict == case.verdict
    assert result.ok == (case.verdict == "right" and not case.code)
    if case.code:
        assert case.code in (*result.violations, result.reason)
        assert REASONS[case.code] in result.text()
    else:
        assert not result.violations


def test_an_exception_is_told_with_its_type_and_its_words():
    def gradient(x):
        raise IndexError("third row\nof a long story")

    result = check_gradient(np.sum, gradient, np.ones(3))
    assert "IndexError: third row" in result.message
    assert "story" not in result.message


def test_rare_randomness_is_noticed_in_the_forward():
    rng = np.random.default_rng(1)

    def dropout(x):
        return np.sum(x * (rng.random(x.shape) > 0.2))

    result = check_gradient(dropout, np.ones_like, np.array([1.0, 2.0]))
    assert "forward_not_deterministic" in result.violations
    assert not result.ok


def test_a_point_outside_the_domain_is_told():
    result = check_gradient(lambda x: np.sum(np.log(x)), lambda x: 1 / x, np.array([-1.0, 2.0]))
    assert result.reason == "forward_not_finite"


def test_looking_beside_a_float32_point_accuses_nobody_of_changing_it():
    x = np.array([0.0, 0.4, -0.3], np.float32)

    def claim(x, v):
        return (v * (x >= 0) * (1 + 2 * (x == 0))).astype(np.float32)

    result = check_gradient(lambda x: np.maximum(x, 0), claim, x)
    assert result.verdict == "wrong"
    assert not result.violations
