"""The interview: a check asks an answer, and everything that was asked and answered is written down.

Knows: how a check's `student` turns into questions, and how a check may end. Does not know whether an end costs
points, whose fault it is, or what is on the other side of a question.
"""

import hashlib
import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from grader.course import Call, Chapter, Check, Exercise, Finding, Function, Unmet, holding
from grader.grading.respondent import Asked, Missing, Respondent
from grader.wire import Handle
from grader.worker import CallFailed, Fault


@dataclass(frozen=True, eq=False)
class Outcome:
    """How one check ended. `ended` is None where it held, Unmet where a judgement failed, else what stopped it."""

    check: Check
    calls: tuple[Call, ...]
    details: Mapping[str, Any]
    ended: Exception | None = None

    @property
    def held(self) -> bool:
        return self.ended is None

    @property
    def finding(self) -> Finding | None:
        return self.ended.finding if isinstance(self.ended, Unmet) else None

    @property
    def uses(self) -> set[str]:
        return {call.function for call in self.calls}


@dataclass(eq=False)
class Interview:
    """One check's conversation with one respondent; what the judgements see of it (grader.course.interviewing)."""

    exercise: Exercise
    respondent: Respondent
    rtol: float
    atol: float
    seed: int
    details: dict[str, Any] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)
    """Places in `calls` of those that changed an argument."""
    _sources: dict[int, Call] = field(default_factory=dict)

    def call_of(self, value: Any) -> Call | None:
        found = self._sources.get(id(value))
        if found is None and isinstance(value, np.ndarray) and value.base is not None:
            return self._sources.get(id(value.base))
        return found

    def signature(self, call: Call) -> inspect.Signature | None:
        function = self.exercise.functions.get(call.function)
        if function is None:
            return None
        if call.method is None:
            return function.signature
        method = getattr(function.oracle, call.method, None)
        return _without_self(inspect.signature(method)) if method else None

    def ask(self, asked: Asked) -> Any:
        """Put one question and write it down. Raises what ended it."""
        call = Call(asked.function, asked.args, asked.kwargs, errstate=asked.errstate, method=asked.method)
        try:
            value, changed = self.respondent.call(asked)
        except (CallFailed, Missing) as problem:
            self.calls.append(replace(call, ended=problem))
            raise
        return self._note(replace(call, value=value), changed)

    def ask_many(self, asked: Asked, points: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Put one question at many points in one message; a point that failed has its exception in its place."""
        values, changed = self.respondent.call_many(asked, points)
        for point, value in zip(points, values, strict=True):
            call = Call(asked.function, tuple(point), {}, errstate=asked.errstate)
            if isinstance(value, Exception):
                self.calls.append(replace(call, ended=value))
            else:
                self._note(replace(call, value=value), changed)
        return values

    def _note(self, call: Call, changed: bool) -> Any:
        if changed:
            self.changed.add(len(self.calls))
        self.calls.append(call)
        self._remember(call.value, call)
        return call.value

    def _remember(self, value: Any, call: Call) -> None:
        self._sources[id(value)] = call
        for part in value if isinstance(value, tuple | list) else value.values() if isinstance(value, dict) else ():
            self._remember(part, call)


def _without_self(signature: inspect.Signature) -> inspect.Signature:
    return signature.replace(parameters=list(signature.parameters.values())[1:])


class Student:
    """What a check calls `student`: every function of the exercise as an attribute that can be asked."""

    def __init__(self, interview: Interview, errstate: Mapping[str, str] | None = None) -> None:
        self._interview, self._errstate = interview, dict(errstate or {})

    def errstate(self, **raising: str) -> "Student":
        """The same answer, with numpy's floating-point errors raised (`over="raise"`) around each call."""
        return Student(self._interview, raising)

    def __getattr__(self, name: str) -> "Question":
        function = self._interview.exercise.functions.get(name)
        if function is None:
            raise AttributeError(f"{name} is no @exercise.function of {self._interview.exercise.id}")
        return Question(self._interview, function, self._errstate)


class Question:
    """One function of the answer that can be asked, once or at many points in one message."""

    def __init__(self, interview: Interview, contract: Function, errstate: Mapping[str, str]) -> None:
        self._interview, self.contract, self._errstate = interview, contract, errstate

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        keep = self.contract.keeps or self.contract.is_class
        asked = Asked(self.contract.name, _sent(args), _sent(kwargs), errstate=self._errstate, keep=keep)
        value = self._interview.ask(asked)
        return Thing(self._interview, self.contract, value) if isinstance(value, Handle) else value

    def attempt(self, points: Sequence[tuple[Any, ...]]) -> list[Any]:
        return self._interview.ask_many(Asked(self.contract.name, errstate=self._errstate), points)

    def many(self, points: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The values at many points; raises the first exception among them."""
        values = self.attempt(points)
        for value in values:
            if isinstance(value, Exception):
                raise value
        return values


class Thing:
    """An object that the answer built: its methods, attributes and items, as the oracle's class names them."""

    def __init__(self, interview: Interview, contract: Function, handle: Handle) -> None:
        self._interview, self._contract, self._handle = interview, contract, handle

    def __getattr__(self, name: str) -> Any:
        if callable(getattr(self._contract.oracle, name, None)):
            return lambda *args, **kwargs: self._method(name, args, kwargs)
        if name.startswith("__"):
            raise AttributeError(name)  # what numpy and Python look for in any value is no question to the answer
        return self._interview.respondent.get(self._handle, name)

    @property
    def type_name(self) -> str:
        """The name of its class, for the sentence that says what came."""
        return self._handle.type_name

    def __iter__(self) -> Iterator[Any]:
        values, exhausted = self._interview.respondent.iterate(self._handle)
        if not exhausted:
            raise Endless(self._contract.name)
        for value in values:
            self._interview._remember(value, self._interview.calls[-1])
        return iter(values)

    def _method(self, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        asked = Asked(self._contract.name, _sent(args), _sent(kwargs), handle=self._handle, method=name)
        value = self._interview.ask(asked)
        return Thing(self._interview, self._contract, value) if isinstance(value, Handle) else value


class Endless(CallFailed):
    """An iterator of the answer that did not end."""


def _sent(value: Any) -> Any:
    """Arguments as they cross the wall: a Thing is sent as its handle."""
    if isinstance(value, Thing):
        return value._handle
    if isinstance(value, tuple | list):
        return type(value)(_sent(item) for item in value)
    if isinstance(value, dict):
        return {key: _sent(item) for key, item in value.items()}
    return value


def seed_for(seed: int, exercise: str, check: str) -> int:
    """The seed of one check: it depends on nothing that other checks did, so that one can be run alone."""
    return int.from_bytes(hashlib.sha256(f"{seed}/{exercise}/{check}".encode()).digest()[:8], "big")


def hold(
    check: Check, exercise: Exercise, chapter: Chapter, respondent: Respondent, seed: int
) -> tuple[Outcome, Interview]:
    """Run one check against one respondent.

    Whatever ends it is in the outcome; a fault of the grader's own machinery (worker.Fault) passes through. Any other
    exception is the check's or the oracle's own and is kept as well: who caused it is for others to find out.
    """
    own_seed = seed_for(seed, exercise.id, check.id)
    interview = Interview(exercise, respondent, chapter.rtol, chapter.atol, own_seed)
    ended: Exception | None = None
    with holding(interview), np.errstate(all="ignore"):
        try:
            check.ask(Student(interview), np.random.default_rng(own_seed))
        except (Unmet, CallFailed, Missing) as problem:
            ended = problem
        except Fault:
            raise
        except Exception as problem:
            ended = Unforeseen(f"{type(problem).__name__}: {problem}")
            ended.__cause__ = problem
    return Outcome(check, tuple(interview.calls), interview.details, ended), interview


class Unforeseen(Exception):
    """The check itself raised: the answer's values were unfit for its arithmetic, or the course has a fault."""
