"""Whose fault a failed check is: asked again with the answer's other functions replaced by the oracle's.

Knows: the first interview's outcomes and how to ask again. Does not know why an answer is wrong, nor points.

A check of f fails where f is wrong, and also where f is right and calls a g that is wrong. So every function whose
checks failed is asked again in a fresh child in which all other functions of the exercise ask the grader for the
oracle's value. What then holds was somebody else's fault: f is *carried*, and whoever f asked for is to blame.
Experiments are not asked again: a stub in a training loop costs hundreds of calls.

Objects cannot be replaced by the oracle's one at a time. Where an exercise has classes or kept values, what the checks
asked for tells instead: see `_sort_by_use`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from grader.course import Chapter, Exercise
from grader.grading.interview import Outcome, hold
from grader.grading.numerical_slope import NumericalSlope
from grader.grading.respondent import BehindWall, Missing, plain_functions
from grader.worker import Raised


@dataclass
class Blame:
    """at_fault: check id to the functions whose fault its failure is. again: how the second interviews ended.

    A check whose functions are all innocent is carried.
    """

    at_fault: dict[str, tuple[str, ...]] = field(default_factory=dict)
    carried: set[str] = field(default_factory=set)
    again: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    """By (function, check id): the outcome with every other function trusted."""


Open = Callable[[frozenset[str]], BehindWall]


def find_blame(
    exercise: Exercise,
    chapter: Chapter,
    outcomes: Sequence[Outcome],
    written: frozenset[str],
    open_trusting: Open,
    seed: int,
) -> Blame:
    """Sort the failed checks into own faults and carried ones. written: the functions that the answer has begun.

    open_trusting: a respondent of the same answer in which the named functions are the oracle's.
    """
    blame = Blame({outcome.check.id: outcome.check.of for outcome in outcomes if not outcome.held})
    names = {function.name for function in plain_functions(exercise)}
    if any(name not in names for name in exercise.functions):
        _sort_by_use(exercise, outcomes, written, blame)
        return blame
    if len(names) < 2:
        return blame
    asked_for: dict[str, set[str]] = {}
    failed = [outcome for outcome in outcomes if not outcome.held and outcome.check.kind != "experiment"]
    suspects = {name for outcome in failed for name in outcome.check.of}
    for name in exercise.functions:
        mine = [outcome for outcome in failed if name in outcome.check.of]
        if name not in suspects or name not in written or all(_own_end(outcome, name) for outcome in mine):
            continue
        with open_trusting(frozenset(names - {name})) as respondent:
            _ask_again(name, mine, exercise, chapter, respondent, seed, blame)
            asked_for[name] = respondent.asks | {used for outcome in mine for used in outcome.uses if used != name}
    for outcome in failed:
        _sort(outcome, blame, asked_for, outcomes)
    for outcome in outcomes:
        if not outcome.held and outcome.check.kind == "experiment":
            for name in written.intersection(outcome.check.of) - asked_for.keys():
                with open_trusting(frozenset(names - {name})) as respondent:
                    _see_what_it_asks(name, outcomes, exercise, chapter, respondent, seed)
                    asked_for[name] = respondent.asks
            _sort_experiment(outcome, blame, asked_for, outcomes)
    _name_the_roots(blame, outcomes)
    return blame


def _name_the_roots(blame: Blame, outcomes: Sequence[Outcome]) -> None:
    """Who is carried everywhere is nobody's cause: in the place of such a name stand those that carry it."""
    guilty = {name for check, names in blame.at_fault.items() if check not in blame.carried for name in names}
    behind: dict[str, set[str]] = {}
    for outcome in outcomes:
        if outcome.check.id in blame.carried:
            for name in outcome.check.of:
                behind.setdefault(name, set()).update(blame.at_fault[outcome.check.id])
    for check in blame.carried:
        seen: set[str] = set()
        waiting = set(blame.at_fault[check])
        while waiting:
            name = waiting.pop()
            seen.add(name)
            waiting |= (set() if name in guilty else behind.get(name, set())) - seen
        blame.at_fault[check] = tuple(sorted(seen & guilty)) or blame.at_fault[check]


def _sort_by_use(exercise: Exercise, outcomes: Sequence[Outcome], written: frozenset[str], blame: Blame) -> None:
    """Failed checks from the plainest to those that use most; what uses one already at fault is carried.

    Plainest is what asked for nothing but its own function, which is nobody else's fault; then what asked for the
    fewest functions, classes not counted, as no function can be asked without them; then the exercise's own order.
    Carried is only what is written, and only where it or what it is carried for works in some other check: a class of
    which nothing works leaves no check of the others a chance, and points are not earned by that.
    """
    classes = {name for name, function in exercise.functions.items() if function.is_class}
    working = {name for outcome in outcomes if outcome.held for name in outcome.check.of}
    guilty: set[str] = set()

    def plainness(outcome: Outcome) -> tuple[bool, int]:
        return bool(outcome.uses - set(outcome.check.of)), len(outcome.uses - classes)

    for outcome in sorted((outcome for outcome in outcomes if not outcome.held), key=plainness):
        own = set(outcome.check.of)
        others = outcome.uses & guilty - own
        if others and not own & guilty and outcome.uses <= written and (own <= working or others <= working):
            blame.carried.add(outcome.check.id)
            blame.at_fault[outcome.check.id] = tuple(sorted(others))
        else:
            guilty |= own


def _ask_again(
    name: str,
    outcomes: Sequence[Outcome],
    exercise: Exercise,
    chapter: Chapter,
    respondent: BehindWall,
    seed: int,
    blame: Blame,
) -> None:
    for outcome in outcomes:
        blame.again[name, outcome.check.id] = hold(outcome.check, exercise, chapter, respondent, seed)[0]


def _see_what_it_asks(
    name: str,
    outcomes: Sequence[Outcome],
    exercise: Exercise,
    chapter: Chapter,
    respondent: BehindWall,
    seed: int,
) -> None:
    """Hold a cheap check of a function of which only an experiment failed, to see which others it asks for."""
    for outcome in outcomes:
        if outcome.check.kind != "experiment" and name in outcome.check.of:
            hold(outcome.check, exercise, chapter, respondent, seed)
            return


def _own_end(outcome: Outcome, name: str) -> bool:
    """Whether the end shows by itself that the function is unwritten, so that asking again would tell nothing."""
    ended = outcome.ended
    if isinstance(ended, Missing | NumericalSlope):
        return ended.function == name
    return isinstance(ended, Raised) and ended.type == "NotImplementedError" and ended.innermost == name


def _sort(outcome: Outcome, blame: Blame, asked_for: dict[str, set[str]], outcomes: Sequence[Outcome]) -> None:
    """A failed check: at fault are those of its functions for which it fails with all others trusted."""
    if isinstance(outcome.ended, NumericalSlope):
        blame.at_fault[outcome.check.id] = (outcome.ended.function,)
        return
    again = {name: blame.again.get((name, outcome.check.id)) for name in outcome.check.of}
    guilty = tuple(name for name, second in again.items() if second is None or not second.held)
    if guilty:
        blame.at_fault[outcome.check.id] = guilty
        return
    others = {used for name in outcome.check.of for used in asked_for.get(name, ())}
    failing = _failing(outcomes) & others - set(outcome.check.of)
    if failing:
        blame.carried.add(outcome.check.id)
        blame.at_fault[outcome.check.id] = tuple(sorted(failing))


def _sort_experiment(
    outcome: Outcome, blame: Blame, asked_for: dict[str, set[str]], outcomes: Sequence[Outcome]
) -> None:
    """Carried where a function that it uses is at fault elsewhere and its own have passed all else."""
    own = set(outcome.check.of)
    guilty = {
        name
        for other in outcomes
        if other.check.id != outcome.check.id and not other.held and other.check.id not in blame.carried
        for name in blame.at_fault[other.check.id]
    }
    used = outcome.uses | {name for function in own for name in asked_for.get(function, ())}
    for other in outcomes:
        if other.check.id in blame.carried and used & set(other.check.of):
            used |= set(blame.at_fault[other.check.id])  # what it uses is itself carried: the root counts
    if guilty & own:
        blame.at_fault[outcome.check.id] = tuple(name for name in outcome.check.of if name in guilty)
    elif guilty & used:
        blame.carried.add(outcome.check.id)
        blame.at_fault[outcome.check.id] = tuple(sorted(guilty & used))


def _failing(outcomes: Sequence[Outcome]) -> set[str]:
    return {name for outcome in outcomes if not outcome.held for name in outcome.check.of}
