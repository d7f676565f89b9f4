"""The template: a warm interpreter that forks a child for each answer and buries it.

Knows: the control socket, its configuration, its children. Does not know: any answer. A source goes over
the child's own socket, so that no answer can find an earlier one in inherited memory.

Records on the control socket have one size, both ways: a verb and three numbers.
    f memory cpu descriptors (+ answer socket, output pipe)  ->  f pid - - (+ pidfd)     or  e errno - -
    r pid - -                                                ->  r status microseconds peak
"""

import array
import contextlib
import fcntl
import gc
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from grader import wire
from grader.worker.child import imports, life, warm
from grader.worker.child.layers import ground

RECORD = struct.Struct("<cqqq")


@dataclass(frozen=True)
class Configuration:
    """What the grader decided once for all children of this template."""

    layers: tuple[str, ...]  # beyond those of the level `process`
    files: tuple[str, ...]  # what may be read, for Landlock
    filter: bytes  # system calls that are allowed, as BPF
    uid: int  # the spare uid; 0: stay who we are
    processes: int  # RLIMIT_NPROC; 0: none


@dataclass(frozen=True)
class Request:
    verb: bytes
    numbers: tuple[int, int, int]
    descriptors: tuple[int, ...]


def run(descriptor: int, fork: bool, library: Sequence[str]) -> NoReturn:
    """The whole life of the process. `fork` is False: it becomes the one child. `library`: what stays on sys.path."""
    control = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=_above_the_childs(descriptor))
    parent = os.getppid()
    warm.up(everything=fork)
    sys.path[:] = library
    configuration = _read_configuration(control)
    ground.prepare(configuration.layers, configuration.files)
    before, after = ground.layers(configuration.layers, configuration.filter, configuration.uid)
    plan = life.Plan(configuration.processes, ground.size(), before, after)
    imports.forget()
    gc.collect()
    gc.freeze()
    threads = len(os.listdir("/proc/self/task")) if sys.platform == "linux" else 1
    control.sendall(RECORD.pack(b"w", os.getpid(), threads, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
    if fork:
        _fork_until_the_end(control, plan)
    else:
        _become_the_child(control, plan, parent)
    os._exit(0)


def _above_the_childs(descriptor: int) -> int:
    """The control socket at a number that is none of a child's, so that arranging those cannot overwrite it."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return moved


def _read_configuration(control: socket.socket) -> Configuration:
    size = control.recv(4, socket.MSG_WAITALL)
    if len(size) < 4:
        os._exit(0)
    (length,) = struct.unpack("<I", size)
    frame = control.recv(length, socket.MSG_WAITALL)
    header = wire.PREFIX.size + wire.PREFIX.unpack_from(frame)[0]
    _, _, fields = wire.decode(frame[wire.PREFIX.size : header], bytearray(frame[header:]))
    return Configuration(*fields)


def _receive(control: socket.socket) -> Request | None:
    """The next request; None when the grader is gone."""
    data, descriptors, _flags, _address = socket.recv_fds(control, RECORD.size, 2)
    if len(data) != RECORD.size:
        return None
    verb, *numbers = RECORD.unpack(data)
    return Request(verb, (numbers[0], numbers[1], numbers[2]), tuple(descriptors))


def _fork_until_the_end(control: socket.socket, plan: life.Plan) -> None:
    living: set[int] = set()
    while request := _receive(control):
        if request.verb == b"f":
            _fork(control, plan, request, living)
        elif request.verb == b"r":
            _bury(control, request.numbers[0], living)
    _kill_all_but(set())


def _fork(control: socket.socket, plan: life.Plan, request: Request, living: set[int]) -> None:
    template = os.getpid()
    try:
        pid = os.fork()
    except OSError as error:
        control.sendall(RECORD.pack(b"e", error.errno or 0, 0, 0))
        pid = -1
    if pid == 0:
        life.live(plan, request.descriptors, request.numbers, template)
    for descriptor in request.descriptors:
        os.close(descriptor)
    if pid > 0:
        living.add(pid)
        _hand_over(control, pid)


def _hand_over(control: socket.socket, pid: int) -> None:
    """Tell the grader who the child is, by a descriptor that names this process and can name no other."""
    record = RECORD.pack(b"f", pid, 0, 0)
    if not hasattr(os, "pidfd_open"):
        control.sendall(record)
        return
    descriptor = os.pidfd_open(pid)
    control.sendmsg([record], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [descriptor]))])
    os.close(descriptor)


def _bury(control: socket.socket, pid: int, living: set[int]) -> None:
    """Kill and reap the child, tell what it used, and end whatever it left behind."""
    if pid not in living:
        control.sendall(RECORD.pack(b"e", 0, 0, 0))
        return
    # The whole group at once, which a bomb of processes cannot outrun. Where that is refused, because the child has
    # another uid, the grader has killed the child itself before it asked.
    with contextlib.suppress(PermissionError, ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    living.discard(pid)
    _kill_all_but(living)
    control.sendall(RECORD.pack(b"r", status, round(1e6 * (usage.ru_utime + usage.ru_stime)), usage.ru_maxrss))


def _kill_all_but(living: set[int]) -> None:
    """The template is the subreaper: daemons of a dead child have become its own children."""
    while strays := _children() - living:
        for pid in strays:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children() -> set[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children", "rb") as file:
            return {int(pid) for pid in file.read().split()}
    except OSError:  # a kernel without CONFIG_PROC_CHILDREN, or no Linux
        return set()


def _become_the_child(control: socket.socket, plan: life.Plan, parent: int) -> None:
    """No fork: the answer gets this very interpreter, and the grader buries it by itself."""
    request = _receive(control)
    if request:
        _hand_over(control, os.getpid())
        life.live(plan, request.descriptors, request.numbers, parent)
