"""A known mistake is said where it shows, and only on evidence that tells it from others."""

import pytest

from grader.course import Chapter, Exercise, _, expect
from grader.grading.interview import hold
from grader.grading.naming import name_by_check
from grader.grading.respondent import InProcess

exercise = Exercise(title=_("The half"))
exercise.id = "half"
chapter = Chapter(id="one", title="One", exercises=("half",))


@exercise.function
def half(x):
    return x / 2


@exercise.check("value", of="half", title=_("three numbers"))
def numbers(student, rng):
    expect(student.half(rng.normal(size=3)), [1, 2, 3])


@exercise.check("edge", of="half", title=_("a single number"))
def single(student, rng):
    expect(student.half(1.0), 0.5)


@exercise.mistake(of="half", says=_("A single number has no entries."), ask=_("What is its shape?"))
def by_entries(x):
    return half(x) if hasattr(x, "shape") else x[0]


def _named(answer):
    respondent = InProcess.oracle(exercise, half=answer)
    outcomes = [hold(check, exercise, chapter, respondent, 1)[0] for check in exercise.checks.values()]
    named = name_by_check(exercise, chapter, "half", outcomes, outcomes, 1)
    return {check: [mistake.id for mistake in mistakes] for check, mistakes in named.items()}


def test_a_mistake_that_shows_in_one_check_is_not_said_of_another():
    assert _named(lambda x: 2 * x if hasattr(x, "shape") else x[0]) == {"single": ["by_entries"]}


@pytest.mark.parametrize("other", [lambda x: len(x), lambda x: x + "", lambda x: {}[x]])
def test_another_exception_of_the_same_type_is_not_taken_for_the_mistake(other):
    assert _named(lambda x: half(x) if hasattr(x, "shape") else other(x)) == {}


def test_an_answer_with_two_faults_tells_the_known_one_in_its_check_alone(judge):
    result = judge("""
        def cube(x): return x ** 2 if np.ndim(x) else 7.0
        def cube_grad(x): return 3 * x ** 2
    """)
    assert result.mistakes("cube") == ["squared"]
    assert result.check("ordinary").known == "This is the square."
    assert result.check("of_ten").known is None
