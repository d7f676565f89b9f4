"""results.jsonl: the Results of a class, one whole line each, so that a killed run loses at most the one under way.

Knows: which lines are whole, and which Result of an answer is the latest. Does not know how to judge.
"""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from grader.grading.result import Result, from_json, to_json
from grader.i18n import Text, _

NAME = "results.jsonl"
BESIDE = frozenset({NAME, "intake.json"})
"""What may lie in a result folder. Anything else means that the folder is not ours to write in."""


class NotOurFolder(Exception):
    """The folder that was named for results holds something else. Nothing in it was touched."""

    def __init__(self, says: Text) -> None:
        super().__init__(str(says))
        self.says = says


@dataclass(frozen=True)
class Key:
    """What a Result is the Result of: it need not be judged again while all of this is as it was."""

    path: str
    sha256: str | None
    seed: int | None
    course: str | None
    grader: str | None
    lang: str
    level: str | None

    @classmethod
    def of(cls, result: Result) -> "Key":
        versions = result.versions
        return cls(
            result.answer.path,
            result.answer.sha256,
            result.seed,
            versions.course if versions else None,
            versions.grader if versions else None,
            result.lang,
            result.level,
        )


@dataclass
class ResultsFile:
    """The file of one class, open for appending. `seed` is that of the results already there, None without any."""

    path: Path
    done: dict[str, Key] = field(default_factory=dict)
    seed: int | None = None
    superseded: bool = False

    def append(self, result: Result) -> None:
        """Add one line, whole and flushed to the disk. Raises OSError where the disk is full."""
        line = (to_json(result) + "\n").encode()
        with self.path.open("ab") as file:
            began = file.tell()
            try:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.truncate(self.path, began)
                raise
        key = Key.of(result)
        self.superseded = self.superseded or key.path in self.done
        self.done[key.path] = key

    def forget(self) -> None:
        """Begin anew: every answer is to be judged again. What stands in the file goes when all of that is done."""
        self.superseded = self.superseded or bool(self.done)
        self.done.clear()

    def results(self) -> Iterator[Result]:
        """The latest Result of every answer, one after another: the class is never held in memory."""
        for result in _whole_lines(self.path):
            if self.done.get(result.answer.path) == Key.of(result):
                yield result

    def tidy(self) -> None:
        """Drop the lines that later ones replaced, in one step that a kill cannot cut in two."""
        if not self.superseded:
            return
        latest = {result.answer.path: to_json(result) for result in self.results()}
        beside = self.path.with_suffix(".jsonl.new")
        beside.write_text("".join(line + "\n" for line in latest.values()), encoding="utf-8")
        beside.replace(self.path)
        self.superseded = False


def open_results(out: Path, paths: Collection[str]) -> ResultsFile:
    """The results file in this folder, made if it is not there. paths: the answers of the class.

    Raises NotOurFolder where the folder holds other files, or results most of which are of other answers.
    """
    if out.exists() and not out.is_dir():
        raise NotOurFolder(_("{out} is a file; --out names a folder. Choose another --out.").format(out=out))
    if out.is_dir() and {entry.name for entry in out.iterdir()} - BESIDE - {f"{NAME}.new"}:
        raise _foreign(out)
    file = ResultsFile(out / NAME)
    if file.path.exists():
        _drop_a_cut_line(file.path)
        _read(file, out, paths)
    out.mkdir(parents=True, exist_ok=True)
    return file


def _read(file: ResultsFile, out: Path, paths: Collection[str]) -> None:
    try:
        for result in _whole_lines(file.path):
            file.superseded = file.superseded or result.answer.path in file.done
            file.done[result.answer.path] = Key.of(result)
            file.seed = result.seed if result.seed is not None else file.seed
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        raise _foreign(out) from problem
    there = set(file.done) & set(paths)
    if file.done and 2 * len(there) < len(file.done):
        raise _foreign(out)
    for path in set(file.done) - there:
        del file.done[path]  # handed in once and gone since: its line stays until the file is tidied
        file.superseded = True


def _foreign(out: Path) -> NotOurFolder:
    says = _("{out} holds other files and no results of this class; nothing in it was touched. Choose another --out.")
    return NotOurFolder(says.format(out=out))


def _whole_lines(path: Path) -> Iterator[Result]:
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n") and line.strip():
                yield from_json(line)


def _drop_a_cut_line(path: Path) -> None:
    """A run that was killed while writing left the beginning of a line: it is the answer under way, judged anew."""
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content) and (whole or content.startswith(b'{"schema"')):
        os.truncate(path, whole)
