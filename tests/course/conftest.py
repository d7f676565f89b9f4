"""A small course on disk, and an exercise put through its checks without a wall."""

import textwrap

import pytest

REFERENCE = '''
"""Double a number."""
from grader.course import Exercise, _, expect, expect_gradient

exercise = Exercise(title=_("Doubling"), hints=[_("What is x + x?")])

@exercise.function
def double(x):
    return 2.0 * x

@exercise.check("value", of="double", title=_("double(x) is 2x"))
def doubles(student, rng):
    x = rng.normal(size=3)
    expect(student.double(x), double(x))

@exercise.mistake(of="double", says=_("This is the square."), ask=_("What is 3 + 3?"))
def squared(x):
    return x**2
'''

COURSE = """
[course]
title = "A small course"
languages = ["en"]
[[chapter]]
id = "one"
title = "Chapter one"
exercises = ["double"]
"""


@pytest.fixture
def write_course(tmp_path):
    """Make a course of one exercise; texts given take the place of its reference and course.toml."""

    def write(reference=REFERENCE, course=COURSE):
        folder = tmp_path / "course"
        (folder / "reference" / "one").mkdir(parents=True)
        (folder / "reference" / "one" / "double.py").write_text(textwrap.dedent(reference))
        (folder / "course.toml").write_text(course)
        return folder

    return write
