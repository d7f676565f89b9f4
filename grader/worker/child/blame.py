"""An exception of an answer as five plain values. Knows tracebacks; trusts no method of the exception."""

from collections.abc import Mapping
from types import TracebackType

Described = tuple[str, str, int | None, int | None, str | None]

MOST_TEXT = 4096
MOST_FRAMES = 100_000


def describe(error: BaseException, files: Mapping[str, int]) -> Described:
    """(type, text, line, part, innermost function): where the error left the answer's own code.

    A frame of numpy below it is not what the student can change; the last line of the student's own is.
    """
    line: int | None = None
    part: int | None = None
    function: str | None = None
    step: TracebackType | None = error.__traceback__
    for _ in range(MOST_FRAMES):
        if step is None:
            break
        code = step.tb_frame.f_code
        if code.co_filename in files:
            line, part, function = step.tb_lineno, files[code.co_filename], code.co_name
        step = step.tb_next
    return name_of(error), text_of(error), line, part, function and clean(function)[:200]


def name_of(error: BaseException) -> str:
    return clean(str(type(error).__name__))[:100]


def text_of(error: BaseException) -> str:
    """str(error), unless that fails in its turn: it is the answer's code, too."""
    try:
        return clean(str(error)[:MOST_TEXT])
    except BaseException:
        return ""


def clean(text: str) -> str:
    """A plain str without lone surrogates, which could not be sent."""
    return str.encode(text, "utf-8", "backslashreplace").decode("utf-8")[:MOST_TEXT]
