"""`grader start`: an exercise comes into a folder. Knows which files; never overwrites one."""

from pathlib import Path

import click

from grader.cli.settings import Settings, Stop, shared_options
from grader.cli.speech import Command, Option, tell_error
from grader.i18n import _


@click.command(
    "start",
    cls=Command,
    help=_(
        "Put an exercise into this folder.\n\n"
        "grader start {exercise}              a file to fill in, a text to read\n"
        "grader start {exercise} --notebook   the same as a notebook\n"
        "grader start {exercise} --dir work   into the folder work\n\n"
        "A file that is there is never overwritten."
    ),
)
@click.argument("exercise", metavar="ID")
@click.option("--notebook", cls=Option, is_flag=True, help=_("Put a notebook in place of a .py file."))
@click.option(
    "--dir", "folder", cls=Option, type=click.Path(path_type=Path), default=Path("."), metavar="DIR",
    help=_("Put it into this folder."),
)  # fmt: skip
@shared_options
@click.pass_obj
def start_command(settings: Settings, exercise: str, notebook: bool, folder: Path) -> None:
    settings.expect_exercise(exercise)
    course = settings.course
    language = settings.lang if settings.lang in course.languages else course.languages[0]
    source = course.notebook(exercise, language) if notebook else course.skeleton(exercise)
    answer = folder / f"{exercise}{source.suffix}"
    statement = folder / f"{exercise}.md"
    if answer.exists() or answer.is_symlink():
        says = _("{path} is already there, and nothing was changed. To judge it: grader check {path}")
        raise Stop(says.format(path=answer))
    text = course.statement(exercise, language).read_bytes()
    content, carried = _beginning(settings, exercise, source, folder)
    _put(answer, content)
    if not statement.exists():
        _put(statement, text)
    elif statement.read_bytes() != text:
        tell_error(_("{path} was there before and stays as it is.").format(path=statement), settings.lang)
    page = settings.page(exercise)
    for function, path in carried:
        page.paragraph(_("{function} was taken over from {path}.").format(function=function, path=path), 0)
    page.paragraph(_("{path}: read this first.").format(path=statement), 0)
    page.paragraph(_("{path}: write your answer here, then: grader check {path}").format(path=answer), 0)


def _beginning(settings: Settings, exercise: str, source: Path, folder: Path) -> tuple[bytes, list[tuple[str, str]]]:
    """What the answer begins with: the skeleton, for a capstone with the student's own functions in it."""
    if not settings.course.exercise(exercise).capstone or not folder.is_dir():
        return source.read_bytes(), []
    from grader.authoring import carried_over, into_file, into_notebook
    from grader.submissions import Answer, find_answers, read_answer

    ids = settings.course.ids[: settings.course.ids.index(exercise)]
    read = [read_answer(path, frozenset(ids), shown_as=path.name) for path in find_answers(folder, ids)]
    earlier = sorted((one for one in read if isinstance(one, Answer)), key=lambda one: ids.index(one.exercise))
    skeleton = settings.course.skeleton(exercise).read_text(encoding="utf-8")
    carried = carried_over(skeleton, earlier)
    put = into_notebook if source.suffix == ".ipynb" else into_file
    text = put(source.read_text(encoding="utf-8"), carried)
    return text.encode(), [(one.name, one.path) for one in carried.values()]


def _put(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except OSError as problem:
        raise Stop(_("{path} cannot be written ({reason}).").format(path=path, reason=problem.strerror)) from problem
