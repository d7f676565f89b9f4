"""What an answer could do on this machine at a level, found by trying: a child tries, on marks made for it.

Knows: the list of acts, and what their outcomes mean. Does not know how a layer stops one.
"""

import contextlib
import os
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.i18n import Text, _
from grader.wire import Part
from grader.worker import acts
from grader.worker.errors import CallFailed, OutOfMemory
from grader.worker.levels import open_wall
from grader.worker.limits import Account, Limits

MEMORY = 256 << 20


@dataclass(frozen=True)
class Act:
    """One thing that was tried. outcome: done, the name of an errno or exception, or how the child ended."""

    name: str
    tried: Text
    outcome: str
    stopped: bool
    meaning: Text


@dataclass(frozen=True)
class _Marks:
    """Things of this machine that a child may try to reach; made for the purpose, and taken away again."""

    secret: str
    folder: str
    port: int
    abstract: str
    process: int


def probe_level(level: str) -> list[Act]:
    """Try every act at this level. Raises LevelMissing where the machine cannot do it, and Fault."""
    with _marks() as marks, open_wall(level) as wall:
        found = []
        for name, tried, arguments in _listed(marks):
            with wall.answer(Account(Limits(memory=MEMORY))) as child:
                try:
                    child.load([Part("", acts.SOURCE)], "answer")
                    outcome = str(child.call("attempt", (name, *arguments)).value)[:40]
                except OutOfMemory:
                    outcome = "MemoryError"
                except CallFailed as error:
                    outcome = type(error).__name__
            found.append(Act(name, tried, outcome, outcome != "done", _meaning(outcome)))
        return found


def _meaning(outcome: str) -> Text:
    if outcome == "done":
        return _("An answer can do this at this level.")
    if outcome == "ENOSYS":
        return _("This kernel does not have it; an answer cannot do it.")
    if outcome in ("ENOENT", "ESRCH", "ECONNREFUSED", "ENETUNREACH", "ModuleNotFoundError"):
        return _("It does not exist behind the wall; an answer cannot do it.")
    return _("It is refused; an answer cannot do it.")


def _listed(marks: _Marks) -> list[tuple[str, Text, tuple[Any, ...]]]:
    return [
        ("read_file", _("Read a file of the grader's user."), (marks.secret,)),
        ("list_home", _("List the home folder."), ()),
        ("create_file", _("Create a file in a folder that is open to all."), (marks.folder,)),
        ("create_in_shared_memory", _("Create a file in shared memory."), ()),
        ("change_mode", _("Change the mode of a file."), (marks.secret,)),
        ("fork", _("Start a process."), ()),
        ("run_program", _("Run a program."), ()),
        ("signal_template", _("Send a signal to the process that starts answers."), ()),
        ("signal_other", _("Send a signal to another process."), (marks.process,)),
        ("read_memory_of_template", _("Read the memory of the process that starts answers."), ()),
        ("read_environment_of_other", _("Read the environment of another process."), (marks.process,)),
        ("trace_other", _("Trace another process."), (marks.process,)),
        ("connect_by_tcp", _("Connect to a port by TCP."), (marks.port,)),
        ("send_by_udp", _("Send a datagram by UDP."), ()),
        ("connect_to_abstract_socket", _("Connect to an abstract socket."), (marks.abstract,)),
        ("netlink", _("Open a netlink socket."), ()),
        ("memory_file", _("Make a file in memory."), ()),
        ("shared_segment", _("Make a segment of shared memory that outlives the answer."), ()),
        ("new_namespace", _("Enter a new user namespace."), ()),
        ("io_uring", _("Make system calls by io_uring."), ()),
        ("mount", _("Mount a file system."), (marks.folder,)),
        ("become_root", _("Become root."), ()),
        ("outlive", _("Leave a process that outlives the answer."), ()),
        ("import_other_package", _("Import a package beside numpy."), ()),
        ("allocate", _("Use twice the memory that is allowed."), (2 * MEMORY,)),
    ]


@contextlib.contextmanager
def _marks() -> Iterator[_Marks]:
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="grader-probe-"))
        secret = os.path.join(folder, "secret")
        with open(secret, "w", encoding="ascii") as file:
            file.write("a mark of the probe\n")
        for path, mode in ((secret, 0o644), (folder, 0o777)):
            os.chmod(path, mode)
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        name = f"grader-probe-{os.getpid()}"
        abstract = stack.enter_context(socket.socket(socket.AF_UNIX))
        abstract.bind(f"\0{name}")
        abstract.listen()
        process = subprocess.Popen(["sleep", "600"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        stack.callback(process.wait)
        stack.callback(process.kill)
        yield _Marks(secret, folder, listening.getsockname()[1], name, process.pid)
