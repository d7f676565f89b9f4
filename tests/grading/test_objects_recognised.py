"""A mistake in a class is recognised in every check, however many objects other checks have built before."""

import pytest

from grader.course import Chapter, Exercise, _, expect
from grader.grading.interview import hold
from grader.grading.naming import name_mistakes
from grader.grading.recognise import recognise_by_replay
from grader.grading.respondent import InProcess

exercise = Exercise(title=_("Counting"))
exercise.id = "counting"


@exercise.function
class Counter:
    def __init__(self):
        self.count = 0

    def add(self, by):
        self.count += by
        return self.count


@exercise.check("value", of="Counter", title=_("counts by one"))
def by_one(student, rng):
    counter = student.Counter()
    for k in range(3):
        expect(counter.add(1), k + 1)


@exercise.check("value", of="Counter", title=_("counts by two"))
def by_two(student, rng):
    counter = student.Counter()
    for k in range(3):
        expect(counter.add(2), 2 * k + 2)


@exercise.mistake(of="Counter", id="starts_at_one", says=_("It starts at 1."), ask=_("Where does counting start?"))
class StartsAtOne(Counter):
    def __init__(self):
        self.count = 1


@exercise.mistake(of="Counter", id="starts_at_two", says=_("It starts at 2."), ask=_("Where does counting start?"))
class StartsAtTwo(Counter):
    """By twos it begins as one that counts twice does; by ones it does not."""

    def __init__(self):
        self.count = 2


@exercise.mistake(of="Counter", id="counts_twice", says=_("It counts twice."), ask=_("How often does one count?"))
class CountsTwice(Counter):
    def add(self, by):
        return super().add(2 * by)


def test_of_two_mistakes_that_fail_alike_in_one_check_the_one_is_named_that_explains_all_checks():
    chapter = Chapter(id="one", title="One", exercises=("counting",))
    respondent = InProcess.oracle(exercise, Counter=CountsTwice)
    outcomes = [hold(check, exercise, chapter, respondent, 1)[0] for check in exercise.checks.values()]
    named = name_mistakes(exercise, chapter, "Counter", outcomes[1:], outcomes, 1)
    assert [mistake.id for mistake in named] == ["counts_twice"]


@pytest.mark.parametrize("before", [0, 1, 5])
def test_a_mistake_in_a_class_is_recognised_whatever_was_built_before(before):
    chapter = Chapter(id="one", title="One", exercises=("counting",))
    respondent = InProcess.oracle(exercise, Counter=StartsAtOne)
    for _time in range(before):
        hold(exercise.checks["by_one"], exercise, chapter, respondent, 1)
    outcome, _interview = hold(exercise.checks["by_two"], exercise, chapter, respondent, 1)
    assert recognise_by_replay(exercise, chapter, "Counter", [outcome], 1).id == "starts_at_one"
