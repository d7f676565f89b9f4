"""The template as the grader sees it: a process that is started, asked for children, and not trusted.

Knows: how to start an interpreter, the control socket. Does not know: answers, levels. Every wait has a deadline.
"""

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np

from grader import wire
from grader.i18n import _
from grader.worker import filter
from grader.worker.errors import Fault

START, REPLY = 60.0, 20.0  # seconds; on a machine under sixteenfold load an interpreter with numpy takes four
# No site (other packages, and code that they run at start), no user's folder, no folder of the script, no .pyc written.
FLAGS = ("-S", "-s", "-P", "-B")
RECORD = struct.Struct("<cqqq")
BOOT = Path(__file__).parent / "child" / "__main__.py"
# One thread for OpenBLAS, because a fork takes only one along; a fixed hash seed, because the order of sets shows in
# results. Everything else of the grader's environment stays outside.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
}


class Gone(Exception):
    """The template does not answer, or not as one should. It may be started anew."""


class ForkRefused(Exception):
    """The system has no process to give just now."""


@dataclass(frozen=True)
class Build:
    """How the templates of one level are made: the keys of the configuration, and what the interpreter runs in."""

    layers: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    uid: int = 0
    processes: int = 0
    around: tuple[str, ...] = ()  # a command before the interpreter's: bubblewrap

    def configuration(self) -> bytes:
        program = filter.program() if "seccomp" in self.layers else b""
        data = wire.encode(0, "configuration", [self.layers, self.files, program, self.uid, self.processes])
        return struct.pack("<I", len(data)) + data


@dataclass(frozen=True)
class Remains:
    """What a dead child used: wait status, CPU seconds, peak resident size in bytes."""

    status: int | None
    cpu: float
    peak: int


@dataclass(frozen=True)
class Spawned:
    pid: int
    pidfd: int | None = field(repr=False)


def interpreter() -> str:
    """The interpreter itself and not a virtual environment's link to it: its packages are not for answers."""
    return os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)


def package_folders() -> tuple[str, ...]:
    """Where numpy and msgspec are, each once."""
    found = (Path(module.__file__ or "").resolve().parents[1] for module in (np, msgspec))
    return tuple(dict.fromkeys(str(folder) for folder in found))


class Template:
    """One template process. Starts in the constructor without waiting; `ready` waits."""

    def __init__(self, build: Build, fork: bool) -> None:
        self._fork = fork
        self._control, theirs = socket.socketpair()
        self._warm = False
        self.floor = 0  # bytes that are resident before any answer comes
        number = theirs.fileno()
        start = "fork" if fork else "fresh"
        command = [*build.around, interpreter(), *FLAGS, str(BOOT), str(number), start, *package_folders()]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=ENVIRONMENT,
                cwd="/",
                pass_fds=[number],
                start_new_session=True,
            )
        except OSError as error:
            self._control.close()
            raise Fault(
                _("The interpreter for answers does not start: {reason}.").format(reason=error.strerror or "")
            ) from None
        finally:
            theirs.close()
        self._configure(build)

    def _configure(self, build: Build) -> None:
        """Sent while the interpreter is starting: the filter is built in the meantime."""
        try:
            self._control.sendall(build.configuration())
        except OSError:  # it has ended already; the first question finds out
            return
        except filter.NoFilter as error:
            self.end()
            raise Gone(str(error)) from None

    def ready(self) -> None:
        """Wait until the template is warm."""
        if self._warm:
            return
        self._control.settimeout(START)
        _pid, threads, kibibytes = self._read(b"w", [])
        if threads != 1:
            raise Gone(f"{threads} threads before the first fork")
        self._control.settimeout(REPLY)
        self.floor = kibibytes * 1024
        self._warm = True

    def spawn(self, ends: tuple[int, int], memory: int, cpu: int, descriptors: int) -> Spawned:
        """A new child that holds these ends of an answer socket and an output pipe."""
        self.ready()
        received: list[int] = []
        try:
            socket.send_fds(self._control, [RECORD.pack(b"f", memory, cpu, descriptors)], list(ends))
            pid = self._read(b"f", received)[0]
        except OSError as error:
            raise Gone(str(error)) from None
        return Spawned(pid, received[0] if received else None)

    def bury(self, pid: int) -> Remains:
        """Kill and reap that child. In a template that is the child itself, this is its own end."""
        if not self._fork:
            return self.end()
        try:
            self._control.sendall(RECORD.pack(b"r", pid, 0, 0))
        except OSError as error:
            raise Gone(str(error)) from None
        status, microseconds, kibibytes = self._read(b"r", [])
        return Remains(status, microseconds / 1e6, kibibytes * 1024)

    def _read(self, verb: bytes, received: list[int]) -> tuple[int, int, int]:
        try:
            data, descriptors, _flags, _address = socket.recv_fds(self._control, RECORD.size, 1)
        except TimeoutError:
            raise Gone("it did not answer in time") from None
        except OSError:
            raise Gone(self._last_words()) from None
        received += descriptors
        if len(data) != RECORD.size:
            raise Gone(self._last_words())
        said, first, second, third = RECORD.unpack(data)
        if said == b"e" and verb == b"f":
            raise ForkRefused(os.strerror(first))
        if said != verb:
            raise Gone("a record that was not asked for")
        return first, second, third

    def _last_words(self) -> str:
        """The last line that the dying template or bubblewrap wrote, for the one sentence of a fault."""
        assert self._process.stderr
        os.set_blocking(self._process.stderr.fileno(), False)
        words = (self._process.stderr.read() or b"").decode("utf-8", "replace").strip().splitlines()
        return words[-1][:300] if words else "it ended without a word"

    def end(self) -> Remains:
        """Kill the whole group and reap it; may be called twice."""
        self._control.close()
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            _, status, usage = os.wait4(self._process.pid, 0)
            self._process.returncode = os.waitstatus_to_exitcode(status)
            self._remains = Remains(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
        if self._process.stderr:
            self._process.stderr.close()
        return self._remains

    @property
    def pid(self) -> int:
        return self._process.pid
