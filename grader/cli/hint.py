"""`grader hint`: the ladder of hints, one rung at a time. Knows which were seen; does not know what they say."""

from pathlib import Path

import click

from grader.cli.progress import Progress
from grader.cli.settings import Settings, shared_options
from grader.cli.speech import Command, Option, tell_error
from grader.i18n import _


@click.command(
    "hint",
    cls=Command,
    help=_(
        "Show the next hint of an exercise.\n\n"
        "grader hint {exercise}         the next one; each call goes a step further\n"
        "grader hint {exercise} --all   all of them"
    ),
)
@click.argument("exercise", metavar="ID")
@click.option("--all", "every", cls=Option, is_flag=True, help=_("Show all hints."))
@shared_options
@click.pass_obj
def hint_command(settings: Settings, exercise: str, every: bool) -> None:
    settings.expect_exercise(exercise)
    hints = settings.course.exercise(exercise).hints
    progress = Progress(Path("."))
    seen = min(progress.of(exercise).hints, len(hints))
    shown = range(len(hints)) if every else range(seen, min(seen + 1, len(hints)))
    page = settings.page(exercise)
    for k in shown:
        page.paragraph(_("Hint {number} of {count}").format(number=k + 1, count=len(hints)), 0)
        page.paragraph(hints[k])
    if not hints:
        page.paragraph(_("There is no hint for this exercise."), 0)
    elif not shown:
        says = _("You have seen all {count} hints. To read them again: grader hint {exercise} --all")
        page.paragraph(says.format(count=len(hints), exercise=exercise), 0)
    if shown:
        progress.saw_hints(exercise, shown[-1] + 1)
    if progress.trouble:
        tell_error(progress.trouble, settings.lang)
