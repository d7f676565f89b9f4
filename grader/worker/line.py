"""One poll loop between the grader and one child: a frame out, a frame in, within a deadline.

Knows: the child's socket, its output pipe, its pidfd, lengths and clocks. Does not know: what a frame says.
Reads nothing before its length is known to be allowed, and grows its buffer only as data come.
"""

import contextlib
import os
import select
import signal
import socket
import time

from grader import wire
from grader.worker.errors import Flood, Protocol, Timeout
from grader.worker.limits import Limits
from grader.worker.printed import Printed

CHUNK = 1 << 16
_ENDED = select.POLLHUP | select.POLLERR | select.POLLNVAL


class HungUp(Exception):
    """The other end is gone. Why, only the child's burial can tell."""


class Line:
    """The grader's ends of one child. `close` closes them all and is for everybody who is done with the child."""

    def __init__(self, answer: socket.socket, output: int, pidfd: int | None, limits: Limits) -> None:
        answer.setblocking(False)
        os.set_blocking(output, False)
        self._answer = answer
        self._output = output
        self._pidfd = pidfd
        self._limits = limits
        self._incoming = bytearray()
        self._waited = 0.0
        self.printed = Printed(limits.kept)
        self._poll = select.poll()
        self._poll.register(answer, select.POLLIN)
        self._poll.register(output, select.POLLIN)
        if pidfd is not None:
            self._poll.register(pidfd, select.POLLIN)

    def exchange(self, frame: bytes, seconds: float, what: str) -> tuple[bytes, bytearray]:
        """Send a frame, and return (header, payload) of the next one that comes. Raises Timeout, Flood or HungUp.

        The deadline is the whole message's, in both directions: one byte a second is as late as none.
        """
        start = time.monotonic()
        end = start + seconds
        stretched = False
        unsent = memoryview(frame)
        unsent = self._send(unsent)
        while not (unsent.nbytes == 0 and self._complete()):
            left = end - time.monotonic()
            if left <= 0:
                if stretched or not self._was_starved(time.monotonic() - start):
                    self._waited += time.monotonic() - start
                    raise Timeout(seconds, what)
                stretched, end = True, end + seconds
                continue
            unsent = self._step(unsent, left)
        self._waited += time.monotonic() - start
        return self._take()

    def _step(self, unsent: memoryview, seconds: float) -> memoryview:
        """Wait until something happens, and deal with it."""
        if unsent.nbytes:
            self._poll.modify(self._answer, select.POLLIN | select.POLLOUT)
        ready = dict(self._poll.poll(seconds * 1000 + 1))
        if unsent.nbytes:
            self._poll.modify(self._answer, select.POLLIN)
        if self._output in ready:
            self._listen(ready[self._output])
        events = ready.get(self._answer.fileno(), 0)
        if events & select.POLLOUT:
            unsent = self._send(unsent)
        if events & (select.POLLIN | _ENDED):
            self._receive()
        elif self._pidfd in ready:
            raise HungUp
        return unsent

    def _send(self, unsent: memoryview) -> memoryview:
        try:
            return unsent[self._answer.send(unsent) :] if unsent.nbytes else unsent
        except BlockingIOError:
            return unsent
        except OSError:
            raise HungUp from None

    def _receive(self) -> None:
        try:
            data = self._answer.recv(CHUNK << 2 if self._missing() > CHUNK else CHUNK)
        except BlockingIOError:
            return
        except OSError:
            raise HungUp from None
        if not data:
            raise HungUp
        self._incoming += data

    def _missing(self) -> int:
        """How many bytes the frame under way still lacks; its lengths are judged as soon as they are known."""
        have = len(self._incoming)
        if have < wire.PREFIX.size:
            return wire.PREFIX.size - have
        header, payload = wire.PREFIX.unpack_from(self._incoming)
        if header > self._limits.header or payload > self._limits.reply:
            raise Flood("reply")
        return int(wire.PREFIX.size + header + payload - have)

    def _complete(self) -> bool:
        return len(self._incoming) >= wire.PREFIX.size and self._missing() <= 0

    def _take(self) -> tuple[bytes, bytearray]:
        incoming = self._incoming
        header, payload = wire.PREFIX.unpack_from(incoming)
        middle = wire.PREFIX.size + header
        if len(incoming) > middle + payload:
            raise Protocol("more than one reply", forged=True)
        self._incoming = bytearray()
        return bytes(incoming[wire.PREFIX.size : middle]), incoming[middle:]

    def _listen(self, events: int) -> None:
        """Take what was printed. Somebody must, or an honest answer that prints much would wait for ever."""
        try:
            data = os.read(self._output, CHUNK)
        except BlockingIOError:
            return
        if not data:
            self._poll.unregister(self._output)
            return
        self.printed.add(data)
        if self.printed.size > self._limits.printed:
            raise Flood("printed")

    def drain(self) -> None:
        """What is still in the pipe when nothing more is asked; at most what may be printed at all."""
        with contextlib.suppress(BlockingIOError):
            while self.printed.size <= self._limits.printed and (data := os.read(self._output, CHUNK)):
                self.printed.add(data)

    def _was_starved(self, seconds: float) -> bool:
        """Whether the machine, not the answer, was slow: the child had less than half of the time as CPU time.

        An answer that sleeps looks the same; it is cut at twice the limit.
        """
        used = self._cpu_seconds()
        return used is not None and used < (self._waited + seconds) / 2

    def _cpu_seconds(self) -> float | None:
        try:
            with open(f"/proc/{self._pid()}/stat", encoding="utf-8", errors="replace") as file:
                numbers = file.read().rpartition(")")[2].split()
        except (OSError, StopIteration):
            return None
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")

    def _pid(self) -> int:
        """The number that the child has here, which in a namespace is not the one that its template knows.

        Only a living process has one above 1; a dead one's would be -1, and signals to that go to everybody.
        """
        with open(f"/proc/self/fdinfo/{self._pidfd}", encoding="ascii") as file:
            pid = int(next(line.split()[1] for line in file if line.startswith("Pid:")))
        if pid <= 1:
            raise ProcessLookupError
        return pid

    def has_ended(self, patience: float) -> bool:
        """Whether the process is dead, or dies within so many seconds."""
        if self._pidfd is None:
            return True
        waiting = select.poll()
        waiting.register(self._pidfd, select.POLLIN)
        return bool(waiting.poll(patience * 1000))

    def kill(self) -> None:
        """The child, and with it its whole process group at once: a bomb of processes cannot outrun that."""
        if self._pidfd is None:
            return
        with contextlib.suppress(OSError, StopIteration):
            os.killpg(self._pid(), signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def close(self) -> None:
        self._answer.close()
        os.close(self._output)
        if self._pidfd is not None:
            os.close(self._pidfd)
