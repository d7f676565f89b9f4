"""What every command is told: the course, the language, the wall it must have; and how a command ends early.

Knows: the options that stand everywhere and the environment. Does not know any command.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grader import __version__
from grader.cli.speech import Option
from grader.i18n import LANGUAGES, Text, Translator, _, choose_language

if TYPE_CHECKING:
    from grader.course import Course
    from grader.report import Page
    from grader.worker import Wall

F = TypeVar("F", bound=Callable[..., Any])

HOLDS, DOES_NOT, UNUSABLE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130
LEVELS = ("process", "confined", "full")
"""As grader.worker has them; repeated so that asking for help starts no worker."""


class Stop(click.ClickException):
    """A command that cannot go on, in one sentence; the text is translated when it is shown."""

    def __init__(self, says: str, code: int = UNUSABLE) -> None:
        super().__init__(says)
        self.says = says
        self.code = code


@dataclass
class Settings:
    """Filled while the command line is read. lang is known before, since even a wrong option is answered in it."""

    lang: str
    folder: Path | None = None
    require: str | None = None
    _course: list["Course"] = field(default_factory=list)

    @property
    def course(self) -> "Course":
        """The course that was named, the bundled one without a name. Raises Stop where it cannot be used."""
        from grader.course import CourseError, load_course

        if not self._course:
            try:
                self._course.append(load_course(self.folder))
            except CourseError as problem:
                # A course that somebody names is input; the one that comes with the program is the program.
                raise Stop(str(problem), UNUSABLE if self.folder else FAULT) from problem
        return self._course[0]

    def translator(self, exercise: str | None = None) -> Translator:
        return self.course.translator(self.lang, exercise)

    def page(self, exercise: str | None = None) -> "Page":
        """Standard output, as lines in the reader's language."""
        from grader.report import Page, make_console

        return Page(make_console(), self.translator(exercise))

    def expect_exercise(self, id: str) -> None:
        """Raises Stop, with a near name, where the course has no such exercise."""
        if id not in self.course.ids:
            raise Stop(unknown_exercise(id, self.course.ids))

    @contextmanager
    def wall(self) -> Iterator["Wall"]:
        """The wall of this run. Raises Stop where the machine has less than is required."""
        from grader.worker import Fault, LevelMissing, open_wall

        level = _from_environment("GRADER_LEVEL", LEVELS)
        start = _from_environment("GRADER_START", ("fork", "fresh"))
        try:
            wall = open_wall(level, start)
        except (LevelMissing, Fault) as problem:
            raise Stop(problem.args[0] if problem.args else str(problem), FAULT) from problem
        with wall:
            if self.require and LEVELS.index(wall.level) < LEVELS.index(self.require):
                says = _("The level {require} is required; this machine can do {level}. More: grader doctor")
                raise Stop(says.format(require=self.require, level=wall.level), FAULT)
            yield wall


def unknown_exercise(id: str, known: tuple[str, ...]) -> Text:
    from difflib import get_close_matches

    near = get_close_matches(id.lower(), known, 1)
    if near:
        says = _('There is no exercise "{id}". Did you mean "{near}"? All: grader list')
        return says.format(id=id, near=near[0])
    return _('There is no exercise "{id}". All: grader list').format(id=id)


def language_of(arguments: list[str]) -> str:
    """The language asked for anywhere on the command line, else the locale's."""
    asked = None
    for k, argument in enumerate(arguments):
        if argument == "--lang" and k + 1 < len(arguments):
            asked = arguments[k + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return choose_language(asked if asked in LANGUAGES else None, os.environ)


def shared_options(command: F) -> F:
    """The options that stand everywhere, before the command's name or after it."""
    options = [
        click.option("--course", cls=Option, type=click.Path(path_type=Path), metavar="DIR", expose_value=False,
                     callback=_keep("folder"), help=_("Use the course in this folder.")),
        click.option("--lang", cls=Option, type=click.Choice(LANGUAGES), expose_value=False, callback=_keep("lang"),
                     help=_("Speak this language; else the locale's.")),
        click.option("--require", cls=Option, type=click.Choice(LEVELS), expose_value=False,
                     callback=_keep("require"), help=_("Go on only behind a wall of this level.")),
        click.option("--version", cls=Option, is_flag=True, is_eager=True, expose_value=False, callback=_version,
                     help=_("Show the version and end.")),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(context: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value is not None:
            setattr(context.ensure_object(Settings), name, value)

    return keep


def _version(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"grader {__version__}")
        context.exit()


def _from_environment(name: str, known: tuple[str, ...]) -> str | None:
    value = os.environ.get(name)
    if value and value not in known:
        says = _('{name} is "{value}" in the environment; there are: {known}.')
        raise Stop(says.format(name=name, value=value, known=", ".join(known)))
    return value or None
