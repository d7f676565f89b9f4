"""`grader list`: the exercises as a path. Knows what was done in this folder; judges nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.progress import Done, Progress
from grader.cli.settings import Settings, shared_options
from grader.cli.speech import Command, tell_error
from grader.i18n import Text, Translator, _

if TYPE_CHECKING:
    from grader.report import Page


@click.command(
    "list",
    cls=Command,
    help=_(
        "Show the exercises as a path, and what you have done.\n\n"
        "The marks are those of this folder: what was checked here, and what held."
    ),
)
@shared_options
@click.pass_obj
def list_command(settings: Settings) -> None:
    course, progress = settings.course, Progress(Path("."))
    page = settings.page()
    page.put((page.words(Text(course.title)), "bold"))
    for chapter in course.chapters:
        page.put("")
        page.put(page.words(Text(chapter.title)))
        for id in chapter.exercises:
            _line(page, settings, id, progress.of(id))
    open_ones = [id for id in course.ids if not progress.of(id).first_held]
    page.put("")
    page.paragraph(_legend(page), 0)
    if open_ones:
        page.paragraph(_next(open_ones[0], progress.of(open_ones[0])), 0)
    else:
        page.paragraph(_("All exercises of the course are done."), 0)
    if progress.trouble:
        tell_error(progress.trouble, settings.lang)


def _line(page: "Page", settings: Settings, id: str, done: Done) -> None:
    from grader.report import pad, wrap

    exercise = settings.course.exercise(id)
    say: Translator = settings.translator(id)
    status = "pass" if done.first_held else "fail" if done.first_tried else "todo"
    mark = page.marks[status]
    column = max(map(len, settings.course.ids)) + 2
    after = [other for other in exercise.after if other in settings.course.ids]
    text = say(exercise.title)
    if after:
        text = say(_("{title} (after {exercises})").format(title=text, exercises=", ".join(after)))
    indent = 2 + len(mark) + 1 + column
    first, *rest = wrap(page.words(text), page.width - indent)
    page.put("  ", mark, " ", pad(id, column), first)
    for line in rest:
        page.put(" " * indent + line)


def _legend(page: "Page") -> Text:
    marks = page.marks
    says = _("{held} done   {tried} tried   {open} not begun")
    return says.format(held=marks["pass"], tried=marks["fail"], open=marks["todo"])


def _next(id: str, done: Done) -> Text:
    if done.first_tried:
        return _("Go on with {exercise}: grader check {exercise}, or a hint: grader hint {exercise}").format(
            exercise=id
        )
    return _("Next: grader start {exercise}").format(exercise=id)
