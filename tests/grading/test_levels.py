"""The same verdicts at every level of the wall, and with a fresh interpreter in the place of a fork."""

from pathlib import Path

import msgspec
import pytest

from grader.course import load_course
from grader.grading import judge, to_json
from grader.submissions import Answer, read_class
from grader.worker import LevelMissing, open_wall

COURSE = load_course()
CLASS = read_class(Path("examples/class"), COURSE.ids)
WAYS = [("confined", "fork"), ("full", "fork"), ("process", "fresh")]


def judged(level, start):
    """Every Result of the examples, but for what says how it was come by."""
    try:
        wall = open_wall(level, start)
    except LevelMissing as problem:
        pytest.skip(f"this machine cannot do it: {problem}")
    with wall:
        assert (wall.level, wall.start_method) == (level, start)
        answers = [answer for answer in CLASS if isinstance(answer, Answer)]
        results = [judge(answer, COURSE, wall, seed=3, lang="en") for answer in answers]
    same = [msgspec.structs.replace(result, level=None, start=None, seconds=None, versions=None) for result in results]
    return {result.answer.path: to_json(result) for result in same}


@pytest.fixture(scope="module")
def at_the_lowest_level():
    return judged("process", "fork")


@pytest.mark.parametrize(("level", "start"), WAYS)
def test_the_examples_get_the_same_results_however_they_are_run(at_the_lowest_level, level, start):
    for path, result in judged(level, start).items():
        assert result == at_the_lowest_level[path], path
