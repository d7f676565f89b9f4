"""A fixed draw of all kinds of problems: what the checker promises, counted."""

import numpy as np
import pytest
from trials.draw import KINDS, draw

from grader.gradcheck import check_gradient

NEVER_REJECTED = ("smooth", "network", "layer", "scaling", "stiff", "large")


def verdicts(seed, kinds, repeat):
    with np.errstate(all="ignore"):
        problems = draw(seed, kinds, repeat)
        return [(p, check_gradient(p.forward, p.gradient, p.x, seed=seed + i)) for i, p in enumerate(problems)]


def assert_promises(judged):
    right = [(p, r) for p, r in judged if p.right]
    wrong = [(p, r) for p, r in judged if not p.right]
    missed = [(p.name, p.mistake) for p, r in wrong if r.verdict != "wrong"]
    rejected = [(p.kind, p.name) for p, r in right if r.verdict == "wrong"]
    open_ = [p.name for p, r in judged if r.verdict == "inconclusive"]
    assert len(missed) <= 0.005 * len(wrong) + 1, missed
    assert len(rejected) <= 0.005 * len(right) + 1, rejected
    assert not [name for kind, name in rejected if kind in NEVER_REJECTED]
    assert len(open_) <= 0.005 * len(judged) + 1, open_
    assert max(r.evaluations + r.location_evaluations for _, r in judged) <= 300
    assert np.median([r.evaluations for _, r in wrong]) <= 40
    assert np.median([r.evaluations for _, r in right]) <= 80


def test_a_small_draw_keeps_the_promises():
    assert_promises(verdicts(2026, [kind for kind in KINDS if kind != "large"], 1))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(900, 905))
def test_large_draws_keep_the_promises(seed):
    assert_promises(verdicts(seed, list(KINDS), 2))
