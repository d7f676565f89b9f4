"""Whose fault a check of objects is: the plainest failed check tells, and what uses it is carried."""

import pytest

from grader.course import Chapter, Exercise, _, expect
from grader.grading.blame import find_blame
from grader.grading.interview import hold
from grader.grading.respondent import InProcess

exercise = Exercise(title=_("A machine that calculates later"))
exercise.id = "machine"


@exercise.function
class Machine:
    def run(self, node):
        return node() if callable(node) else node


@exercise.function(keeps=True)
def twice(node):
    return lambda: 2 * Machine().run(node)


@exercise.function(keeps=True)
def minus(node):
    return lambda: -Machine().run(node)


@exercise.check("law", of="Machine", title=_("runs an expression"))
def expression(student, rng):
    expect(student.Machine().run(student.twice(student.minus(3.0))), -6.0)


@exercise.check("value", of="twice", title=_("twice"))
def doubled(student, rng):
    expect(student.Machine().run(student.twice(3.0)), 6.0)


@exercise.check("value", of="minus", title=_("minus"))
def negated(student, rng):
    expect(student.Machine().run(student.minus(3.0)), -3.0)


@exercise.check("edge", of="Machine", title=_("runs a number"))
def bare(student, rng):
    expect(student.Machine().run(3.0), 3.0)


class RunsNothing(Machine):
    def run(self, node):
        return None


@pytest.fixture
def blame():
    def blame(written=frozenset(exercise.functions), **replaced):
        chapter = Chapter(id="one", title="One", exercises=("machine",))
        respondent = InProcess.oracle(exercise, **replaced)
        outcomes = [hold(check, exercise, chapter, respondent, 1)[0] for check in exercise.checks.values()]
        return find_blame(exercise, chapter, outcomes, written, lambda trusted: None, 1)

    return blame


def test_a_wrong_operation_is_at_fault_and_the_expression_that_uses_it_is_carried(blame):
    found = blame(twice=lambda node: lambda: 3 * Machine().run(node))
    assert found.at_fault == {"doubled": ("twice",), "expression": ("twice",)}
    assert found.carried == {"expression"}


def test_two_wrong_operations_are_two_faults(blame):
    found = blame(twice=lambda node: lambda: 0.0, minus=lambda node: lambda: 1.0)
    assert found.at_fault["doubled"] == ("twice",)
    assert found.at_fault["negated"] == ("minus",)
    assert found.carried == {"expression"}


def test_a_class_of_which_nothing_works_earns_nothing_for_the_others(blame):
    assert not blame(Machine=RunsNothing).carried


def test_what_is_not_written_is_not_carried(blame):
    found = blame(written=frozenset({"Machine", "twice"}), minus=lambda node: lambda: 1.0)
    assert not found.carried
