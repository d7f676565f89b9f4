"""The check that every exercise has for free: no call changes its arguments, and an early question gets the same
answer again at the end.

Knows: the transcripts of the other checks. Does not know what the functions calculate.
Left out are objects, iterators and functions that draw: they may rightly answer differently.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.course import Call, Exercise, Finding, _, difference
from grader.grading.interview import Interview
from grader.grading.respondent import Asked, BehindWall, Missing, plain_functions
from grader.wire import Handle
from grader.worker import CallFailed, Raised

CHECK_ID = "unchanged"
TITLE = _("the arguments stay as they were, and the same question gets the same answer")


@dataclass(frozen=True)
class Unchanged:
    """What was found: at_fault is empty where all held. answered: whether there was anything to look at."""

    at_fault: tuple[str, ...] = ()
    finding: Finding | None = None
    answered: bool = True
    of: tuple[str, ...] = ()


def judge_unchanged(
    exercise: Exercise,
    interviews: Sequence[Interview],
    written: frozenset[str],
    respondent: BehindWall,
    open_trusting: Callable[[frozenset[str]], BehindWall],
) -> Unchanged:
    """Look through the transcripts, ask one early question of each function once more, and say who is at fault."""
    plain = {function.name: function for function in plain_functions(exercise)}
    of = tuple(name for name, function in plain.items() if not function.draws) or tuple(exercise.functions)
    changing = _first_changes(interviews)
    asked = _early_questions(interviews, set(of) & written)
    if not asked and not changing and not _objects_answered(interviews):
        return Unchanged(answered=False, of=of)
    if len(changing) > 1:
        changing = {
            name: call for name, call in changing.items() if _changes_alone(name, call, set(plain), open_trusting)
        }
    if changing:
        name, call = next(iter(changing.items()))
        says = _("{function} changed an argument that it was given; arguments stay as they were.").format(function=name)
        return Unchanged(tuple(changing), Finding(came=says, call=call), of=of)
    for name, call in asked.items():
        finding = _asked_once_more(name, call, respondent)
        if finding is not None:
            return Unchanged((name,), finding, of=of)
    return Unchanged(of=of)


def _first_changes(interviews: Sequence[Interview]) -> dict[str, Call]:
    """The first call of each function that changed an argument."""
    found: dict[str, Call] = {}
    for interview in interviews:
        for place in sorted(interview.changed):
            call = interview.calls[place]
            found.setdefault(call.function, call)
    return found


def _early_questions(interviews: Sequence[Interview], names: set[str]) -> dict[str, Call]:
    found: dict[str, Call] = {}
    for interview in interviews:
        for call in interview.calls:
            if call.function in names and call.method is None and call.ended is None and call.value is not None:
                if _kept(call.value) or _draws(call):
                    continue
                found.setdefault(call.function, call)
    return found


def _objects_answered(interviews: Sequence[Interview]) -> bool:
    """Whether a method of some object gave a value: where there are only objects, nothing can be asked once more."""
    calls = (call for interview in interviews for call in interview.calls)
    return any(call.method is not None and call.ended is None and call.value is not None for call in calls)


def _kept(value: object) -> bool:
    return isinstance(value, Handle) or (isinstance(value, tuple | list) and any(map(_kept, value)))


def _draws(call: Call) -> bool:
    return any(isinstance(arg, np.random.Generator) for arg in (*call.args, *call.kwargs.values()))


def _changes_alone(
    name: str, call: Call, names: set[str], open_trusting: Callable[[frozenset[str]], BehindWall]
) -> bool:
    """Whether the function itself changes the argument, and not another one that it hands it on to."""
    with open_trusting(frozenset(names - {name})) as respondent:
        try:
            return respondent.call(Asked(name, call.args, call.kwargs, errstate=call.errstate))[1]
        except (CallFailed, Missing):
            return True


def _asked_once_more(name: str, call: Call, respondent: BehindWall) -> Finding | None:
    """The finding where the answer differs or raises now. An end of the child says nothing: its checks tell that."""
    try:
        value, _changed = respondent.call(Asked(name, call.args, call.kwargs, errstate=call.errstate))
        same = difference(value, call.value, 1e-9, 1e-12) is None
    except Raised:
        same = False
    except (CallFailed, Missing):
        same = True
    if same:
        return None
    says = _("{function} was asked the same question at the start and at the end, and gave two different answers.")
    return Finding(came=says.format(function=name), call=call)
