"""`grader new`, `build` and `verify`: what authors type. Knows how their findings are shown; finds nothing itself."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.settings import DOES_NOT, HOLDS, Settings, Stop, shared_options
from grader.cli.speech import Command, Option
from grader.i18n import _

if TYPE_CHECKING:
    from grader.authoring import Verified
    from grader.report import Page


@click.command(
    "new",
    cls=Command,
    help=_(
        "Write the files of a new exercise, to be filled in.\n\n"
        "grader new my_exercise\n"
        "grader new my_exercise --chapter ch2_my_chapter --course my_course"
    ),
)
@click.argument("exercise", metavar="ID")
@click.option("--chapter", cls=Option, metavar="CHAPTER", help=_("Put it into this chapter; else the last."))
@shared_options
@click.pass_obj
def new_command(settings: Settings, exercise: str, chapter: str | None) -> None:
    from grader.authoring import new
    from grader.course import CourseError

    try:
        created = new(settings.course, exercise, chapter)
    except CourseError as problem:
        raise Stop(str(problem)) from problem
    page = settings.page()
    for path in created.paths:
        page.put(page.words(str(_near(path))))
    if created.todo:
        page.paragraph(created.todo, 0)


@click.command(
    "build",
    cls=Command,
    help=_(
        "Write what is generated: skeletons, notebooks, catalogues.\n\n"
        "grader build           write what is missing or stale\n"
        "grader build --check   write nothing; exit code 1 where something is stale"
    ),
)
@click.option("--check", cls=Option, is_flag=True, help=_("Only say what is stale."))
@shared_options
@click.pass_obj
def build_command(settings: Settings, check: bool) -> int:
    from grader.authoring import build
    from grader.course import CourseError

    try:
        changed = build(settings.course, check=check)
    except CourseError as problem:
        raise Stop(str(problem), DOES_NOT) from problem
    page = settings.page()
    for path in changed:
        says = _("stale: {path}") if check else _("written: {path}")
        page.paragraph(says.format(path=_near(path)), 0)
    if not changed:
        page.paragraph(_("Everything that is generated is current."), 0)
    elif check:
        page.paragraph(_("To write them: grader build"), 0)
    return DOES_NOT if check and changed else HOLDS


@click.command(
    "verify",
    cls=Command,
    help=_(
        "Prove that the course judges rightly.\n\n"
        "grader verify                all exercises, 20 seeds each\n"
        "grader verify {exercise}        one of them\n"
        "grader verify --seeds 3      faster, while one is being written\n\n"
        "Exit code 1 where something does not hold, with the exact fault."
    ),
)
@click.argument("exercises", nargs=-1, metavar="[ID]...")
@click.option("--seeds", cls=Option, type=click.IntRange(1), default=20, metavar="N", help=_("Prove it with N draws."))
@shared_options
@click.pass_obj
def verify_command(settings: Settings, exercises: tuple[str, ...], seeds: int) -> int:
    from grader.authoring import faults_of_shared_texts, stray_files, verify, write_table

    course = settings.course
    for id in exercises:
        settings.expect_exercise(id)
    page = settings.page()
    column = max(map(len, course.ids)) + 2
    page.put(" " * (column + 5), page.words(_("checks  points  mistakes  seeds  seconds")))
    faults = 0
    with settings.wall() as wall:
        for found in verify(course, exercises or course.ids, wall, seeds=seeds):
            _row(page, found, column)
            faults += len(found.faults)
    strays = [] if exercises else stray_files(course)
    for path in strays:
        page.paragraph(_("{path} belongs to no exercise of course.toml.").format(path=path), 4)
    shared = [] if exercises else faults_of_shared_texts(course)
    for fault in shared:
        page.paragraph(fault, 4)
    faults += len(strays) + len(shared)
    if not exercises and not faults and (written := write_table(course)):
        page.paragraph(_("written: {path}").format(path=_near(written)), 0)
    says = _("The course holds.") if not faults else _("{count} faults in the course.").format(count=faults)
    page.paragraph(says, 0)
    return DOES_NOT if faults else HOLDS


def _row(page: "Page", found: "Verified", column: int) -> None:
    from grader.report import pad

    mark = page.marks["fail" if found.faults else "pass"]
    numbers = f"{found.checks:6}  {found.points:6}  {found.mistakes:8}  {found.seeds:5}  {found.seconds:7.1f}"
    page.put("  ", pad(mark, 2), " ", pad(found.exercise, column), numbers)
    for fault in found.faults:
        page.paragraph(fault, 6)
    for note in found.notes:
        page.paragraph(_("note: {note}").format(note=note), 6)


def _near(path: Path) -> Path:
    """The path as one would type it here."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
