"""The wall: one template and the children that come from it, at one level.

Knows: levels by name, how to replace a dead template. Does not know: what a level is made of, what answers are asked.
A wall belongs to the thread that opened it: children die with that thread, not only with the process.
"""

import os
import socket
import time
from collections.abc import Callable, Iterable
from types import TracebackType

from grader import wire
from grader.i18n import _
from grader.worker import proof
from grader.worker.conversation import Child
from grader.worker.errors import CallFailed, Fault, LevelMissing
from grader.worker.limits import Account
from grader.worker.line import HungUp, Line
from grader.worker.template import Build, ForkRefused, Gone, Remains, Template

ATTEMPTS_TO_FORK, PAUSE = 3, 0.05


class Wall:
    """A context manager; leaving it ends everything that it started."""

    def __init__(self, candidates: Iterable[tuple[str, Build | str]], fork: bool) -> None:
        """candidates: levels from the best down, each with its build or the reason why it cannot be built here."""
        self.start_method = "fork" if fork else "fresh"
        self.reasons: dict[str, str] = {}  # why a better level was not taken
        self._candidates = iter(candidates)
        self._trying: tuple[str, Build] | None = None
        self._fork = fork
        self._template: Template | None = None
        self._closed = False
        self._level: str | None = None
        self._next()
        if self._trying and fork:
            self._attempt(self._start)

    @property
    def level(self) -> str:
        """What this wall is; never changes once it is known."""
        return self.settle()

    def settle(self) -> str:
        """Try the candidates from the best down, each with a child that tries to break out, and stay with the first."""
        while self._level is None:
            if self._trying is None:
                self.close()
                level, reason = list(self.reasons.items())[-1]
                raise LevelMissing(
                    _("This machine cannot do the level {level}: {reason}.").format(level=level, reason=reason)
                )
            # Twice, because a machine that is very busy is no reason for a lower level.
            if self._attempt(self._prove) and self._attempt(self._prove):
                self._next()
        return self._level

    def _next(self) -> None:
        """Go on to the next candidate that can be built here, if there is one."""
        self._trying = None
        for level, build in self._candidates:
            if isinstance(build, Build):
                self._trying = level, build
                return
            self.reasons[level] = build

    def _attempt(self, act: Callable[[], object]) -> bool:
        """Whether the act failed; the reason is kept, and the template is not."""
        assert self._trying
        try:
            act()
        except (Gone, Fault) as error:
            self.reasons[self._trying[0]] = str(error)
            self._discard()
            return True
        self.reasons.pop(self._trying[0], None)
        return False

    def _prove(self) -> None:
        assert self._trying
        level, _build = self._trying
        with self._new_child(Account()) as child:
            gap = proof.gap(child, level)
        if gap:
            raise Gone(gap)
        self._level = level

    def _start(self) -> Template:
        assert self._trying
        template = Template(self._trying[1], self._fork)
        if self._fork:
            self._template = template
        return template

    def answer(self, account: Account) -> Child:
        """A new child. A template that died is replaced once: what an answer does to it costs the next one nothing."""
        if self._closed:
            raise Fault(_("The wall is closed."))
        self.settle()
        try:
            return self._new_child(account)
        except Gone:
            self._discard()
        try:
            return self._new_child(account)
        except Gone as error:
            self._discard()
            raise Fault(
                _("The process that starts answers died twice in a row ({reason}).").format(reason=str(error))
            ) from None

    def close(self) -> None:
        """Kill and reap all; may be called twice."""
        self._closed = True
        self._discard()

    def __enter__(self) -> "Wall":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def _discard(self) -> None:
        if self._template is not None:
            self._template.end()
            self._template = None

    def _new_child(self, account: Account) -> Child:
        template = self._template or self._start()
        try:
            return self._fork_child(template, account)
        except BaseException:
            if not self._fork:  # this template was for one answer alone
                template.end()
            raise

    def _fork_child(self, template: Template, account: Account) -> Child:
        for attempt in range(ATTEMPTS_TO_FORK):
            try:
                return self._spawn(template, account)
            except ForkRefused as error:
                reason = str(error)
                time.sleep(PAUSE if attempt + 1 < ATTEMPTS_TO_FORK else 0)
        raise Fault(_("The system starts no more processes ({reason}).").format(reason=reason))

    def _spawn(self, template: Template, account: Account) -> Child:
        limits = account.limits
        try:
            ours, theirs = socket.socketpair()
            reading, writing = os.pipe()
        except OSError as error:
            raise Fault(
                _("The grader has no descriptors left ({reason}).").format(reason=error.strerror or "")
            ) from None
        try:
            ends = (theirs.fileno(), writing)
            spawned = template.spawn(ends, limits.memory, account.cpu_seconds_left(), limits.descriptors)
        except BaseException:
            ours.close()
            os.close(reading)
            raise
        finally:
            theirs.close()
            os.close(writing)
        line = Line(ours, reading, spawned.pidfd, limits)
        child = Child(line, account, lambda: self._bury(template, spawned.pid), template.floor)
        _await_ready(line, child)
        return child

    def _bury(self, template: Template, pid: int) -> Remains:
        try:
            return template.bury(pid)
        except Gone:
            if template is self._template:
                self._discard()
            raise


def _await_ready(line: Line, child: Child) -> None:
    """The child's first frame says that all its layers are on. No answer's code has run yet, so it can be believed."""
    try:
        _nonce, kind, fields = wire.decode(*line.exchange(b"", 20.0, "start"))
    except (HungUp, CallFailed, wire.WireError) as error:
        child.close()
        raise Gone(f"a child ended before it was ready: {child.printed[-300:].strip() or error}") from None
    if kind != "ready":
        child.close()
        raise Fault(_("A layer of the wall failed: {reason}.").format(reason=str(fields[0])))
