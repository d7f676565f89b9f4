"""What a judgement knows of the interview it stands in: the calls so far, the tolerance, where numbers are shown.

Knows: the shape of a call and of a finding. Does not know how a call reaches an answer, nor what becomes of a finding.
"""

import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol

from grader.i18n import Text


@dataclass(frozen=True, eq=False)
class Call:
    """One question to the answer and what came: `value`, or `ended`, how it failed to come."""

    function: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    value: Any = None
    ended: Exception | None = None
    errstate: Mapping[str, str] = field(default_factory=dict)
    method: str | None = None
    """The method that was called, where `function` is the class of the object that it was called on."""


@dataclass(frozen=True)
class Finding:
    """What does not hold, in the four parts that a student reads, and the numbers for machines.

    came: what the answer gave. holds: what is right instead, None where it is not for the student to see unasked.
    expected_shown: the expected value follows from the answer itself or the statement gives it.
    """

    came: Text
    holds: Text | None = None
    call: Call | None = None
    where: tuple[Any, ...] | None = None
    expected: Any = None
    got: Any = None
    expected_shown: bool = False
    note: Text | None = None
    pattern: Text | None = None
    reveals: str | None = None
    pictures: Mapping[str, Any] = field(default_factory=dict)
    """Arrays worth a picture: name to nested list, as `{"got": …, "expected": …}`."""
    statistics: bool = False
    """Found by statistics of many draws: a mistake is then recognised by its statistics, not by equal values."""


class Unmet(Exception):
    """A judgement that does not hold; ends the check."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding.came))
        self.finding = finding


class Interview(Protocol):
    """The conversation in which a check is being asked, as a judgement sees it."""

    rtol: float
    atol: float
    seed: int
    details: dict[str, Any]
    calls: list[Call]

    def call_of(self, value: Any) -> Call | None:
        """The call that gave this very value (or a part of it); None where nothing was asked."""

    def signature(self, call: Call) -> inspect.Signature | None:
        """The contract's parameters of the function that was called."""


_current: ContextVar[Interview] = ContextVar("interview")


def current_interview() -> Interview:
    """The interview that the running check is part of. Raises LookupError outside of one."""
    return _current.get()


@contextmanager
def holding(interview: Interview) -> Iterator[None]:
    """`with holding(interview):` makes it the one in which judgements are made."""
    token = _current.set(interview)
    try:
        yield
    finally:
        _current.reset(token)


def show(name: str, value: Any) -> None:
    """Put a number or a curve into the result's `details`, under the running check and this name."""
    details = current_interview().details
    details[name] = value.tolist() if hasattr(value, "tolist") else value
