"""`grader check`: judge answers and say what to think about. Knows where answers lie; does not judge."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.output import put_json
from grader.cli.progress import Progress
from grader.cli.settings import DOES_NOT, FAULT, HOLDS, UNUSABLE, Settings, Stop, shared_options, unknown_exercise
from grader.cli.speech import Command, Option, tell_error
from grader.i18n import _

if TYPE_CHECKING:
    from grader.grading import Result
    from grader.submissions import Answer, Refusal

CODES = {"pass": HOLDS, "fail": DOES_NOT, "todo": DOES_NOT, "error": DOES_NOT, "refused": UNUSABLE, "fault": FAULT}


@click.command(
    "check",
    cls=Command,
    help=_(
        "Judge your answers and say what to think about.\n\n"
        "grader check                 every answer in this folder\n"
        "grader check {exercise}.py      one file\n"
        "grader check {exercise} --seed 7 --only own_slope\n\n"
        "Exit code: 0 everything holds, 1 something does not, 2 the call or the file\n"
        "cannot be used, 3 a fault of the grader."
    ),
)
@click.argument("what", nargs=-1, metavar="[FILE, FOLDER or ID]...")
@click.option("--seed", cls=Option, type=click.IntRange(0), metavar="N", help=_("Draw the questions from this seed."))
@click.option("--only", cls=Option, multiple=True, metavar="CHECK", help=_("Ask this check alone."))
@click.option("--show-expected", cls=Option, is_flag=True, help=_("Show the right values."))
@click.option("--json", "as_json", cls=Option, is_flag=True, help=_("Write one Result a line, as JSON."))
@shared_options
@click.pass_obj
def check_command(
    settings: Settings,
    what: tuple[str, ...],
    seed: int | None,
    only: tuple[str, ...],
    show_expected: bool,
    as_json: bool,
) -> int:
    answers = _answers(settings, what)
    _expect_checks(settings, answers, only)
    progress, code = Progress(Path(".")), HOLDS
    with settings.wall() as wall:
        # Imported while the wall's first process warms up beside this one.
        from grader.grading import judge, refuse, seed_of
        from grader.submissions import Refusal

        for number, answer in enumerate(answers):
            if isinstance(answer, Refusal):
                result = refuse(answer, settings.course, lang=settings.lang)
            else:
                drawn = seed_of(answer) if seed is None else seed
                result = judge(answer, settings.course, wall, seed=drawn, lang=settings.lang, only=only,
                               show_expected=show_expected)  # fmt: skip
            _show(settings, result, number, as_json)
            code = max(code, CODES[result.status])
            if _is_of_this_folder(result) and not only:
                progress.tried(result.exercise or "", held=result.status == "pass")
    if progress.trouble:
        tell_error(progress.trouble, settings.lang)
    return code


def _show(settings: Settings, result: "Result", number: int, as_json: bool) -> None:
    if as_json:
        put_json(result)
        return
    from grader.report import make_console, print_result

    if number:
        click.echo()
    print_result(result, make_console(), settings.translator(result.exercise))


def _answers(settings: Settings, what: Sequence[str]) -> list["Answer | Refusal"]:
    """What is to be judged, in the order in which it was named; a folder's answers in the course's order."""
    from grader.submissions import read_answer

    paths = (
        [path for name in what for path in _paths(settings, name)] if what else list(_in_folder(settings, Path(".")))
    )
    return [read_answer(path, settings.course.ids) for path in dict.fromkeys(paths)]


def _paths(settings: Settings, name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        yield from _in_folder(settings, path)
    elif path.exists() or path.is_symlink():
        yield path
    elif name in settings.course.ids:
        yield from _of_exercise(settings, name)
    elif path.suffix or len(path.parts) > 1:
        raise Stop(_no_file(path, settings.course.ids))
    else:
        raise Stop(unknown_exercise(name, settings.course.ids))


def _in_folder(settings: Settings, folder: Path) -> list[Path]:
    """The answers in a folder. Raises Stop where there is none."""
    from grader.submissions import find_answers, read_answer

    ids = settings.course.ids
    try:
        found = find_answers(folder, ids)
    except OSError as problem:
        raise Stop(_("{path} cannot be read ({reason}).").format(path=folder, reason=problem.strerror)) from problem
    if not found:
        says = _(
            "There is no answer in {folder}. An answer has the name of its exercise, as {exercise}.py. "
            "To begin: grader start {exercise}"
        )
        raise Stop(says.format(folder=folder if folder.name else _("this folder"), exercise=ids[0]))
    named = {path: read_answer(path, ids).exercise for path in found}
    return sorted(found, key=lambda path: ids.index(name) if (name := named[path]) in ids else len(ids))


def _of_exercise(settings: Settings, exercise: str) -> list[Path]:
    """The answers in this folder to one exercise. Raises Stop where there is none."""
    from grader.submissions import find_answers, read_answer

    ids = settings.course.ids
    found = [path for path in find_answers(Path("."), ids) if read_answer(path, ids).exercise == exercise]
    if not found:
        says = _("There is no {exercise}.py or {exercise}.ipynb in this folder. To begin: grader start {exercise}")
        raise Stop(says.format(exercise=exercise))
    return found


def _no_file(path: Path, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    try:
        there = [entry.name for entry in path.parent.iterdir() if entry.suffix in (".py", ".ipynb")]
    except OSError:
        there = []
    near = get_close_matches(path.name, there, 1)
    if near:
        says = _('There is no file "{path}". Did you mean "{near}"?')
        return says.format(path=path, near=path.with_name(near[0]))
    if path.stem in known and len(path.parts) == 1:
        return _('There is no file "{path}". To begin: grader start {exercise}').format(path=path, exercise=path.stem)
    return _('There is no file "{path}".').format(path=path)


def _expect_checks(settings: Settings, answers: Sequence["Answer | Refusal"], only: Sequence[str]) -> None:
    """Raises Stop where --only names a check that none of the exercises has."""
    if not only:
        return
    exercises = dict.fromkeys(answer.exercise for answer in answers if answer.exercise)
    known = [check for exercise in exercises for check in settings.course.exercise(exercise or "").checks]
    for name in only:
        if name not in known:
            says = _('There is no check "{check}" to be asked alone; there are: {checks}.')
            raise Stop(says.format(check=name, checks=", ".join(known)))


def _is_of_this_folder(result: "Result") -> bool:
    """What was done is remembered where the student works; looking at a file elsewhere leaves nothing there."""
    judged = result.status in ("pass", "fail", "error")
    return judged and result.exercise is not None and Path(result.answer.path).parent == Path(".")
