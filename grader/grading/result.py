"""The Result: one JSON object that says all there is to say about one answer.

Knows: its fields and their meaning (schema 1). Does not know how any of them is found, or how they are shown.
Fields may be added; none changes its meaning without a new `schema`.
"""

from typing import Any

import msgspec

SCHEMA = 1


class AnswerFile(msgspec.Struct, frozen=True, kw_only=True):
    """Which file was judged. format: "py" or "ipynb"; sha256 of its bytes, None where it could not be read."""

    path: str
    sha256: str | None = None
    format: str | None = None


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    grader: str
    course: str
    python: str
    numpy: str


class CheckResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """What became of one check.

    status: pass, fail, carried, todo, missing, error, timeout, crash, limit, cheat.
    message is the finding as one paragraph; asked, came, holds, think, known are its parts for a laid-out report.
    expected is None where it is not for the student to see.
    """

    id: str
    kind: str
    of: list[str]
    title: str
    status: str
    points: int
    earned: int
    message: str | None = None
    call: str | None = None
    where: list[Any] | None = None
    expected: Any = None
    got: Any = None
    asked: str | None = None
    came: str | None = None
    holds: str | None = None
    note: str | None = None
    known: str | None = None
    think: str | None = None
    line: int | None = None
    pictures: dict[str, Any] | None = None


class MistakeFound(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    says: str
    ask: str


class FunctionResult(msgspec.Struct, frozen=True, kw_only=True):
    """status: pass, fail, carried, todo, missing, error. blame: the functions at fault."""

    name: str
    status: str
    blame: list[str]
    mistakes: list[MistakeFound]
    pattern: str | None = None
    line: int | None = None


class Seconds(msgspec.Struct, frozen=True, kw_only=True):
    wall: float
    cpu: float


class Result(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """status: pass, fail, todo, error, refused, fault; the last three have a message, and the last two no score."""

    schema: int = SCHEMA
    exercise: str | None
    title: str | None = None
    student: str | msgspec.UnsetType | None = msgspec.UNSET
    status: str
    score: float | None = None
    earned: int | None = None
    points: int | None = None
    seed: int | None = None
    level: str | None = None
    start: str | None = None
    lang: str = "en"
    answer: AnswerFile
    versions: Versions | None = None
    message: str | None = None
    line: int | None = None
    checks: list[CheckResult] = []
    functions: list[FunctionResult] = []
    next: str | None = None
    printed: str = ""
    notes: list[str] = []
    """Remarks that cost nothing: a notebook's cell that failed, a function that was not looked at."""
    details: dict[str, Any] = {}
    seconds: Seconds | None = None


def to_json(result: Result) -> str:
    """One line of JSON; nan and infinities become the strings "nan", "inf", "-inf": JSON has no such numbers."""
    return msgspec.json.encode(_plain(msgspec.to_builtins(result))).decode()


def from_json(line: str | bytes) -> Result:
    """Raises msgspec.ValidationError or DecodeError where the line is no Result of this schema."""
    return msgspec.json.decode(line, type=Result)


def _plain(value: Any) -> Any:
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
