"""Many points with generators: drawing from one is no change of an argument, writing into an array is."""

import numpy as np
import pytest

from grader.wire import Part
from grader.worker import Account, Limits, open_wall

SOURCE = """
def draw(x, rng):
    return rng.normal()

def write(x, rng):
    x += rng.normal()
    return x
"""


@pytest.mark.parametrize(("function", "changed"), [("draw", False), ("write", True)])
def test_drawing_from_a_generator_changes_no_argument(function, changed):
    with open_wall("process") as wall, wall.answer(Account(Limits())) as child:
        child.load([Part("", SOURCE)], "answer")
        points = [(np.ones(2), np.random.default_rng(seed)) for seed in range(3)]
        assert child.call_many(function, points).changed is changed
