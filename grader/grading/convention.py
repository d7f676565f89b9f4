"""One convention carried through forward and gradient is one fault, in the forward.

Knows: transcripts, and how to ask the answer's own forward once more. Does not know points.

A gradient that is the slope of its own forward may still differ from the oracle's value, because that forward does.
So where every gradient check of a function held, and at the very inputs of another failed check of it the answer's
forward leaves the oracle, that check speaks of the forward: it is carried.
"""

from collections.abc import Callable, Sequence

from grader.course import Chapter, Exercise, difference
from grader.grading.blame import Blame
from grader.grading.interview import Outcome
from grader.grading.respondent import Asked, BehindWall, InProcess, Missing
from grader.worker import CallFailed, Raised

LOOKED_AT = 3
"""Calls of a failed check whose inputs are given to the forward: a check draws few shapes."""


def carry_conventions(
    exercise: Exercise,
    chapter: Chapter,
    outcomes: Sequence[Outcome],
    blame: Blame,
    open_trusting: Callable[[frozenset[str]], BehindWall],
) -> None:
    """Mark as carried the failed checks of gradients that follow a forward which is itself at fault."""
    guilty = {name for check, names in blame.at_fault.items() if check not in blame.carried for name in names}
    suspects = [
        (outcome, name, forwards)
        for outcome in outcomes
        if not outcome.held and outcome.check.id not in blame.carried and len(outcome.check.of) == 1
        for name in outcome.check.of
        if (forwards := forwards_of(name, outcomes) & guilty - {name})
    ]
    if not suspects:
        return
    with open_trusting(frozenset()) as own:
        for outcome, name, forwards in suspects:
            followed = [
                forward for forward in sorted(forwards) if _leaves(forward, name, outcome, exercise, chapter, own)
            ]
            if followed:
                blame.carried.add(outcome.check.id)
                blame.at_fault[outcome.check.id] = tuple(followed)


def forwards_of(name: str, outcomes: Sequence[Outcome]) -> set[str]:
    """The functions whose slope this one was found to give; none where a gradient check of it failed."""
    checks = [outcome for outcome in outcomes if outcome.check.kind == "gradient" and outcome.check.of == (name,)]
    if not all(outcome.held for outcome in checks):
        return set()
    return {used for outcome in checks for used in outcome.uses} - {name}


def _leaves(forward: str, name: str, outcome: Outcome, exercise: Exercise, chapter: Chapter, own: BehindWall) -> bool:
    """Whether the answer's forward differs from the oracle's where this check asked for the gradient."""
    taken = len(exercise.functions[forward].signature.parameters)
    calls = [call for call in outcome.calls if call.function == name and len(call.args) >= taken and not call.kwargs]
    oracle = InProcess.oracle(exercise)
    for call in calls[:LOOKED_AT]:
        asked = Asked(forward, call.args[:taken])
        try:
            right = oracle.call(asked)[0]
        except Raised:
            continue
        try:
            if difference(own.call(asked)[0], right, chapter.rtol, chapter.atol) is not None:
                return True
        except (CallFailed, Missing):
            return True
    return False
