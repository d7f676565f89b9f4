"""Who answers a check's questions: the oracle in this process, or an answer behind the wall.

Knows: how a question reaches either, and that a dead child is followed by a fresh one. Does not know checks,
points or verdicts. Both respondents answer with plain values, so that nothing above can tell them apart.
"""

import contextlib
import copy
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Protocol

import numpy as np

from grader.course import Exercise, Function
from grader.wire import DRAWN, Handle, plain
from grader.worker import Account, CallFailed, Child, Loaded, Raised, Timeout, Unsendable, Wall

TRAIL = 60
"""So many asks of an answer's code are kept: enough to see what it does, and no more memory than an interview has."""
ITERATIONS = 10_000
"""At most so many values are taken from an answer's iterator: an endless one is a finding, not a hang."""


@dataclass(frozen=True, eq=False)
class Asked:
    """One question: a function of the answer, or a method or attribute of an object that it built."""

    function: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    handle: Handle | None = None
    method: str | None = None
    errstate: Mapping[str, Any] = field(default_factory=dict)
    keep: bool = False


class Missing(Exception):
    """The answer does not define this function."""

    def __init__(self, function: str, near: str | None = None) -> None:
        super().__init__(function)
        self.function = function
        self.near = near
        """A name that it does define, and that is nearly this one."""


class Respondent(Protocol):
    """What an interview asks. Every method may raise a CallFailed of the worker, or Missing."""

    def call(self, asked: Asked) -> tuple[Any, bool]:
        """The value, and whether the call changed one of its arguments."""

    def call_many(self, asked: Asked, points: Sequence[tuple[Any, ...]]) -> tuple[list[Any], bool]: ...
    def get(self, handle: Handle, attribute: str) -> Any: ...
    def iterate(self, handle: Handle) -> tuple[list[Any], bool]: ...


class InProcess:
    """The oracle, or the oracle with one function replaced by a known mistake. Trusted code only."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._functions = dict(functions)
        self._objects: list[Any] = []

    @classmethod
    def oracle(cls, exercise: Exercise, **replaced: Callable[..., Any]) -> "InProcess":
        return cls({name: function.oracle for name, function in exercise.functions.items()} | replaced)

    def call(self, asked: Asked) -> tuple[Any, bool]:
        args, kwargs = self._resolve(copied(asked.args)), self._resolve(copied(dict(asked.kwargs)))
        target = self._functions[asked.function] if asked.handle is None else self._objects[asked.handle.number]
        if asked.method is not None:
            target = getattr(target, asked.method)
        with np.errstate(**{"all": "ignore", **asked.errstate}), as_raised():
            value = target(*args, **kwargs)
        changed = not _same((args, kwargs), (asked.args, asked.kwargs))
        return self._plain(value, asked.keep), changed

    def call_many(self, asked: Asked, points: Sequence[tuple[Any, ...]]) -> tuple[list[Any], bool]:
        values, changed = [], False
        for point in points:
            try:
                value, moved = self.call(Asked(asked.function, tuple(point), errstate=asked.errstate))
            except Raised as problem:
                value, moved = problem, False
            values.append(value)
            changed = changed or moved
        return values, changed

    def get(self, handle: Handle, attribute: str) -> Any:
        with as_raised():
            return self._plain(getattr(self._objects[handle.number], attribute), False)

    def iterate(self, handle: Handle) -> tuple[list[Any], bool]:
        values: list[Any] = []
        with as_raised():
            for item in self._objects[handle.number]:
                if len(values) == ITERATIONS:
                    return values, False
                values.append(self._plain(item, False))
        return values, True

    def _plain(self, value: Any, keep: bool) -> Any:
        if isinstance(value, tuple | list):
            return type(value)(self._plain(item, keep) for item in value) if not keep else self._kept(value)
        if isinstance(value, dict) and not keep:
            return {key: self._plain(item, keep) for key, item in value.items()}
        if not keep and (
            value is None or isinstance(value, bool | int | float | str | bytes | np.ndarray | np.generic)
        ):
            return plain(value)
        return self._kept(value)

    def _kept(self, value: Any) -> Handle:
        self._objects.append(value)
        return Handle(len(self._objects) - 1, type(value).__name__)

    def _resolve(self, value: Any) -> Any:
        if isinstance(value, Handle):
            if value.number >= len(self._objects):
                raise Raised("LookupError", "an object that another respondent holds")
            return self._objects[value.number]
        if isinstance(value, tuple | list):
            return type(value)(self._resolve(item) for item in value)
        if isinstance(value, dict):
            return {key: self._resolve(item) for key, item in value.items()}
        return value


@contextlib.contextmanager
def as_raised() -> Iterator[None]:
    """Whatever the code inside raises ends as `Raised`, as it would behind the wall."""
    try:
        yield
    except Exception as problem:
        raise Raised(type(problem).__name__, str(problem)) from problem


def copied(value: Any) -> Any:
    """A deep copy whose arrays keep that they may not be written: a callee must not reach the question itself."""
    if isinstance(value, np.ndarray):
        array = value.copy()
        array.flags.writeable = value.flags.writeable
        return array
    if isinstance(value, np.random.Generator):
        return copy.deepcopy(value)
    if isinstance(value, tuple | list):
        return type(value)(copied(item) for item in value)
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return value


def _same(now: Any, before: Any) -> bool:
    """Whether arguments are as they were, to the last bit. What is no data (a generator, an object) may change."""
    if isinstance(before, tuple | list):
        return bool(len(now) == len(before) and all(map(_same, now, before)))
    if isinstance(before, Mapping):
        return now.keys() == before.keys() and all(_same(now[key], before[key]) for key in before)
    if isinstance(before, np.ndarray):
        return bool(now.shape == before.shape and now.dtype == before.dtype and now.tobytes() == before.tobytes())
    return True


class BehindWall:
    """One answer behind the wall: loads it into a child at the first question, and anew after a child's death.

    trusted: functions that are replaced by the oracle's while somebody else's fault is being ruled out.
    asks: the names of trusted functions that the answer's own code asked for. trail: its first asks, as they came.
    """

    def __init__(
        self,
        wall: Wall,
        account: Account,
        parts: Sequence[Any],
        exercise: Exercise,
        trusted: frozenset[str] = frozenset(),
    ) -> None:
        self._wall, self._account, self._parts, self._exercise = wall, account, parts, exercise
        self._trusted = trusted
        self._oracle = InProcess.oracle(exercise)
        self._child: Child | None = None
        self.loaded: Loaded | None = None
        self.asks: set[str] = set()
        self.trail: list[Asked] = []
        self.printed = ""

    def __enter__(self) -> "BehindWall":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child, whatever it is doing. A later question starts a fresh one."""
        if self._child is not None:
            self.printed += self._child.printed
            self._child.close()
            self._child = None

    def load(self) -> Loaded:
        """Start a child and load the answer into it. Raises CallFailed where loading ends the child."""
        self._child = self._wall.answer(self._account)
        self.loaded = self._child.load(self._parts, self._exercise.id)
        if self._trusted:
            self._child.stub(sorted(self._trusted), self._ask_oracle)
        return self.loaded

    def call(self, asked: Asked) -> tuple[Any, bool]:
        if asked.handle is None and asked.function in self._trusted:
            return self._oracle.call(asked)
        target = asked.function if asked.handle is None else asked.handle
        with self._asking(asked) as child:
            answered = child.call(
                target,
                asked.args,
                asked.kwargs,
                method=asked.method,
                errstate=asked.errstate or None,
                keep=asked.keep,
            )
        return answered.value, bool(answered.changed)

    def call_many(self, asked: Asked, points: Sequence[tuple[Any, ...]]) -> tuple[list[Any], bool]:
        if asked.function in self._trusted:
            return self._oracle.call_many(asked, points)
        with self._asking(asked) as child:
            many = child.call_many(asked.function, points, errstate=asked.errstate or None)
        return list(many.values), bool(many.changed)

    def get(self, handle: Handle, attribute: str) -> Any:
        with self._asking() as child:
            return child.get(handle, attribute)

    def iterate(self, handle: Handle) -> tuple[list[Any], bool]:
        with self._asking() as child:
            return child.iterate(handle, ITERATIONS)

    @contextlib.contextmanager
    def _asking(self, asked: Asked | None = None) -> Iterator[Child]:
        """A living child that has the function; one that the question ends is buried, and the next gets a fresh one."""
        if self._child is None:
            self._start_over()
        assert self._child is not None
        if asked and asked.handle is None and self.loaded and asked.function not in self.loaded.names:
            lower = {name.lower(): name for name in self.loaded.names if name not in self._exercise.functions}
            near = get_close_matches(asked.function.lower(), lower, 1)
            raise Missing(asked.function, lower[near[0]] if near else None)
        try:
            yield self._child
        except (Raised, Unsendable):
            raise
        except CallFailed:
            self.close()
            raise

    def _start_over(self) -> None:
        if self._account.timeouts >= 2:
            raise Timeout(0.0, "answer")
        self.load()

    def _ask_oracle(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.asks.add(name)
        asked = Asked(name, _with_generators(args), _with_generators(kwargs))
        if len(self.trail) < TRAIL:
            self.trail.append(asked)
        return self._oracle.call(asked)[0]


def _with_generators(value: Any) -> Any:
    """A generator does not leave a child; in its place comes a number that was drawn from it, as a seed."""
    if isinstance(value, Mapping):
        if value.keys() == {DRAWN} and type(value[DRAWN]) is int:
            return np.random.default_rng(abs(value[DRAWN]))
        return {key: _with_generators(item) for key, item in value.items()}
    return type(value)(map(_with_generators, value)) if isinstance(value, tuple | list) else value


def plain_functions(exercise: Exercise) -> list[Function]:
    """The functions that can stand in for each other one at a time: no classes, nothing kept."""
    return [function for function in exercise.functions.values() if not function.is_class and not function.keeps]


def bound(function: Function, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """Whether the contract's parameters take these arguments."""
    try:
        inspect.Signature.bind(function.signature, *args, **kwargs)
    except TypeError:
        return False
    return True
