"""Which known mistake an answer made: the one that gives equal answers to the very questions that were asked.

Knows: the calls of one function, and the exercise's wrong implementations of it. Does not know points or blame.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.course import Call, Chapter, Exercise, Mistake, difference, misfit
from grader.grading.interview import Outcome, hold
from grader.grading.respondent import Asked, InProcess
from grader.wire import Handle
from grader.worker import Raised, Timeout

EQUAL = 1e-6
"""Relative: another order of the same operations differs by 1e-15, float32 inside by 1e-7, other mistakes by more."""
SAMPLED = 12
"""Of a function's calls at many points for a numerical slope so many are compared: they say the same over and over."""


def recognise(exercise: Exercise, function: str, calls: Sequence[Call]) -> Mistake | None:
    """The first known mistake of the function whose answers to these calls are all equal to the answer's.

    It must leave the oracle in at least two numbers: a single number may be right by chance or wrong by another way.
    A call that raised equals one that raises the same type. But where nothing but what was raised tells the mistake
    from the oracle, the texts must be equal too: there are too many ways to a ValueError.
    """
    relevant = _sample([call for call in calls if call.function == function and call.method is None])
    if not relevant:
        return None
    return next((mistake for mistake in exercise.mistakes_of(function) if _fits(exercise, mistake, relevant)), None)


def recognise_by_changes(exercise: Exercise, function: str, call: Call) -> Mistake | None:
    """The known mistake that gives the right value and changes its argument at this call, as the answer did."""
    for mistake in exercise.mistakes_of(function):
        respondent = InProcess.oracle(exercise, **{function: mistake.wrong})
        try:
            value, changed = respondent.call(Asked(function, call.args, call.kwargs, errstate=call.errstate))
        except Raised:
            continue
        if changed and _equal(value, call.value):
            return mistake
    return None


def recognise_by_replay(
    exercise: Exercise, chapter: Chapter, function: str, outcomes: Sequence[Outcome], seed: int
) -> Mistake | None:
    """For objects: the mistake with which the whole interview of every one of these checks goes as it went."""
    for mistake in exercise.mistakes_of(function):
        respondent = InProcess.oracle(exercise, **{function: mistake.wrong})
        if all(_goes_alike(outcome, exercise, chapter, respondent, seed) for outcome in outcomes):
            return mistake
    return None


def _goes_alike(outcome: Outcome, exercise: Exercise, chapter: Chapter, respondent: InProcess, seed: int) -> bool:
    replayed, _ = hold(outcome.check, exercise, chapter, respondent, seed)
    return replayed.held == outcome.held and _same_transcript(replayed.calls, outcome.calls)


def recognise_by_statistics(exercise: Exercise, function: str, outcome: Outcome) -> Mistake | None:
    """For functions that draw: the mistake whose draws at these calls have the answer's mean, variance and shape.

    Compared by two samples of equal size: the means within 5 standard errors, the variances within 5 %, the largest
    distance of their distributions within 2.69 · √(2/n) (p = 1e-6); and it must fail the check as the answer did.
    """
    calls = [call for call in outcome.calls if call.function == function and call.ended is None]
    got = _numbers([call.value for call in calls])
    if got is None:
        return None
    for mistake in exercise.mistakes_of(function):
        drawn = [_answer(InProcess.oracle(exercise, **{function: mistake.wrong}), call) for call in calls]
        theirs = _numbers(drawn)
        right = _numbers([_answer(InProcess.oracle(exercise), call) for call in calls])
        if theirs is None or right is None or _alike(theirs, right):
            continue
        if _alike(got, theirs):
            return mistake
    return None


def _fits(exercise: Exercise, mistake: Mistake, calls: Sequence[Call]) -> bool:
    """Equal at every call; only then is the oracle asked, which costs more, in how many numbers it is left."""
    respondent = InProcess.oracle(exercise, **{mistake.of: mistake.wrong})
    wrong = []
    for call in calls:
        wrong.append(_answer(respondent, call))
        if not _equal(wrong[-1], call.ended if call.ended is not None else call.value):
            return False
    oracle, differing = InProcess.oracle(exercise), 0
    for call, given in zip(calls, wrong, strict=True):
        if isinstance(given, Raised) and isinstance(call.ended, Raised) and not _raised_alike(given, call.ended):
            continue
        differing += _differing_numbers(given, _answer(oracle, call))
        if differing >= 2:
            return True
    return False


def _raised_alike(a: Raised, b: Raised) -> bool:
    """The same sentence; of numpy's floating-point errors the kind, as any operation may have met it."""
    if a.type == "FloatingPointError":
        return a.text.split(" ")[0] == b.text.split(" ")[0]
    return a.text == b.text


def _answer(respondent: InProcess, call: Call) -> Any:
    try:
        return respondent.call(Asked(call.function, call.args, call.kwargs, errstate=call.errstate))[0]
    except Raised as problem:
        return problem


def _equal(wrong: Any, given: Any) -> bool:
    if isinstance(wrong, Handle) and isinstance(given, Handle):
        return True  # its number depends on what other checks asked before, its type's name on the author of the class
    if wrong is None and given is None:
        return True  # as of a method that only changes its object
    if isinstance(wrong, Exception) or isinstance(given, Exception):
        if isinstance(given, Timeout):  # a mistake that would take for ever says so instead
            return isinstance(wrong, Raised) and wrong.type == "TimeoutError"
        return isinstance(wrong, Raised) and isinstance(given, Raised) and wrong.type == given.type
    return difference(given, wrong, EQUAL, EQUAL * _size(wrong)) is None


def _size(value: Any) -> float:
    """The absolute part of the tolerance: what is small beside the value's largest entry may be round-off."""
    flat = _flat(value)
    finite = np.abs(flat[np.isfinite(flat)])
    return float(min(1.0, finite.max(initial=0.0))) * 1e-3


def _differing_numbers(wrong: Any, right: Any) -> int:
    """In how many numbers a mistake leaves the oracle at one call; a raise or another shape counts as all of them."""
    if isinstance(wrong, Exception) or isinstance(right, Exception):
        return 0 if isinstance(wrong, Exception) and isinstance(right, Exception) else 2
    if misfit(wrong, right) is not None:
        return max(2, _flat(right).size)
    a, b = _flat(wrong), _flat(right)
    with np.errstate(all="ignore"):
        close = (np.abs(a - b) <= 1e-9 + 1e-6 * np.abs(b)) | (a == b) | (np.isnan(a) & np.isnan(b))
    return int(np.count_nonzero(~close))


def _flat(value: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    """All numbers of a value, one after another."""
    if isinstance(value, dict):
        parts = [_flat(value[key]) for key in sorted(value)]
    elif isinstance(value, tuple | list):
        parts = [_flat(item) for item in value]
    else:
        numeric = isinstance(value, bool | int | float | np.ndarray)
        return np.ravel(np.asarray(value, dtype=float)) if numeric else np.zeros(0)
    return np.concatenate(parts) if parts else np.zeros(0)


def _sample(calls: list[Call]) -> list[Call]:
    """Not more than SAMPLED of each run of calls that differ in nothing but a small step."""
    kept: list[Call] = []
    run = 0
    for before, call in zip([None, *calls], calls, strict=False):
        run = run + 1 if before is not None and _alike_arguments(before, call) else 0
        if run < SAMPLED:
            kept.append(call)
    return kept


def _alike_arguments(a: Call, b: Call) -> bool:
    return len(a.args) == len(b.args) and misfit(a.args, b.args) is None and a.kwargs.keys() == b.kwargs.keys()


def _same_transcript(a: Sequence[Call], b: Sequence[Call]) -> bool:
    return len(a) == len(b) and all(
        x.function == y.function and x.method == y.method and _equal(x.ended or x.value, y.ended or y.value)
        for x, y in zip(a, b, strict=True)
    )


def _numbers(draws: Sequence[Any]) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    if not draws or any(not isinstance(drawn, np.ndarray) or drawn.dtype.kind not in "iuf" for drawn in draws):
        return None
    flat = np.concatenate([np.ravel(drawn).astype(float) for drawn in draws])
    return flat if np.isfinite(flat).all() and flat.size >= 100 else None


def _alike(a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> bool:
    if a.size != b.size:
        return False
    error = np.sqrt((a.var() + b.var()) / a.size)
    if abs(a.mean() - b.mean()) > 5 * error or abs(a.var() - b.var()) > 0.05 * max(a.var(), b.var()):
        return False
    both = np.sort(np.concatenate([a, b]))
    distance = np.abs(np.searchsorted(np.sort(a), both, "right") - np.searchsorted(np.sort(b), both, "right")).max()
    return bool(distance / a.size <= 2.69 * np.sqrt(2 / a.size))
