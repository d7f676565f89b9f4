"""A known mistake of a gradient is found by the gradient checker alone: the oracle's values are switched off.

The answer's own forward is right, its gradient is the mistake; nothing is compared with but the forward's own slope.
"""

import pytest

from grader.course import difference, load_course
from grader.grading.interview import hold
from grader.grading.respondent import Asked, InProcess, plain_functions
from grader.worker import Raised

COURSE = load_course()
SEEDS = (1, 2, 3)


def gradient_checks(exercise, function):
    """None for objects: what a graph's session claims is asked through it, and has no forward of its own."""
    if len(plain_functions(exercise)) < len(exercise.functions):
        return []
    return [check for check in exercise.checks.values() if check.kind == "gradient" and check.of == (function,)]


def held_by(id, respondent, function, seed):
    exercise, chapter = COURSE.exercise(id), COURSE.chapter_of(id)
    return [hold(check, exercise, chapter, respondent, seed)[0] for check in gradient_checks(exercise, function)]


def is_wrong_there(id, mistake):
    """Whether the mistake leaves the oracle at the points of the gradient checks; some show at the edges alone."""
    exercise = COURSE.exercise(id)
    oracle, wrong = InProcess.oracle(exercise), InProcess.oracle(exercise, **{mistake.of: mistake.wrong})
    calls = [call for outcome in held_by(id, oracle, mistake.of, 1) for call in outcome.calls]
    for call in calls:
        if call.function == mistake.of:
            asked = Asked(call.function, call.args, call.kwargs)
            try:
                if difference(wrong.call(asked)[0], call.value, 1e-6, 1e-9) is not None:
                    return True
            except Raised:
                return True
    return False


MISTAKES = [
    pytest.param(id, mistake, id=f"{id}/{mistake.of}/{mistake.id}")
    for id in COURSE.ids
    for mistake in COURSE.exercise(id).mistakes
    if gradient_checks(COURSE.exercise(id), mistake.of) and is_wrong_there(id, mistake)
]


@pytest.mark.parametrize(("id", "mistake"), MISTAKES)
def test_a_mistake_of_a_gradient_is_found_with_the_oracle_switched_off(id, mistake):
    wrong = InProcess.oracle(COURSE.exercise(id), **{mistake.of: mistake.wrong})
    for seed in SEEDS:
        assert any(not outcome.held for outcome in held_by(id, wrong, mistake.of, seed))


def test_there_are_such_mistakes_in_every_chapter():
    assert {COURSE.chapter_of(param.values[0]).id for param in MISTAKES} == {chapter.id for chapter in COURSE.chapters}
