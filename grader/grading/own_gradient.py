"""A gradient of anybody's own function: two functions in files, asked behind the wall like an answer.

Knows: how to load two files into a child and hand their functions to the gradient checker. Does not know the course.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grader.gradcheck import Result, check_gradient
from grader.i18n import Text, _
from grader.submissions import Refusal, read_answer
from grader.visible import visible
from grader.worker import Account, CallFailed, Child, Limits, PartFailure, Raised, Unsendable, Wall


class Unaskable(Exception):
    """The two functions cannot be asked at all: one sentence."""

    def __init__(self, says: Text) -> None:
        super().__init__(str(says))
        self.says = says


@dataclass(frozen=True)
class OwnFunction:
    """`FILE:NAME` as it is typed."""

    path: Path
    name: str

    @classmethod
    def parse(cls, typed: str) -> "OwnFunction":
        """Raises Unaskable where there is no file or no name in it."""
        file, colon, name = typed.rpartition(":")
        if not colon or not file or not name.isidentifier():
            says = _("{typed} names no function. Write it as FILE:FUNCTION, for example net.py:loss.")
            raise Unaskable(says.format(typed=visible(typed)))
        return cls(Path(file), name)


def judge_own_gradient(
    forward: OwnFunction,
    backward: OwnFunction,
    at: Any,
    wall: Wall,
    *,
    seed: int = 0,
    limits: Mapping[str, Any] | None = None,
) -> Result:
    """Whether backward is the gradient of forward at this point. at: an array or a tuple of arrays.

    Both files run behind the wall; many values of the forward are asked for in one message. Raises Unaskable where a
    file cannot be read or loaded, and where the child is lost on the way.
    """
    account = Account(Limits.of(limits or {}))
    with wall.answer(account) as asked, wall.answer(account) as claiming:
        _load(asked, forward)
        _load(claiming, backward)
        seen: list[CallFailed] = []

        def values(points: Sequence[tuple[Any, ...]]) -> list[Any]:
            answers: list[Any] = _living(
                seen, lambda: list(asked.call_many(forward.name, [tuple(point) for point in points]).values)
            )
            return answers

        def gradient(*args: Any) -> Any:
            return _living(seen, lambda: claiming.call(backward.name, args).value)

        try:
            result = check_gradient(None, gradient, at, seed=seed, evaluate=values)
        except CallFailed:
            if not seen:
                raise
    if seen:
        says = _("{function} could not be asked to the end: {problem}.")
        raise Unaskable(says.format(function=f"{forward.name}, {backward.name}", problem=visible(str(seen[0]))))
    return result


def _living(seen: list[CallFailed], ask: Callable[[], Any]) -> Any:
    """What ask gives; an end of the child is remembered, since the checker takes every exception for the function's."""
    try:
        return ask()
    except (Raised, Unsendable):
        raise
    except CallFailed as problem:
        seen.append(problem)
        raise


def _load(child: Child, function: OwnFunction) -> None:
    read = read_answer(function.path, frozenset({function.path.stem}))
    if isinstance(read, Refusal):
        raise Unaskable(read.reason)
    try:
        loaded = child.load(read.parts, function.path.stem)
    except CallFailed as problem:
        says = _("{path} cannot be loaded: {came}")
        raise Unaskable(says.format(path=visible(str(function.path)), came=visible(str(problem)))) from problem
    if loaded.failures and read.format == "py":
        raise Unaskable(_failure(function.path, loaded.failures[0]))
    if function.name not in loaded.names:
        says = _("{function} is not defined in {path}.")
        raise Unaskable(says.format(function=function.name, path=visible(str(function.path))))


def _failure(path: Path, failure: PartFailure) -> Text:
    says = _("{path}, line {line}: loading the file ends here with {type}: {text}")
    text = visible(failure.text, 300)
    return says.format(path=visible(str(path)), line=failure.line or 1, type=visible(failure.type), text=text)


def read_point(at: Path | None, shape: str | None, seed: int) -> Any:
    """The point: from a .npy file, or drawn normal(1) in this shape ("3,4"). Raises Unaskable."""
    if at is not None:
        try:
            return np.load(at, allow_pickle=False)
        except (OSError, ValueError, EOFError) as problem:
            says = _("{path} is no array that numpy can read ({reason}).")
            raise Unaskable(says.format(path=visible(str(at)), reason=visible(str(problem)))) from problem
    try:
        sizes = tuple(int(size) for size in (shape or "5").split(","))
        if min(sizes) < 0 or np.prod(sizes, dtype=float) > 10**7:
            raise ValueError
    except ValueError as problem:
        says = _("{shape} is no shape. Write it as whole numbers, for example --shape 3,4.")
        raise Unaskable(says.format(shape=visible(shape or ""))) from problem
    return np.random.default_rng(seed).normal(size=sizes)
