"""A course of one exercise, made as an author would make it."""

import pytest

from grader.authoring import new
from grader.course import load_course

TOML = """
[course]
title = "Small"
languages = ["en", "ja"]

[[chapter]]
id = "first"
title = "First"
exercises = [{exercises}]
"""


@pytest.fixture
def small(tmp_path):
    """small(): a course in which `squares` stands, written from the templates."""
    (tmp_path / "course.toml").write_text(TOML.format(exercises='"squares"'))
    course = load_course(tmp_path)
    new(course, "squares")
    return course
