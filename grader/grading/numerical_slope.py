"""Whether a derivative that gives right values is a numerical slope: values at neighbouring places, divided by a step.

Knows: three witnesses and how many must agree. Does not know points, nor what a student reads elsewhere.

1. The text: a difference quotient whose value is returned.
2. The values: a formula is smooth, a difference of two values is rough in its last digits.
3. The trail: with the forward replaced, which values were asked for, and how near they lie to each other.

Two must agree, or the first alone with a small constant step: each of them is wrong about some honest answer. The
second and third ask the answer once more, so they are heard only where the text gives reason to.
"""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.course import Call, Exercise
from grader.grading.interview import Outcome
from grader.grading.respondent import Asked, BehindWall, Missing, plain_functions
from grader.grading.slope_source import Slope, read
from grader.wire import Part
from grader.worker import CallFailed

SMALL = 0.1
"""A constant step below it is chosen to be near zero; nobody writes one by accident."""
NEAR = 1e-9
PROBES = 7
ROUGH = 3e-14
"""Of the largest entry. Formulas stay below 1e-15; differences lie at 1e-16 over the step, 1e-13 for one of 1e-3."""
DERIVATIVES = ("_grad", "_gradient", "_gradients", "_backward", "_jacobian", "_derivative")
WHOLE_NAMES = frozenset({"gradients", "gradient", "backward", "jacobian", "derivative"})

Open = Callable[[frozenset[str]], BehindWall]


class NumericalSlope(Exception):
    """What ended a check whose values are right: the function takes the slope by differences."""

    def __init__(self, function: str, line: int | None, part: int | None = None) -> None:
        super().__init__(function)
        self.function, self.line, self.part = function, line, part


@dataclass(frozen=True)
class _Case:
    """A judged function: its checks by which it is held to be a derivative, and what it is the derivative of."""

    function: str
    outcomes: tuple[Outcome, ...]
    forwards: frozenset[str]


def without_numerical_slopes(
    exercise: Exercise,
    parts: Sequence[Part],
    outcomes: Sequence[Outcome],
    written: frozenset[str],
    respondent: BehindWall,
    open_trusting: Open,
) -> list[Outcome]:
    """The outcomes, with those that a numerical slope has passed ended by NumericalSlope.

    written: the functions that the answer has begun. open_trusting: a respondent of the same answer in which the
    named functions are the oracle's.
    """
    ended: dict[str, NumericalSlope] = {}
    for case in _cases(exercise, outcomes, written):
        slope = _numerical(case, exercise, parts, respondent, open_trusting)
        if slope is not None:
            for outcome in case.outcomes:
                ended.setdefault(outcome.check.id, NumericalSlope(case.function, slope.line, slope.part))
    return [_ended(outcome, ended.get(outcome.check.id)) for outcome in outcomes]


def _cases(exercise: Exercise, outcomes: Sequence[Outcome], written: frozenset[str]) -> list[_Case]:
    """Functions with a gradient check that held; those that are a derivative by name, by the checks that they have."""
    plain = {function.name for function in plain_functions(exercise)}
    cases = []
    for name in exercise.functions:
        if name not in plain & written:
            continue
        mine = [outcome for outcome in outcomes if name in outcome.check.of and outcome.check.kind != "experiment"]
        gradients = [outcome for outcome in mine if outcome.check.kind == "gradient"]
        if not gradients and (name.endswith(DERIVATIVES) or name in WHOLE_NAMES):
            gradients = [outcome for outcome in mine if outcome.check.kind in ("value", "law")]
        held = tuple(outcome for outcome in gradients if outcome.held)
        if held:
            forwards = plain - {name} if not any(outcome.uses - {name} for outcome in held) else {
                used for outcome in held for used in outcome.uses if used != name
            }  # fmt: skip
            cases.append(_Case(name, held, frozenset(forwards)))
    return cases


def _ended(outcome: Outcome, slope: NumericalSlope | None) -> Outcome:
    """The calls end with the last one of the function, which is the one that the finding speaks of."""
    if slope is None:
        return outcome
    places = [k for k, call in enumerate(outcome.calls) if call.function == slope.function]
    return Outcome(outcome.check, outcome.calls[: places[-1] + 1 if places else None], outcome.details, slope)


def _numerical(
    case: _Case, exercise: Exercise, parts: Sequence[Part], respondent: BehindWall, open_trusting: Open
) -> Slope | None:
    """Where the slope is taken; a Slope without a line where values and trail alone have shown it."""
    reading = read(parts, case.function, case.forwards)
    constant = next((slope for slope in reading.slopes if slope.step is not None and slope.step < SMALL), None)
    if constant is not None:
        return constant
    call = _last_call(case)
    if call is None or not (reading.slopes or reading.veiled):
        return None
    rough = _is_rough(call, respondent)
    if reading.slopes:
        return reading.slopes[0] if rough or _asks_nearby(call, exercise, open_trusting) else None
    return Slope(0, None, None) if rough and _asks_nearby(call, exercise, open_trusting) else None


def _last_call(case: _Case) -> Call | None:
    """The last question to the function that was answered by data and can be put again."""
    for outcome in case.outcomes:
        for call in reversed(outcome.calls):
            plainly = call.ended is None and call.method is None and not call.kwargs
            if plainly and call.function == case.function and _numbers(call.args).size:
                return call
    return None


def _is_rough(call: Call, respondent: BehindWall) -> bool:
    """Whether the values at places next to each other jump. Such as float32 can hold say nothing: they are coarse."""
    points = [_nudged(call.args, 1.0 + k * NEAR) for k in range(PROBES)]
    try:
        values, _changed = respondent.call_many(Asked(call.function), points)
    except (CallFailed, Missing):
        return False
    if any(isinstance(value, Exception) for value in values):
        return False
    rows = [_numbers(value) for value in values]
    if len({row.size for row in rows}) != 1 or not rows[0].size:
        return False
    table = np.stack(rows)
    size = float(np.abs(table).max())
    if not np.isfinite(table).all() or size == 0.0 or np.array_equal(table, table.astype(np.float32)):
        return False
    # The second differences of noise are six times as wide as the noise; those of a smooth function vanish here.
    jumps = np.diff(table, n=2, axis=0) / size
    return float(np.sqrt(np.mean(jumps**2) / 6.0)) > ROUGH


def _asks_nearby(call: Call, exercise: Exercise, open_trusting: Open) -> bool:
    """Whether the function asks others for values at places that differ by one small step."""
    others = frozenset(function.name for function in plain_functions(exercise)) - {call.function}
    with open_trusting(others) as respondent:
        # Where the call fails on the way, the trail up to there is evidence all the same.
        with contextlib.suppress(CallFailed, Missing):
            respondent.call(Asked(call.function, call.args, errstate=call.errstate))
        trail = list(respondent.trail)
    asked: dict[tuple[str, int], list[NDArray[Any]]] = {}
    for one in trail:
        numbers = _numbers((one.args, dict(one.kwargs)))
        asked.setdefault((one.function, numbers.size), []).append(numbers)
    return any(_is_near(first, second) for rows in asked.values() for first, second in _neighbours(rows))


def _neighbours(rows: Sequence[NDArray[Any]]) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    return [(rows[k], rows[k + 1]) for k in range(len(rows) - 1)]


def _is_near(first: NDArray[Any], second: NDArray[Any]) -> bool:
    """One entry moved by a small step, or several by the same one."""
    gaps = np.abs(second - first)
    moved = gaps > 0
    if not moved.any() or not np.isfinite(gaps).all():
        return False
    steps, sizes = gaps[moved], np.maximum(np.abs(first[moved]), 1.0)
    # A step carries the rounding of what it was added to, so that equal steps differ a little.
    alike = steps.max() - steps.min() <= 1e-3 * steps.max() + 4e-16 * float(sizes.max())
    return bool(alike and (steps < SMALL * sizes).all())


def _numbers(value: Any) -> NDArray[np.float64]:
    """All floating-point numbers in a value, one after another."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, tuple | list):
        pieces = [_numbers(item) for item in value]
        return np.concatenate(pieces) if pieces else np.zeros(0)
    if isinstance(value, float | np.floating) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        return np.asarray(value, dtype=np.float64).ravel()
    return np.zeros(0)


def _nudged(value: Any, factor: float) -> Any:
    """The same arguments with every floating-point number this much larger."""
    if isinstance(value, Mapping):
        return {key: _nudged(item, factor) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_nudged(item, factor) for item in value)
    if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype == np.float64):
        return value * factor
    return value
