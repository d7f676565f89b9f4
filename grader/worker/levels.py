"""The levels of the wall, and which of them this machine can do: found by doing.

Knows what each level is made of. Does not know how a layer works.
"""

import os
import sys

from grader.i18n import _
from grader.worker.errors import LevelMissing
from grader.worker.template import Build
from grader.worker.wall import Wall

LEVELS = ("process", "confined", "full")


def open_wall(level: str | None = None, start: str | None = None) -> Wall:
    """A wall at the level, or at the highest that this machine can do; raises LevelMissing and Fault."""
    fork = start != "fresh" and sys.platform == "linux"
    if level not in (None, "process"):
        raise LevelMissing(_("This machine cannot do the level {level}.").format(level=level))
    return Wall("process", Build(processes=_processes()), fork)


def _processes() -> int:
    """For RLIMIT_NPROC: what this user has, and 64. It counts all processes of a user, and nothing for root."""
    if os.getuid() == 0 or sys.platform != "linux":
        return 0
    mine = [entry for entry in os.scandir("/proc") if entry.name.isdigit() and entry.stat().st_uid == os.getuid()]
    return len(mine) + 64
