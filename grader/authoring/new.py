"""new: the files of an exercise that does not exist yet, as a small one that works and waits to be rewritten.

Knows: which files an author writes, and their templates. Does not know course.toml's form: it says which line to
change there and changes nothing, since the place of an exercise on the path is the author's decision.
"""

import keyword
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course, CourseError

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Created:
    """The files that were written, and what is left to do in course.toml (nothing where the exercise stands there)."""

    paths: tuple[Path, ...]
    todo: str | None


def new(course: Course, id: str, chapter: str | None = None) -> Created:
    """Write an exercise's templates, in the chapter named or else the last. CourseError where one exists."""
    _expect_usable(id)
    chapter = _chapter(course, id, chapter)
    files = dict(_files(course, id, chapter))
    if there := [path for path in files if path.exists()]:
        raise CourseError(f"{there[0]} exists; nothing was written.")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Created(tuple(files), None if id in course.ids else _todo(course, id, chapter))


def _expect_usable(id: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", id) or keyword.iskeyword(id):
        raise CourseError(f'"{id}" cannot name an exercise: small letters, digits and _, a letter first.')
    if id in sys.stdlib_module_names or id == "numpy":
        raise CourseError(f'"{id}" cannot name an exercise: a file {id}.py would hide Python\'s own module.')


def _chapter(course: Course, id: str, asked: str | None) -> str:
    chapters = [chapter.id for chapter in course.chapters]
    if id in course.ids:
        stands = course.chapter_of(id).id
        if asked not in (None, stands):
            raise CourseError(f'"{id}" stands in the chapter {stands} of course.toml.')
        return stands
    if asked is not None and asked not in chapters:
        raise CourseError(f'There is no chapter "{asked}". There are: {", ".join(chapters)}.')
    return asked or chapters[-1]


def _files(course: Course, id: str, chapter: str) -> Iterator[tuple[Path, str]]:
    """Where each file belongs, and its text."""
    yield course.folder / "reference" / chapter / f"{id}.py", _filled("reference.py", id)
    yield course.folder / "solutions" / chapter / f"{id}.py", _filled("solution.py", id)
    for language in course.languages:
        name = f"{id}.md" if language == "en" else f"{id}.{language}.md"
        yield course.folder / "exercises" / chapter / name, _filled(f"statement.{language}.md", id)
        if language != "en":
            catalogue = course.folder / "locale" / language / "LC_MESSAGES" / f"{id}.po"
            yield catalogue, _filled(f"catalogue.{language}.po", id)


def _filled(template: str, id: str) -> str:
    text = (_TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")
    return text.replace("ID", id)


def _todo(course: Course, id: str, chapter: str) -> str:
    exercises = next(each.exercises for each in course.chapters if each.id == chapter)
    line = ", ".join(f'"{name}"' for name in (*exercises, id))
    return f"In course.toml, under the chapter {chapter}, write at its place on the path: exercises = [{line}]"
