"""`grader doctor`: which wall this machine can build, found by doing. Knows how it is shown; tries nothing itself."""

import platform
import sys
from typing import TYPE_CHECKING

import click

from grader import __version__
from grader.cli.settings import FAULT, HOLDS, LEVELS, Settings, shared_options
from grader.cli.speech import Command
from grader.i18n import Text, _

if TYPE_CHECKING:
    from grader.report import Page
    from grader.worker.probe import Act

COLUMN = 11
RAISE = (
    _(
        "Debian, Ubuntu: apt-get install bubblewrap libseccomp2. "
        "Ubuntu 24.04 also needs its AppArmor profile for bwrap."
    ),
    _("Docker: a seccomp profile that allows unshare (--security-opt seccomp=…), or podman; not --privileged."),
    _("macOS: there is no better wall than a process; run the grader in a Linux container."),
    _("Windows: run the grader in WSL2 or in a Linux container."),
)


@click.command(
    "doctor",
    cls=Command,
    help=_(
        "Show what this machine can do to keep an answer apart.\n\n"
        "At each level of the wall a harmless program tries what an answer must not do.\n"
        "Send the output along when you report a fault."
    ),
)
@shared_options
@click.pass_obj
def doctor_command(settings: Settings) -> int:
    page = settings.page()
    for line in _machine():
        page.put(page.words(line))
    page.put("")
    tried: dict[str, list[Act]] = {}
    for level in LEVELS:
        says = _try(level, tried)
        page.paragraph(says, 0)
    if not tried:
        return FAULT
    page.put("")
    _table(page, tried)
    with settings.wall() as wall:
        says = _("Answers are judged at the level {level}; a child starts by {start}.")
        page.paragraph(says.format(level=wall.level, start=wall.start_method), 0)
        if wall.level != LEVELS[-1]:
            page.paragraph(_("To raise the level:"), 0)
            for advice in RAISE:
                page.paragraph(advice, 2)
    return HOLDS


def _machine() -> list[str]:
    import numpy

    return [
        f"grader {__version__}",
        f"Python {platform.python_version()}, numpy {numpy.__version__}, {sys.executable}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
    ]


def _try(level: str, tried: "dict[str, list[Act]]") -> Text:
    """Whether the level can be had; what was tried there goes to `tried`."""
    from grader.worker import Fault, LevelMissing
    from grader.worker.probe import probe_level

    try:
        tried[level] = probe_level(level)
    except (LevelMissing, Fault) as problem:
        return _("{level}: cannot be had. {reason}").format(level=level, reason=problem.args[0])
    open_ones = sum(not act.stopped for act in tried[level])
    says = _("{level}: can be had; of {count} acts {open} are open to an answer.")
    return says.format(level=level, count=len(tried[level]), open=open_ones)


def _table(page: "Page", tried: "dict[str, list[Act]]") -> None:
    """What was tried, and at each level how it ended: "open", or what stopped it."""
    from grader.report import crop, pad

    room = page.width - COLUMN * len(tried) - 1
    page.put(" " * room, " ", *(pad(level, COLUMN) for level in tried))
    for acts in zip(*tried.values(), strict=True):
        outcomes = [page.words(act.outcome if act.stopped else _("open")) for act in acts]
        cells = [pad(crop(outcome, COLUMN - 1, page.ellipsis), COLUMN) for outcome in outcomes]
        page.put(pad(crop(page.words(acts[0].tried), room, page.ellipsis), room), " ", *cells)
    page.put("")
