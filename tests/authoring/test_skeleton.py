"""What of a model answer a student is given."""

import ast

import pytest

from grader.authoring.skeleton import SkeletonError, skeleton_of

ANSWER = '''"""Two layers."""

import numpy as np
from itertools import (
    count,
)  # numbers

LIMIT = 3


def forward(
    x,
    W: "dict[str, int]",
    *,
    eps=1e-8,
):  # a comment
    """The output σ(x W).

    x: (N, n).
    """
    h = _hidden(x)
    return h * eps


def _hidden(x):
    """Private."""
    return x


def spare(x):
    """In no contract."""
    return x


@property_like(lambda q: q[1:2])
class Stopper:
    """Stops."""

    patience: int = 3

    def __init__(self, patience, f=lambda q: q[1:2]):
        self.patience = patience

    @property
    def stopped(self):
        """Whether it is time."""; seen = 1
        return seen

    def _inner(self):
        return 1
'''
SKELETON = '''"""Two layers."""

import numpy as np
from itertools import (
    count,
)


def forward(
    x,
    W: "dict[str, int]",
    *,
    eps=1e-8,
):
    """The output σ(x W).

    x: (N, n).
    """
    raise NotImplementedError("forward: not written yet")


@property_like(lambda q: q[1:2])
class Stopper:
    """Stops."""

    patience: int = 3

    def __init__(self, patience, f=lambda q: q[1:2]):
        raise NotImplementedError("Stopper.__init__: not written yet")

    @property
    def stopped(self):
        """Whether it is time."""
        raise NotImplementedError("Stopper.stopped: not written yet")
'''


def test_a_skeleton_has_the_contract_and_nothing_of_the_answer():
    assert skeleton_of(ANSWER, ("forward", "Stopper")).source() == SKELETON


def test_a_class_without_public_methods_and_docstring_is_still_python():
    source = skeleton_of("class Stop(ValueError):\n    x = 1\n", ("Stop",)).source()
    assert isinstance(ast.parse(source).body[0], ast.ClassDef)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("def g(): pass", "f is not defined"),
        ("def f(x):\n    return x", "f has no docstring"),
        ("class f:\n    def go(self): return 1", "f.go has no docstring"),
        ("def f(x:\n", "line 1: "),
    ],
)
def test_a_model_answer_that_gives_no_skeleton_is_told_why(answer, fault):
    with pytest.raises(SkeletonError, match=fault):
        skeleton_of(answer, ("f",))


def test_every_skeleton_of_the_course_is_python_whose_functions_do_nothing_yet(course):
    for id in course.ids:
        if course.solution(id).is_file() and course.reference(id).is_file():
            contract = course.exercise(id).functions
            source = skeleton_of(course.solution(id).read_text(encoding="utf-8"), contract).source()
            functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
            assert functions
            assert all(isinstance(function.body[-1], ast.Raise) for function in functions)
