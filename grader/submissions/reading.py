"""One file to one answer, or to a refusal.

Knows: which limits hold for a file, and whose name is on it. Does not know: what a good answer is.
"""

import hashlib
import os
import stat
from collections.abc import Collection
from pathlib import Path

from grader.i18n import Text, _
from grader.submissions.answer import NOTEBOOK_LIMIT, SOURCE_LIMIT, Answer, Refusal, Unusable
from grader.submissions.names import exercise_named, is_as_given, nearest, suffix_of
from grader.submissions.notebook import Sources, looks_like_notebook, read_notebook
from grader.submissions.source import decoded
from grader.visible import visible
from grader.wire import Part

_SHOWN = 400
"""So much of a path is shown: names of folders are a student's text as well."""


def read_answer(
    path: Path, known: Collection[str], *, student: str | None = None, shown_as: str | None = None
) -> Answer | Refusal:
    """The answer in a file; a refusal that says why where there is none. Never raises because of the file.

    student: whose it is, in a class; there, links are not followed: a download may point anywhere.
    shown_as: the path as messages and results give it, where it is not the path itself.
    """
    shown = visible(shown_as or str(path), _SHOWN)
    exercise, sha256 = None, None
    try:
        suffix = suffix_of(path.name)
        if suffix is None and not path.is_dir():
            raise Unusable(_("{path} is neither a .py nor a .ipynb file; it was not judged.").format(path=shown))
        exercise = _exercise_of(path, known)
        data = _bytes_of(path, NOTEBOOK_LIMIT if suffix == ".ipynb" else SOURCE_LIMIT, shown, follow=student is None)
        sha256 = hashlib.sha256(data).hexdigest()
        sources = _from_notebook(data, shown, exercise, known) if suffix == ".ipynb" else _from_python(data, shown)
    except Unusable as problem:
        return Refusal(shown, problem.reason, exercise, sha256, student)
    notes = (*_renamed(path.name, exercise), *sources.notes)
    return Answer(exercise, sources.parts, shown, sha256, str(suffix).removeprefix("."), student, notes)


def _exercise_of(path: Path, known: Collection[str]) -> str:
    exercise = exercise_named(path.name, known)
    if exercise is not None:
        return exercise
    name, near = visible(path.stem), nearest(path.name, known)
    if near is None:
        raise Unusable(_('There is no exercise "{name}". All: grader list').format(name=name))
    sentence = _('There is no exercise "{name}". Did you mean "{near}"? All: grader list')
    raise Unusable(sentence.format(name=name, near=near))


def _renamed(name: str, exercise: str) -> tuple[Text, ...]:
    if is_as_given(name, exercise):
        return ()
    return (_("{name} was read as the answer to {exercise}.").format(name=visible(name), exercise=exercise),)


def _bytes_of(path: Path, limit: int, shown: str, *, follow: bool) -> bytes:
    try:
        status = os.stat(path, follow_symlinks=follow)
        _expect_file(status, limit, shown)
        with open(path, "rb") as file:
            data = file.read(limit + 1)  # the file may have grown since
    except FileNotFoundError as problem:
        if path.is_symlink():
            raise Unusable(_("{path} is a link to a file that does not exist.").format(path=shown)) from problem
        raise Unusable(_("There is no file {path}.").format(path=shown)) from problem
    except (OSError, ValueError) as problem:  # ValueError: a name with NUL in it
        reason = getattr(problem, "strerror", None) or str(problem)
        raise Unusable(_("{path} cannot be read ({reason}).").format(path=shown, reason=reason)) from problem
    if len(data) > limit:
        raise Unusable(_too_large(len(data), limit, shown))
    return data


def _expect_file(status: os.stat_result, limit: int, shown: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise Unusable(_("{path} is a folder, not a file.").format(path=shown))
    if stat.S_ISLNK(status.st_mode):
        raise Unusable(_("{path} is a link. Hand in the file itself.").format(path=shown))
    if not stat.S_ISREG(status.st_mode):
        raise Unusable(_("{path} is not an ordinary file.").format(path=shown))
    if status.st_size > limit:
        raise Unusable(_too_large(status.st_size, limit, shown))


def _too_large(size: int, limit: int, shown: str) -> Text:
    sentence = _("{path} is too large: {size} MiB, and at most {limit} MiB are read.")
    return sentence.format(path=shown, size=-(-size >> 20), limit=limit >> 20)


def _from_python(data: bytes, shown: str) -> Sources:
    text = decoded(data, shown)
    if looks_like_notebook(text):
        raise Unusable(_("{path} holds a notebook. Give it the ending .ipynb.").format(path=shown))
    return Sources((Part("", text),), ())


def _from_notebook(data: bytes, shown: str, exercise: str, known: Collection[str]) -> Sources:
    def writes_answer(argument: str) -> bool:
        name = argument.split()[-1] if argument else ""
        return suffix_of(name) == ".py" and exercise_named(Path(name).name, known) == exercise

    return read_notebook(data, shown, writes_answer)
