"""The judgements that a reference file is written with: expect, expect_true, expect_raises, …

Knows: what was asked so far (the interview) and how to compare. Does not know whose fault a difference is, which
mistake it is, or how many points hang on it. A judgement that does not hold raises `Unmet` and so ends its check.
"""

import builtins
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.course.comparing import Difference, difference, misfit
from grader.course.interviewing import Call, Finding, Unmet, current_interview
from grader.course.wording import beside, came, describe, number
from grader.i18n import Text, _

NORMAL_TAIL = 3.0
"""In deviations. Of 45,000 normal numbers about 120 lie beyond; of truncated ones none."""


def expect(
    got: Any,
    want: Any,
    *,
    rtol: float | None = None,
    atol: float | None = None,
    note: Text | None = None,
    shown: bool = False,
    reveals: str | None = None,
) -> None:
    """The answer's value is this one: structure and shapes first, then every number.

    got: what the answer returned (or a part of it), so that the finding can name the call; arithmetic stands on the
    side of want. rtol, atol: the chapter's unless given. There is an absolute tolerance beside the relative one since
    right answers lose relative digits where a value is tiny: y(1 − y) is off by 1e-3 of itself at x = 36.
    note: which case this is. shown: the statement gives this number. reveals: the id of the mistake that fails here.
    Raises Unmet where it is not.
    """
    interview = current_interview()
    found = difference(got, want, interview.rtol if rtol is None else rtol, interview.atol if atol is None else atol)
    if found is None:
        return
    call = interview.call_of(got)
    holds = _("{want}.").format(want=describe(found.want)) if found.kind == "value" else None
    numeric = found.kind == "value"
    raise Unmet(
        Finding(
            came=came(found, _beside(call, found, want)),
            holds=holds,
            call=call,
            where=(*found.path, *found.index) or None,
            expected=_plain(found.want) if numeric else None,
            got=_plain(found.got),
            expected_shown=shown or _follows_from_the_answer(want),
            note=note,
            reveals=reveals,
            pictures=_pictures(got, want) if numeric and not found.path else {},
        )
    )


def expect_true(
    condition: object, says: Text, *, got: Any = None, note: Text | None = None, reveals: str | None = None
) -> None:
    """A claim holds. says: the sentence that is read where it does not. got: the answer's value that it speaks of."""
    if condition:
        return
    interview = current_interview()
    call = interview.call_of(got) if got is not None else (interview.calls[-1] if interview.calls else None)
    raise Unmet(Finding(came=says, call=call, note=note, reveals=reveals))


def expect_shape(got: Any, shape: Sequence[int], *, note: Text | None = None, reveals: str | None = None) -> None:
    """The answer's value is an array of numbers of this shape; () means a number."""
    found = misfit(got, np.zeros(tuple(shape)))
    if found is None:
        return
    call = current_interview().call_of(got)
    raise Unmet(Finding(came=came(found), call=call, got=_plain(got), note=note, reveals=reveals))


def expect_raises(ask: Callable[[], Any], types: Sequence[str], says: Text, *, reveals: str | None = None) -> None:
    """Asking ends with an exception of one of these types, or of a type of the answer's own.

    ask: a function without arguments that puts the question. types: names of built-in exceptions. says: the sentence
    that is read where a value came. An exception of another built-in type ends the check as it is.
    """
    try:
        ask()
    except Exception as problem:
        name = getattr(problem, "type", None)
        if name in types or (isinstance(name, str) and not hasattr(builtins, name)):
            return
        raise
    calls = current_interview().calls
    raise Unmet(Finding(came=says, call=calls[-1] if calls else None, reveals=reveals))


def expect_distribution(
    draws: Sequence[Any],
    shape: str,
    variance: float,
    *,
    mean: float = 0.0,
    note: Text | None = None,
    reveals: str | None = None,
) -> None:
    """Arrays drawn with different generators are independent numbers of one distribution.

    draws: what the answer returned, equal shapes (rows, columns). shape: "normal" or "uniform". The limits are wide
    enough that a right answer fails less than once in a million times at 45,000 numbers: the mean within 5 standard
    errors, the variance within 4 % (its standard error there is 0.7 %), the shape by Kolmogorov and Smirnov
    (√n · D <= 2.69, p = 1e-6), for normal ones the largest beyond 3 deviations, and the variance of the means of rows
    and of columns within 30 % of what independence says.
    """
    interview = current_interview()
    for drawn in draws:
        expect_shape(drawn, np.shape(draws[0]), note=note)
    numbers = np.stack([np.asarray(drawn, dtype=float) for drawn in draws])
    says = (
        _off_mean(numbers, mean, variance)
        or _off_variance(numbers, variance)
        or _off_shape(numbers, shape, mean, variance)
        or _off_independence(numbers)
    )
    if says is not None:
        raise Unmet(
            Finding(
                came=says,
                call=interview.call_of(draws[0]),
                note=note,
                reveals=reveals,
                pictures={"sample": numbers[0].tolist()},
                statistics=True,
            )
        )


def _off_mean(numbers: NDArray[Any], mean: float, variance: float) -> Text | None:
    if not np.isfinite(numbers).all():
        return _("Among the numbers drawn are nan or inf.")
    error = math.sqrt(variance / numbers.size)
    if abs(numbers.mean() - mean) <= 5 * error:
        return None
    return _("The mean of {count} numbers drawn is {got}; {want} is promised, give or take {error}.").format(
        count=numbers.size, got=number(numbers.mean()), want=number(mean), error=number(5 * error)
    )


def _off_variance(numbers: NDArray[Any], variance: float) -> Text | None:
    ratio = float(numbers.var() / variance)
    if abs(ratio - 1) <= 0.04:
        return None
    return _("The variance of {count} numbers drawn is {ratio} times what is promised.").format(
        count=numbers.size, ratio=number(ratio)
    )


def _off_shape(numbers: NDArray[Any], shape: str, mean: float, variance: float) -> Text | None:
    standard = np.sort(((numbers - mean) / math.sqrt(variance)).ravel())
    if shape == "normal" and np.abs(standard).max() <= NORMAL_TAIL:
        return _(
            "None of {count} numbers lies beyond three standard deviations; of normal ones about one in 370 does."
        ).format(count=standard.size)
    cumulative = _normal_cdf(standard) if shape == "normal" else np.clip((standard / math.sqrt(3) + 1) / 2, 0, 1)
    ranks = np.arange(1, standard.size + 1) / standard.size
    distance = max(np.abs(ranks - cumulative).max(), np.abs(ranks - 1 / standard.size - cumulative).max())
    if distance * math.sqrt(standard.size) <= 2.69:
        return None
    if shape == "normal":
        return _("Mean and variance are right, but the numbers are not normally distributed.")
    return _("Mean and variance are right, but the numbers are not uniformly distributed.")


def _normal_cdf(x: NDArray[Any]) -> NDArray[Any]:
    """Φ by a table with steps of 1/256, between which it is straight to 2e-6: far below the distance that is judged."""
    grid = np.linspace(-8, 8, 4097)
    cumulative: NDArray[Any] = np.interp(x, grid, [0.5 * math.erfc(-value / math.sqrt(2)) for value in grid])
    return cumulative


def _off_independence(numbers: NDArray[Any]) -> Text | None:
    for axis, says in (
        (2, _("The numbers of a row are not independent of each other.")),
        (1, _("The numbers of a column are not independent of each other.")),
    ):
        length = numbers.shape[axis]
        if length > 1 and abs(numbers.mean(axis=axis).var() * length / numbers.var() - 1) > 0.3:
            return says
    return None


def _beside(call: Call | None, found: Difference, want: Any) -> Text | None:
    interview = current_interview()
    if call is None or found.path or not found.index:
        return None
    return beside(call, interview.signature(call), found.index, np.shape(want))


def _follows_from_the_answer(want: Any) -> bool:
    """Whether want is itself something that the answer returned (a law between two of its values)."""
    return current_interview().call_of(want) is not None


def _plain(value: Any) -> Any:
    """A value as JSON can hold it; large arrays are not repeated in a result."""
    if isinstance(value, np.ndarray):
        return value.tolist() if value.size <= 64 else None
    if isinstance(value, np.generic):
        return value.item()
    return value if isinstance(value, bool | int | float | str | None) else str(describe(value))


def _pictures(got: Any, want: Any) -> dict[str, Any]:
    """got and want side by side, where they are arrays small enough to be looked at."""
    if np.ndim(want) in (1, 2) and 1 < np.size(want) <= 400:
        return {"got": np.asarray(got).tolist(), "expected": np.asarray(want).tolist()}
    return {}
