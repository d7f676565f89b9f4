"""How a check ended, as a status and a sentence.

Knows: every way in which a question can end. Does not know whose fault it is.
"""

import re
from dataclasses import dataclass

from grader.course import Unmet
from grader.grading.interview import Endless, Unforeseen
from grader.grading.numerical_slope import NumericalSlope
from grader.grading.respondent import Missing
from grader.i18n import Text, _
from grader.visible import visible
from grader.worker import Died, Flood, OutOfMemory, Protocol, Raised, Timeout, Unsendable


@dataclass(frozen=True)
class Ending:
    """status: one of those of a check's result. came: what came instead of a value. line: of the answer's source."""

    status: str
    came: Text
    part: int | None = None
    line: int | None = None
    think: Text | None = None


WELL_KNOWN = (
    (
        r"^only .*arrays can be converted to Python scalars",
        _("The functions of math take one number. Which module has them for whole arrays?"),
    ),
    (
        r"^The truth value of an array",
        _("An if asks one question about the whole array. How can each entry be asked by itself?"),
    ),
    (
        r"^EOF when reading a line",
        _("An answer is asked through its functions alone: there is nobody to type at input."),
    ),
)
"""What beginners meet first, by the words of Python and numpy, and what to think about."""


def ending(ended: Exception, function: str, path: str) -> Ending:
    """The status and the sentence for what ended a check. function: the one that was asked; path: the answer's file."""
    if isinstance(ended, Unmet):
        return Ending("fail", ended.finding.came)
    if isinstance(ended, Missing):
        says = _("{function} is not defined in {path}.").format(function=ended.function, path=visible(path))
        if ended.near:
            there = _("There is {near}; is that it?").format(near=visible(ended.near))
            return Ending("missing", says, think=there)
        return Ending("missing", says)
    if isinstance(ended, Raised):
        return _of_raised(ended, function)
    if isinstance(ended, Timeout):
        return Ending("timeout", _of_timeout(ended))
    if isinstance(ended, Unsendable):
        says = _("a value of the type {type}, which is neither a number nor an array of numbers.")
        return Ending("fail", says.format(type=visible(ended.type_name)))
    if isinstance(ended, Endless):
        return Ending("fail", _("more than 10,000 values, and no end."))
    if isinstance(ended, NumericalSlope):
        return Ending("cheat", _of_numerical_slope(ended), ended.part, ended.line)
    if isinstance(ended, Unforeseen):
        return Ending("fail", _("values with which nothing can be calculated."))
    return _of_death(ended)


def _of_numerical_slope(ended: NumericalSlope) -> Text:
    if ended.line is None:
        return _(
            "a numerical slope, made of values at neighbouring points. The numbers are right; "
            "the exercise asks for the formula."
        )
    return _(
        "a numerical slope, made in line {line} of values at neighbouring points. The numbers are right; "
        "the exercise asks for the formula."
    ).format(line=ended.line)


def _of_raised(ended: Raised, function: str) -> Ending:
    if ended.type == "NotImplementedError":
        return Ending("todo", _("{function} is not written yet.").format(function=function), ended.part, ended.line)
    text = visible(ended.text, 300)
    if ended.type in ("SystemExit", "KeyboardInterrupt"):
        says = _("no value: the code ends Python in line {line}. A function gives its value back by return.")
        return Ending("error", says.format(line=ended.line or "?"), ended.part, ended.line)
    if ended.type == "TypeError" and ended.line is None:
        says = _("{function} cannot be called like that: {text}").format(function=function, text=text)
        return Ending("error", says)
    think = next((hint for pattern, hint in WELL_KNOWN if re.search(pattern, ended.text)), None)
    if not_there := re.match(r"(\w+) cannot be used in an answer", ended.text):
        says = _("{module} cannot be used in an answer: the standard library and numpy are what there is.")
        return Ending("error", says.format(module=not_there[1]), ended.part, ended.line)
    if ended.line is None:
        return Ending("error", _("{type}: {text}").format(type=visible(ended.type), text=text), think=think)
    says = _("{type} in line {line}: {text}").format(type=visible(ended.type), line=ended.line, text=text)
    return Ending("error", says, ended.part, ended.line, think)


def _of_timeout(ended: Timeout) -> Text:
    if ended.what == "answer":
        return _("not asked: the time for this answer was used up by earlier calls.")
    return _("no answer within the time limit. Does a loop wait for something that never becomes true?")


def _of_death(ended: Exception) -> Ending:
    if isinstance(ended, OutOfMemory):
        return Ending("limit", _("no answer: it needs more memory than there is for one answer."))
    if isinstance(ended, Flood):
        return Ending("limit", _("more output than is read from one answer. Is there a print inside a loop?"))
    if isinstance(ended, Died):
        if ended.near_memory_limit:
            return Ending("crash", _("no answer: Python itself ended, perhaps for lack of memory."))
        return Ending("crash", _("no answer: Python itself ended. Does the code call exit, or a C function?"))
    if isinstance(ended, Protocol) and ended.forged:
        return Ending("cheat", _("data that no call of a function sends. Only values that are returned count."))
    return Ending("crash", _("no complete answer: the connection to the code was broken."))
