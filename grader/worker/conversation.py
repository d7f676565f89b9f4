"""A child as the grader speaks with it: questions with values, replies as values or as one of the errors.

Knows: the kinds of questions and replies, nonces, limits of time. Does not know: how a child starts, what a right
answer is. Whatever the child says is taken for a value, never for a fact.
"""

import os
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from grader import wire
from grader.wire import Handle, Part, Value, WireError
from grader.worker.errors import CallFailed, Died, Flood, OutOfMemory, Protocol, Raised, Timeout, Unsendable
from grader.worker.limits import Account
from grader.worker.line import HungUp, Line
from grader.worker.template import Gone, Remains

MOST_ASKS, MOST_ASKED = 10_000, 16 << 20
POINTS_A_MESSAGE, BYTES_A_MESSAGE = 1000, 16 << 20
PATIENCE = 0.2  # seconds between the end of a socket and the end of its process


@dataclass(frozen=True)
class PartFailure:
    """A part of the source that could not be read (stage "compile") or that raised while it ran ("run")."""

    part: int
    stage: str
    type: str
    text: str
    line: int | None
    offset: int | None
    source: str | None  # that line


@dataclass(frozen=True)
class Loaded:
    """names: every public global that can be called, defined or imported by the answer."""

    names: tuple[str, ...]
    failures: tuple[PartFailure, ...]


@dataclass(frozen=True)
class Answered:
    """changed: positions and names of the arguments that the call changed in place (the child's word)."""

    value: Value
    changed: tuple[int | str, ...]


@dataclass(frozen=True)
class Many:
    values: list[Any]  # Value, Raised or Unsendable, one for each point
    changed: bool


@dataclass(frozen=True)
class Ended:
    """code or signal (both None where nobody could tell), CPU seconds, peak resident size in bytes."""

    code: int | None
    signal: int | None
    cpu: float
    peak: int


Ask = Callable[[str, tuple[Any, ...], dict[str, Any]], Value]


class Child:
    """A context manager; leaving it ends the child, whatever it is doing."""

    def __init__(self, line: Line, account: Account, bury: Callable[[], Remains], floor: int) -> None:
        self._line = line
        self._account = account
        self._bury = bury
        self._floor = floor  # resident size before the answer came
        self._over: CallFailed | None = None
        self._ended: Ended | None = None
        self._stubbed: frozenset[str] = frozenset()
        self._ask: Ask | None = None
        self._asks = 0
        self._asked = 0
        self._cpu_granted = account.cpu_seconds_left()

    def load(self, parts: Sequence[Part], name: str) -> Loaded:
        """Execute the parts, in order, in one namespace: a module of that name."""
        sources = [(part.label, part.source) for part in parts]
        names, failures = self._question("load", [sources, name], self._account.limits.load, ("loaded", 2))
        with self._strictly():
            loaded = Loaded(tuple(map(str, names)), tuple(PartFailure(*failure) for failure in failures))
        if any(failure.type == "MemoryError" and failure.stage == "run" for failure in loaded.failures):
            raise self._finish(OutOfMemory())
        return loaded

    def call(
        self,
        target: str | Handle,
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
        *,
        method: str | None = None,
        errstate: Mapping[str, str] | None = None,
        keep: bool = False,
    ) -> Answered:
        """Call a global of the answer, a handle or a handle's method; keep: answer with a handle, whatever comes."""
        fields = [target, method, tuple(args), dict(kwargs or {}), dict(errstate or {}), keep]
        value, changed = self._question("call", fields, self._account.limits.call, ("value", 2))
        with self._strictly():
            return Answered(value, tuple(entry if isinstance(entry, int) else str(entry) for entry in changed))

    def call_many(
        self, target: str | Handle, points: Sequence[tuple[Any, ...]], *, errstate: Mapping[str, str] | None = None
    ) -> Many:
        """One function at many points, in few messages: for numerical differentiation."""
        values: list[Any] = []
        changed = False
        waiting = _batches(points)
        while waiting:
            batch = waiting.pop(0)
            try:
                outcomes, differs = self._many(target, batch, dict(errstate or {}))
            except Flood:  # the child's own word that its replies do not fit one message
                if self._over is not None or len(batch) == 1:
                    raise
                waiting[:0] = [batch[: len(batch) // 2], batch[len(batch) // 2 :]]
                continue
            values += outcomes
            changed = changed or differs
        return Many(values, changed)

    def _many(self, target: str | Handle, batch: list[Any], errstate: dict[str, str]) -> tuple[list[Any], bool]:
        seconds = self._account.limits.call + self._account.limits.per_point * len(batch)
        outcomes, differs = self._question("many", [target, batch, errstate], seconds, ("outcomes", 2))
        with self._strictly():
            if len(outcomes) != len(batch):
                raise WireError("another number of outcomes")
            return [_outcome(*outcome) for outcome in outcomes], bool(differs)

    def get(self, handle: Handle, attribute: str) -> Value:
        value: Value = self._question("get", [handle, attribute], self._account.limits.call, ("value", 2))[0]
        return value

    def iterate(self, handle: Handle, at_most: int) -> tuple[list[Value], bool]:
        """The next items of an object, and whether it ended before there were `at_most`."""
        items, exhausted = self._question("iterate", [handle, at_most], self._account.limits.call, ("items", 2))
        with self._strictly():
            if type(items) is not list or len(items) > at_most:
                raise WireError("more items than asked for")
        return items, bool(exhausted)

    def stub(self, names: Sequence[str], ask: Ask) -> None:
        """Functions that ask the grader take the place of these globals. Where `ask` raises, they raise ValueError."""
        self._stubbed = frozenset(names)
        self._ask = ask
        self._question("stub", [list(names)], self._account.limits.call, ("value", 2))

    @property
    def printed(self) -> str:
        """Head and tail of what it printed so far, control characters and all."""
        if self._ended is None:
            self._line.drain()
        return self._line.printed.text()

    def close(self) -> Ended:
        """Kill and bury the child; the second time only tells again what it used."""
        if self._ended is None:
            self._line.kill()
            self._line.drain()
            try:
                remains = self._bury()
            except Gone:
                remains = Remains(None, 0.0, 0)
            self._line.close()
            code = None if remains.status is None else os.waitstatus_to_exitcode(remains.status)
            signal = -code if code is not None and code < 0 else None
            self._ended = Ended(code if signal is None else None, signal, remains.cpu, remains.peak)
            self._account.cpu += remains.cpu
            self._account.peak = max(self._account.peak, remains.peak)
        return self._ended

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def _question(self, kind: str, fields: list[Any], seconds: float, expected: tuple[str, int]) -> list[Any]:
        """Ask, serve the stubs meanwhile, and return the fields of the reply of the expected kind."""
        if self._over is not None:
            raise self._over
        nonce = secrets.randbits(63)
        frame = wire.encode(nonce, kind, fields)
        clock = _Clock(self._account, seconds, "load" if kind == "load" else "call")
        try:
            while True:
                said, reply = self._exchange(frame, nonce, clock)
                if said != "ask":
                    break
                frame = self._told(nonce, reply, clock)
        except HungUp:
            raise self._finish(self._autopsy()) from None
        except (Timeout, Flood, Protocol) as error:
            self._account.timeouts += isinstance(error, Timeout)
            raise self._finish(error) from None
        return self._opened(said, reply, expected)

    def _exchange(self, frame: bytes, nonce: int, clock: "_Clock") -> tuple[str, list[Any]]:
        with clock:
            header, payload = self._line.exchange(frame, clock.left(), clock.what)
        try:
            repeated, said, reply = wire.decode(header, payload)
        except WireError as error:
            raise Protocol(str(error), forged=True) from None
        if repeated != nonce:
            raise Protocol("a reply to another question", forged=True)
        if said == "ask":
            self._asks += 1
            self._asked += len(header) + len(payload)
        return said, reply

    def _opened(self, said: str, reply: list[Any], expected: tuple[str, int]) -> list[Any]:
        if (said, len(reply)) == expected:
            return reply
        with self._strictly():
            if said == "raised":
                raised = _raised(*reply)
                raise self._finish(OutOfMemory()) if raised.type == "MemoryError" else raised
            if said == "unsendable":
                raise _unsendable(*reply)
            if said == "flood" and not reply:
                raise Flood("reply")
            raise WireError("a reply of another kind")

    def _told(self, nonce: int, reply: list[Any], clock: "_Clock") -> bytes:
        """The grader's reply to a stub; the time that it takes is not the answer's."""
        if self._ask is None or len(reply) != 3 or reply[0] not in self._stubbed:
            raise Protocol("a question that no stub asks", forged=True)
        if self._asks > MOST_ASKS or self._asked > MOST_ASKED:
            raise Flood("asks")
        name, args, kwargs = reply
        if type(args) is not tuple or type(kwargs) is not dict:
            raise Protocol("a question that no stub asks", forged=True)
        try:
            return wire.encode(nonce, "told", [self._ask(name, args, kwargs)])
        except Exception:  # arguments are the answer's choice, and the oracle may do with odd ones what it likes
            return wire.encode(nonce, "refused", [])

    def _strictly(self) -> "_Strictly":
        return _Strictly(self)

    def _finish(self, error: CallFailed) -> CallFailed:
        """End the child. What is asked of it later ends the same way."""
        self._over = error
        self.close()
        return error

    def _autopsy(self) -> CallFailed:
        """Why the other end is gone."""
        alive = not self._line.has_ended(PATIENCE)  # it may only have closed its socket
        ended = self.close()
        if alive:
            return Died(None, None)
        if ended.signal is not None and ended.cpu > self._cpu_granted - 0.5:
            self._account.timeouts += 1
            return Timeout(self._account.limits.cpu, "cpu")
        if self._line.printed.contains(b"Memory allocation still failed"):  # OpenBLAS, before it calls exit(1)
            return OutOfMemory()
        near = ended.peak - self._floor > 0.8 * self._account.limits.memory
        return Died(ended.signal, ended.code, near)


class _Clock:
    """The time of one question; it stands still while the grader itself computes for a stub."""

    def __init__(self, account: Account, seconds: float, what: str) -> None:
        self._account = account
        left = account.seconds_left()
        self._limit = seconds if seconds <= left else account.limits.wall
        self.what = what if seconds <= left else "answer"
        self._seconds = min(seconds, left)
        self._spent = 0.0
        self._since = 0.0

    def left(self) -> float:
        left = self._seconds - self._spent
        if left <= 0:
            raise Timeout(self._limit, self.what)
        return left

    def __enter__(self) -> None:
        self._since = time.monotonic()

    def __exit__(self, *_: object) -> None:
        passed = time.monotonic() - self._since
        self._spent += passed
        self._account.wall += passed


class _Strictly:
    """Inside, any ordinary exception means that the fields of a reply are not what the child's code writes."""

    def __init__(self, child: Child) -> None:
        self._child = child

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, Exception) and not isinstance(error, CallFailed):
            raise self._child._finish(Protocol("a reply that does not fit the question", forged=True)) from None


def _batches(points: Sequence[tuple[Any, ...]]) -> list[list[tuple[Any, ...]]]:
    """The points in messages that are neither too long nor too large."""
    batches: list[list[tuple[Any, ...]]] = [[]]
    size = 0
    for point in points:
        more = sum(getattr(argument, "nbytes", 0) for argument in point)
        if batches[-1] and (size + more > BYTES_A_MESSAGE or len(batches[-1]) == POINTS_A_MESSAGE):
            batches.append([])
            size = 0
        batches[-1].append(tuple(point))
        size += more
    return batches if len(points) else []


def _outcome(kind: str, *rest: Any) -> Any:
    readers: dict[str, Callable[..., Any]] = {"value": _only, "raised": _raised, "unsendable": _unsendable}
    return readers[kind](*rest)


def _only(value: Any) -> Any:
    return value


def _raised(type: Any, text: Any, line: Any, part: Any, innermost: Any) -> Raised:
    for number in (line, part):
        if number is not None and (number.__class__ is not int or not 0 <= number < 1 << 31):
            raise WireError("no such line")
    return Raised(str(type)[:100], str(text)[:4096], line, part, None if innermost is None else str(innermost)[:200])


def _unsendable(type_name: Any) -> Unsendable:
    return Unsendable(str(type_name)[:200])
