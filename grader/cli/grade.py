"""`grader grade`: a class is judged and kept. Knows folders and how a run is told; does not know how one is judged."""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.output import put_json
from grader.cli.settings import FAULT, HOLDS, UNUSABLE, Settings, Stop, shared_options
from grader.cli.speech import Command, Option, tell_error
from grader.i18n import _

if TYPE_CHECKING:
    from grader.grading import Result, ResultsFile
    from grader.submissions import ClassFolder


@click.command(
    "grade",
    cls=Command,
    help=_(
        "Judge a class and show a table.\n\n"
        "A class is a folder with a folder for each student: CLASS/aiko/{exercise}.py.\n\n"
        "grader grade CLASS --out results           judge all, keep the results there\n"
        "grader grade CLASS --out results           again: only what is new or changed\n"
        "grader grade CLASS --out results --again   judge all anew, with a new draw\n\n"
        "Exit code 0 says that something was judged, whatever its marks."
    ),
)
@click.argument("folder", metavar="CLASS", type=click.Path(path_type=Path))
@click.option("--out", cls=Option, required=True, metavar="DIR", type=click.Path(path_type=Path),
              help=_("Keep the results in this folder."))  # fmt: skip
@click.option("--seed", cls=Option, type=click.IntRange(0), metavar="N", help=_("Draw the questions from this seed."))
@click.option("--again", cls=Option, is_flag=True, help=_("Judge what was judged already as well."))
@click.option("--json", "as_json", cls=Option, is_flag=True, help=_("Write one Result a line in place of the table."))
@shared_options
@click.pass_obj
def grade_command(settings: Settings, folder: Path, out: Path, seed: int | None, again: bool, as_json: bool) -> int:
    from grader.grading import judge_class

    answers = _class_in(settings, folder)
    results = _open(out, answers)
    with settings.wall() as wall:
        if again:
            results.forget()
        drawn = seed if seed is not None else results.seed if results.seed is not None and not again else None
        drawn = secrets.randbelow(10**6) if drawn is None else drawn
        judged = judge_class(answers, settings.course, wall, seed=drawn, lang=settings.lang, results=results)
        try:
            with _telling(settings, len(answers.items)) as tell:
                for (_student, path), result in zip(answers.items, judged, strict=True):
                    tell(answers.name_of(path), result)
        except OSError as problem:
            says = _("{path} cannot be written ({reason}); what was judged before is kept.")
            raise Stop(says.format(path=results.path, reason=problem.strerror)) from problem
        except KeyboardInterrupt:
            tell_error(_("{count} answers are judged and kept; the same command goes on.").format(
                count=len(results.done)), settings.lang)  # fmt: skip
            raise
        level = wall.level
    return _tell_all(settings, results, as_json, level, drawn)


def _class_in(settings: Settings, folder: Path) -> "ClassFolder":
    """The answers of a class. Raises Stop where there is none."""
    from grader.submissions import read_class

    try:
        found = read_class(folder, settings.course.ids)
    except NotADirectoryError as problem:
        raise Stop(_("{path} is a file; a class is a folder. For one answer: grader check {path}").format(
            path=folder)) from problem  # fmt: skip
    except OSError as problem:
        raise Stop(_("{path} cannot be read ({reason}).").format(path=folder, reason=problem.strerror)) from problem
    for path, reason in found.ignored:
        tell_error(_("passed over: {path}: {reason}").format(path=path, reason=reason), settings.lang)
    if not found.items:
        says = _(
            "There is no answer in {folder}. A class is a folder with a folder for each student, "
            "as {folder}/aiko/{exercise}.py."
        )
        raise Stop(says.format(folder=folder, exercise=settings.course.ids[0]))
    return found


def _open(out: Path, answers: "ClassFolder") -> "ResultsFile":
    from grader.grading import NotOurFolder, open_results

    try:
        return open_results(out, [answers.name_of(path) for _student, path in answers.items])
    except NotOurFolder as problem:
        raise Stop(problem.says) from problem
    except OSError as problem:
        raise Stop(_("{path} cannot be written ({reason}).").format(path=out, reason=problem.strerror)) from problem


class _Lines:
    """How far the run is, a line an answer: for a log. Answers whose results stand are not told."""

    def __init__(self, settings: Settings, total: int) -> None:
        self._settings, self._total, self._number = settings, total, 0

    def __call__(self, shown_as: str, result: "Result | None") -> None:
        self._number += 1
        if result is not None:
            line = f"{self._number}/{self._total} {shown_as}: {result.status}"
            if result.earned is not None:
                line += f" {result.earned}/{result.points}"
            tell_error(line, self._settings.lang)


@contextmanager
def _telling(settings: Settings, total: int) -> Iterator["_Lines | _Bar"]:
    """A bar where a person looks on, lines elsewhere; both on standard error."""
    if not sys.stderr.isatty():
        yield _Lines(settings, total)
        return
    with _Bar(total) as bar:
        yield bar


class _Bar:
    def __init__(self, total: int) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        from grader.report import make_console

        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
        self._progress = Progress(*columns, console=make_console(sys.stderr), transient=True)
        self._task = self._progress.add_task("", total=total)

    def __enter__(self) -> "_Bar":
        self._progress.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._progress.stop()

    def __call__(self, shown_as: str, result: "Result | None") -> None:
        from grader.visible import visible

        self._progress.update(self._task, advance=1, description=visible(shown_as, 50))


def _tell_all(settings: Settings, results: "ResultsFile", as_json: bool, level: str, seed: int) -> int:
    """The table (or the lines) of the whole class, and the exit code."""
    told, codes = [], set()
    for result in results.results():
        codes.add({"fault": FAULT, "refused": UNUSABLE}.get(result.status, HOLDS))
        if as_json:
            put_json(result)
        else:
            told.append(_slim(result))
    if not as_json:
        from grader.report import make_console, print_summary

        print_summary(told, make_console(), settings.translator(), settings.course.ids)
        page = settings.page()
        page.paragraph(_("Seed {seed}, level {level}. All of it: {path}").format(
            seed=seed, level=level, path=results.path))  # fmt: skip
    return FAULT if FAULT in codes else HOLDS if HOLDS in codes else UNUSABLE


def _slim(result: "Result") -> "Result":
    """What the table needs of a Result, so that a class of any size fits into memory."""
    import msgspec

    return msgspec.structs.replace(result, checks=[], printed="", details={}, notes=[])
