"""build: every file of a course that is made from others, made or compared.

Knows: which files are generated, and from what. Does not know how they look (skeleton, notebooks, catalogues).
Generated files are never edited: `check` says which of them no longer are what their sources give.
"""

from collections.abc import Iterator
from pathlib import Path

from grader.authoring.notebooks import closing_of, notebook_of
from grader.authoring.skeleton import Skeleton, SkeletonError, skeleton_of
from grader.authoring.table import NAME, syllabus_table
from grader.course import Course, CourseError
from grader.i18n import MACHINE


def build(course: Course, *, check: bool = False) -> list[Path]:
    """The files that were written because they were missing or stale; with check, those that would be.

    Raises CourseError where a source is missing or cannot be used.
    """
    # Catalogues first: the notebooks hold sentences in every language.
    changed = [path for path, data in _catalogues(course) if _differs(path, data, write=not check)]
    for id in course.ids:
        changed += [path for path, text in _files_of(course, id) if _differs(path, text.encode(), write=not check)]
    table = course.folder / "exercises" / NAME
    return changed + ([table] if _differs(table, syllabus_table(course).encode(), write=not check) else [])


def _differs(path: Path, data: bytes, *, write: bool) -> bool:
    if path.is_file() and path.read_bytes() == data:
        return False
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return True


def _catalogues(course: Course) -> Iterator[tuple[Path, bytes]]:
    """The course's; in a checkout, where the machine's lie in the course's folder as well, those too."""
    try:
        from grader.authoring.catalogues import compiled
    except ImportError as problem:
        raise CourseError(
            'Catalogues are compiled by Babel, which is missing: pip install "grader[author]"'
        ) from problem
    machine = [MACHINE[0]] if MACHINE[0].is_relative_to(course.folder) else []
    for folder in (course.folder / "locale", *machine):
        try:
            yield from compiled(folder)
        except ValueError as problem:
            raise CourseError(f"{problem}.") from problem


def _files_of(course: Course, id: str) -> Iterator[tuple[Path, str]]:
    """The skeleton, and a notebook for each language."""
    skeleton = _skeleton(course, id)
    yield course.skeleton(id), skeleton.source()
    for language in course.languages:
        statement = _read(course.statement(id, language))
        closing = course.translator(language)(closing_of(id))
        yield course.notebook(id, language), notebook_of(id, statement, skeleton, closing)


def _skeleton(course: Course, id: str) -> Skeleton:
    path = course.solution(id)
    try:
        return skeleton_of(_read(path), tuple(course.exercise(id).functions))
    except SkeletonError as problem:
        raise CourseError(f"{path}: {problem}.") from problem


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CourseError(f"{path} cannot be read ({problem}).") from problem
