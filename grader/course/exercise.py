"""One exercise as its author writes it: the oracle's functions, checks, known mistakes and hints.

Knows: the vocabulary of a reference file. Does not know: answers, walls, verdicts.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from grader.i18n import Text

KINDS = ("value", "gradient", "law", "edge", "experiment")
Anything = TypeVar("Anything", bound=Callable[..., Any])


class CourseError(Exception):
    """A course that cannot be used, in one sentence for its author."""


@dataclass(frozen=True)
class Function:
    """What an answer must define: the oracle of it, whose name and parameters are the contract."""

    name: str
    oracle: Callable[..., Any]
    keeps: bool = False
    """The answer's value is an object to be kept on its side (a node of a graph), whatever it is made of."""

    @property
    def is_class(self) -> bool:
        return inspect.isclass(self.oracle)

    @property
    def signature(self) -> inspect.Signature:
        return inspect.signature(self.oracle)

    @property
    def draws(self) -> bool:
        """Whether it takes a generator: two calls may then rightly differ."""
        return "rng" in self.signature.parameters


@dataclass(frozen=True)
class Check:
    """A question to an answer. `of` are the functions that a failure speaks of."""

    id: str
    kind: str
    of: tuple[str, ...]
    points: int
    title: Text
    ask: Callable[[Any, Any], None]


@dataclass(frozen=True)
class Mistake:
    """A wrong implementation of one function that beginners write."""

    id: str
    of: str
    says: Text
    ask: Text
    wrong: Callable[..., Any]


class Exercise:
    """The vocabulary's centre: `exercise = Exercise(title=…, after=…, hints=…)` and its decorators.

    after: ids of the exercises that it builds on. hints: from a nudge to nearly there; never the answer.
    `id` and `chapter` are where the file lies; the course fills them in. limits: raises of the course's limits.
    capstone: it puts earlier exercises together; its skeleton takes over what the student has written of them.
    """

    def __init__(
        self,
        *,
        title: Text,
        after: Sequence[str] = (),
        hints: Sequence[Text] = (),
        limits: dict[str, float] | None = None,
        capstone: bool = False,
    ) -> None:
        self.title = title
        self.after = tuple(after)
        self.hints = tuple(hints)
        self.limits = dict(limits or {})
        self.capstone = capstone
        self.id = ""
        self.chapter = ""
        self.functions: dict[str, Function] = {}
        self.checks: dict[str, Check] = {}
        self.mistakes: list[Mistake] = []

    def function(self, oracle: Anything | None = None, *, keeps: bool = False) -> Any:
        """Declare the oracle of one function or class that the answer must define."""

        def declare(oracle: Anything) -> Anything:
            self.functions[oracle.__name__] = Function(oracle.__name__, oracle, keeps)
            return oracle

        return declare if oracle is None else declare(oracle)

    def check(
        self, kind: str, *, of: str | Sequence[str], title: Text, points: int = 1
    ) -> Callable[[Anything], Anything]:
        """Declare a check: a function of (student, rng) that asks and judges. Its name is its id."""

        def declare(ask: Anything) -> Anything:
            name = ask.__name__
            if kind not in KINDS:
                raise CourseError(f'check {name}: "{kind}" is no kind of check; there are: {", ".join(KINDS)}.')
            if isinstance(points, bool) or not isinstance(points, int) or points < 1:
                raise CourseError(f"check {name}: points are a whole number, at least 1, not {points!r}.")
            if name in self.checks:
                raise CourseError(f"check {name}: there are two of this name.")
            self.checks[name] = Check(name, kind, (of,) if isinstance(of, str) else tuple(of), points, title, ask)
            return ask

        return declare

    def mistake(self, *, of: str, says: Text, ask: Text, id: str | None = None) -> Callable[[Anything], Anything]:
        """Declare a wrong implementation of one function. Its name is its id unless `id` gives another.

        With `id`, one mistake can be written for each function in which it is made, and in several spellings.
        """

        def declare(wrong: Anything) -> Anything:
            name = id or wrong.__name__
            if id is None and any(mistake.of == of and mistake.id == name for mistake in self.mistakes):
                raise CourseError(f"mistake {name} of {of}: there are two of this name.")
            self.mistakes.append(Mistake(name, of, says, ask, wrong))
            return wrong

        return declare

    def mistakes_of(self, function: str) -> list[Mistake]:
        return [mistake for mistake in self.mistakes if mistake.of == function]
