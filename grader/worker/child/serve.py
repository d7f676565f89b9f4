"""Questions come in, replies go out: the one loop in which an answer is asked.

Knows the kinds of questions. Does not know what a right reply would be. Everything in this process is the answer's to
change, so nothing here decides anything, and the grader believes nothing of it but the values.
"""

import socket
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader import wire
from grader.worker.child import blame
from grader.worker.child.keeping import Kept, outsiders_refused
from grader.worker.child.load import Answer, load

LARGEST_HEADER = 256 << 10

Reply = tuple[str, list[Any]]


def serve(line: socket.socket) -> None:
    """Answer until the grader hangs up."""
    interview = Interview(line)
    streams = (sys.stdout, sys.stderr)
    while frame := receive(line):
        nonce, kind, fields = interview.read(*frame)
        interview.nonce = nonce
        try:
            reply = interview.QUESTIONS[kind](interview, fields, frame)
        except BaseException as error:  # SystemExit and KeyboardInterrupt of an answer are exceptions like others
            reply = ("raised", list(blame.describe(error, interview.files)))
        for stream in streams:
            _flush(stream)
        line.sendall(_within_bounds(interview, nonce, reply))


def receive(line: socket.socket) -> tuple[bytes, bytearray] | None:
    """(header, payload) of the next frame; None at the end."""
    start = line.recv(wire.PREFIX.size, socket.MSG_WAITALL)
    if len(start) < wire.PREFIX.size:
        return None
    header, payload = wire.PREFIX.unpack(start)
    body = bytearray(header + payload)
    view, filled = memoryview(body), 0
    while filled < len(body):
        count = line.recv_into(view[filled:])
        if not count:
            return None
        filled += count
    return bytes(view[:header]), body[header:]


def _flush(stream: Any) -> None:
    """What was printed during a question belongs to it. The answer may have closed or broken the stream."""
    try:
        stream.flush()
    except BaseException:
        return


def _within_bounds(interview: "Interview", nonce: int, reply: Reply) -> bytes:
    try:
        frame = wire.encode(nonce, *reply, keep=interview.kept.keep)
    except wire.NotOfTheSet as error:
        return wire.encode(nonce, "unsendable", [blame.clean(error.type_name)[:200]])
    except BaseException as error:
        return wire.encode(nonce, "raised", list(blame.describe(error, interview.files)))
    if wire.PREFIX.unpack_from(frame)[0] > LARGEST_HEADER:
        return wire.encode(nonce, "flood", [])
    return frame


class Interview:
    """One answer and what has been asked of it so far."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.nonce = 0
        self.answer = Answer("")
        self.kept = Kept("")
        self.turn = threading.Lock()  # threads of an answer may call stubs at the same time

    @property
    def files(self) -> Mapping[str, int]:
        return self.answer.files

    def read(self, header: bytes, payload: bytearray) -> tuple[int, str, list[Any]]:
        return wire.decode(header, payload, self.kept.find, own=True)

    def load(self, fields: list[Any], frame: object) -> Reply:
        parts, name = fields
        self.answer = load(parts, name)
        self.kept = Kept(self.answer.name)
        return "loaded", [self.answer.names(), self.answer.failures[:60]]

    def call(self, fields: list[Any], frame: tuple[bytes, bytearray]) -> Reply:
        target, method, args, kwargs, errstate, keep = fields
        function = self.target(target, method)
        if errstate:
            with np.errstate(**errstate):
                value = function(*args, **kwargs)
        else:
            value = function(*args, **kwargs)
        changed = self.changed("call", fields, frame)
        return "value", [self.kept.keep_always(value) if keep else value, changed]

    def target(self, target: Any, method: str | None) -> Callable[..., Any]:
        if isinstance(target, str):
            if target not in vars(self.answer.module):
                raise NameError(f"name {target!r} is not defined")
            target = vars(self.answer.module)[target]
        found: Callable[..., Any] = getattr(target, method) if method is not None else target
        return found

    def changed(self, kind: str, fields: list[Any], frame: tuple[bytes, bytearray]) -> list[int | str]:
        """Which arguments are no longer what came: those that would not be written in the bytes that came.

        A nan equals itself that way, and shape and dtype count. A generator is there to be changed.
        """
        header, payload = frame
        if self.same_bytes(self.nonce, kind, fields, b"".join((header, payload))):
            return []
        before = self.read(header, payload)[2]
        positions: list[int | str] = [
            at for at, pair in enumerate(zip(fields[2], before[2], strict=True)) if self.differ(*pair)
        ]
        return positions + [name for name in before[3] if self.differ(fields[3].get(name), before[3][name])]

    def same_bytes(self, nonce: int, kind: str, fields: list[Any], original: bytes) -> bool:
        try:
            return wire.encode(nonce, kind, fields, self.kept.known)[wire.PREFIX.size :] == original
        except wire.NotOfTheSet:
            return False

    def differ(self, after: object, before: object) -> bool:
        if isinstance(before, np.random.Generator):
            return False
        return not self.same_bytes(0, "", [after], wire.encode(0, "", [before], self.kept.known)[wire.PREFIX.size :])

    def many(self, fields: list[Any], frame: tuple[bytes, bytearray]) -> Reply:
        target, points, errstate = fields
        function = self.target(target, None)
        with np.errstate(**errstate):
            outcomes = [self.outcome(function, point) for point in points]
        changed = self.some_changed(fields, frame)
        try:
            wire.encode(0, "outcomes", [outcomes], self.kept.keep)
        except wire.NotOfTheSet:
            outcomes = [self.sendable(outcome) for outcome in outcomes]
        return "outcomes", [outcomes, changed]

    def some_changed(self, fields: list[Any], frame: tuple[bytes, bytearray]) -> bool:
        """Whether an argument of any point is no longer what came; generators may be drawn from."""
        if self.same_bytes(self.nonce, "many", fields, b"".join(frame)):
            return False
        before = self.read(*frame)[2][1]
        return any(
            self.differ(*pair)
            for now, was in zip(fields[1], before, strict=True)
            for pair in zip(now, was, strict=True)
        )

    def outcome(self, function: Callable[..., Any], point: tuple[Any, ...]) -> tuple[Any, ...]:
        try:
            return ("value", function(*point))
        except BaseException as error:
            return ("raised", *blame.describe(error, self.files))

    def sendable(self, outcome: tuple[Any, ...]) -> tuple[Any, ...]:
        try:
            wire.encode(0, "outcomes", [[outcome]], self.kept.keep)
        except wire.NotOfTheSet as error:
            return ("unsendable", blame.clean(error.type_name)[:200])
        return outcome

    def get(self, fields: list[Any], frame: object) -> Reply:
        target, attribute = fields
        return "value", [getattr(target, attribute), []]

    def iterate(self, fields: list[Any], frame: object) -> Reply:
        target, at_most = fields
        items: list[Any] = []
        iterator = iter(target)
        while len(items) < at_most:
            try:
                items.append(next(iterator))
            except StopIteration:
                return "items", [items, True]
        return "items", [items, False]

    def stub(self, fields: list[Any], frame: object) -> Reply:
        for name in fields[0]:
            setattr(self.answer.module, name, self.stand_in(name))
        return "value", [None, []]

    def stand_in(self, name: str) -> Callable[..., Any]:
        def stub(*args: object, **kwargs: object) -> object:
            return self.ask(name, args, kwargs)

        stub.__name__ = stub.__qualname__ = name
        return stub

    def ask(self, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
        """The reverse call: the grader answers in the place of a function of the answer."""
        try:
            question = wire.encode(self.nonce, "ask", [name, drawn_from(args), drawn_from(kwargs)], outsiders_refused)
        except wire.NotOfTheSet:
            raise ValueError from None
        with self.turn:
            self.line.sendall(question)
            frame = receive(self.line)
        if frame is None:
            raise SystemExit
        _, kind, fields = self.read(*frame)
        if kind != "told":
            raise ValueError
        return fields[0]

    QUESTIONS: dict[str, Callable[["Interview", list[Any], Any], Reply]] = {  # noqa: RUF012
        "load": load, "call": call, "many": many, "get": get, "iterate": iterate, "stub": stub,
    }  # fmt: skip


def drawn_from(value: Any) -> Any:
    """The value with a number drawn from each generator in its place: no generator leaves a child, and it moves on."""
    if isinstance(value, np.random.Generator):
        return {wire.DRAWN: int(value.integers(2**62))}
    if type(value) in (tuple, list):
        return type(value)(map(drawn_from, value))
    return {key: drawn_from(item) for key, item in value.items()} if type(value) is dict else value
