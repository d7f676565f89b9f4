"""The answers in a folder: one student's, or a class with a folder for each student.

Knows: which names are nobody's answer, and whose a file is. Does not know: what is in a file until it is asked for.
"""

import os
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.i18n import Text, _
from grader.submissions.answer import Answer, Refusal
from grader.submissions.names import exercise_named, suffix_of
from grader.submissions.reading import read_answer
from grader.visible import visible

JUNK = frozenset({"__MACOSX", "__pycache__", "node_modules", "venv"})
"""Folders that systems and programs leave behind. Whatever begins with a dot is left out as well."""

DEPTH = 32
"""How far below a student's folder answers are looked for."""


@dataclass(frozen=True)
class ClassFolder:
    """What lies in a class's folder: (student, path) in order, and what was passed over, with the reason.

    superseded: an answer that a newer one of the same student and exercise stands beside, and that newer one.
    """

    root: Path
    known: Collection[str]
    items: tuple[tuple[str, Path], ...]
    ignored: tuple[tuple[Path, Text], ...]
    superseded: dict[Path, Path] = field(default_factory=dict)

    def name_of(self, path: Path) -> str:
        """The path within the class, by which a Result names the answer."""
        return path.relative_to(self.root).as_posix()

    def read(self, student: str, path: Path) -> Answer | Refusal:
        """One of the items. Nothing is kept: a class of any size is read an answer at a time."""
        answer = read_answer(path, self.known, student=student, shown_as=self.name_of(path))
        if path not in self.superseded or isinstance(answer, Refusal):
            return answer
        newer = visible(self.superseded[path].relative_to(self.root).as_posix())
        note = _("{newer} is newer and counts for {exercise}; this file does not.")
        return replace(answer, notes=(*answer.notes, note.format(newer=newer, exercise=answer.exercise)))

    def __iter__(self) -> Iterator[Answer | Refusal]:
        return (self.read(student, path) for student, path in self.items)


def find_answers(folder: Path, known: Collection[str]) -> list[Path]:
    """The files directly in this folder whose names mean an exercise, by name. Raises OSError of the folder itself."""
    names = sorted(entry.name for entry in os.scandir(folder) if not entry.is_dir())
    answers = (name for name in names if suffix_of(name) and not _is_junk(name))
    return [folder / name for name in answers if exercise_named(name, known)]


def read_class(root: Path, known: Collection[str]) -> ClassFolder:
    """What lies in CLASS/<student>/, at any depth below the student. Raises OSError of the folder itself."""
    items: list[tuple[str, Path]] = []
    ignored: list[tuple[Path, Text]] = []
    for entry in _entries(root):
        if _is_junk(entry.name):
            ignored.append((Path(entry.path), _("no answers are looked for here")))
        elif entry.is_dir(follow_symlinks=False):
            student = visible(unicodedata.normalize("NFC", entry.name))
            items += [(student, path) for path in _answers_below(Path(entry.path), ignored, DEPTH)]
        else:
            ignored.append((Path(entry.path), _("it lies in no student's folder")))
    items.sort(key=lambda item: (item[0], item[1].parts))
    ignored.sort(key=lambda item: item[0].parts)
    return ClassFolder(root, known, tuple(items), tuple(ignored), _superseded(items, known))


def _answers_below(folder: Path, ignored: list[tuple[Path, Text]], depth: int) -> Iterator[Path]:
    """The files that somebody may have meant as an answer; what else lies there goes to `ignored`."""
    try:
        entries = _entries(folder)
    except OSError as problem:
        reason = _("this folder cannot be read ({reason})").format(reason=problem.strerror or "?")
        ignored.append((folder, reason))
        return
    for entry in entries:
        path = Path(entry.path)
        if _is_junk(entry.name):
            ignored.append((path, _("no answers are looked for here")))
        elif not entry.is_dir(follow_symlinks=False) and suffix_of(entry.name):
            yield path
        elif not entry.is_dir(follow_symlinks=False):
            ignored.append((path, _("neither a .py nor a .ipynb file")))
        elif depth == 0:
            ignored.append((path, _("too many folders inside each other")))
        else:
            yield from _answers_below(path, ignored, depth - 1)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _is_junk(name: str) -> bool:
    return name.startswith(".") or name in JUNK or name == "__init__.py"


def _superseded(items: list[tuple[str, Path]], known: Collection[str]) -> dict[Path, Path]:
    """Each older answer and the newest of its student and exercise; where times are equal the first by name counts."""
    of_one: dict[tuple[str, str], list[Path]] = {}
    for student, path in items:
        if exercise := exercise_named(path.name, known):
            of_one.setdefault((student, exercise), []).append(path)
    newest = [(max(paths, key=_changed), paths) for paths in of_one.values()]
    return {path: newer for newer, paths in newest for path in paths if path != newer}


def _changed(path: Path) -> int:
    try:
        return path.lstat().st_mtime_ns
    except OSError:
        return -1
