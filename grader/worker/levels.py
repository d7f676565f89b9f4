"""The levels of the wall, and which of them this machine can do: found by doing.

Knows what each level is made of. Does not know how a layer works.
"""

import os
import sys

from grader.i18n import _
from grader.worker import bubblewrap, readable, spare
from grader.worker.template import Build, interpreter
from grader.worker.wall import Wall

LEVELS = ("process", "confined", "full")


def open_wall(level: str | None = None, start: str | None = None) -> Wall:
    """A wall at that level, or at the highest that this machine can do.

    Without a level it returns while the first template is still warming up; what goes wrong is told at the first use.
    With one it waits, and raises LevelMissing where the machine cannot do exactly this level.
    start: "fork" from a warm template, or "fresh", a new interpreter for each answer; None chooses.
    """
    if level is not None and level not in LEVELS:
        raise ValueError(
            _('There is no level "{level}". Those that there are: {known}.').format(
                level=level, known=", ".join(LEVELS)
            )
        )
    if start not in (None, "fork", "fresh"):
        raise ValueError(
            _('There is no way to start "{start}". Those that there are: fork, fresh.').format(start=start)
        )
    linux = sys.platform == "linux"
    wanted = [level] if level else [name for name in reversed(LEVELS) if linux or name == "process"]
    wall = Wall(
        [(name, build) for name in wanted for build in builds(name)], fork=start == "fork" or (start is None and linux)
    )
    if level:
        wall.settle()
    return wall


def builds(level: str) -> list[Build | str]:
    """How a template of this level is made, the better way first, or why it cannot be."""
    root = os.getuid() == 0 and sys.platform == "linux"
    identity = ("identity",) if root else ()
    uid = spare.uid() if root else 0
    if level == "process":
        # Root in a container may not be allowed to become another uid: this level then does without.
        walled = [Build(identity, uid=uid, processes=spare.MARGIN)] if root else []
        return [*walled, Build(processes=spare.processes_allowed())]
    if sys.platform != "linux":
        return ["Linux alone has these layers"]
    if level == "full" and not bubblewrap.found():
        return ["bubblewrap is not installed"]
    around = bubblewrap.command(interpreter()) if level == "full" else ()
    return [Build((*identity, "landlock", "seccomp"), readable.files(), uid, around=around)]
