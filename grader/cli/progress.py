"""What a student has done in a folder: `.grader/progress.json`.

Knows: one small file: {exercise: {"first_tried": time, "first_held": time, "hints": number}}, times in UTC.
Does not know exercises or marks. The file is a convenience: where it cannot be read or written, a sentence says so
and everything else goes on.
"""

import contextlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.i18n import Text, _

FOLDER = ".grader"
NAME = "progress.json"


@dataclass(frozen=True)
class Done:
    """What was done about one exercise. first_tried, first_held: None where it was not yet."""

    first_tried: str | None = None
    first_held: str | None = None
    hints: int = 0


class Progress:
    """The file of one folder. `trouble` is the sentence about a file that could not be read or written."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FOLDER / NAME
        self.trouble: Text | None = None
        self._done = self._read()

    def of(self, exercise: str) -> Done:
        return self._done.get(exercise, Done())

    def tried(self, exercise: str, *, held: bool) -> None:
        """Note that an answer was judged; the first time of each kind is kept."""
        before = self.of(exercise)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        first_held = before.first_held or (now if held else None)
        self._keep(exercise, Done(before.first_tried or now, first_held, before.hints))

    def saw_hints(self, exercise: str, count: int) -> None:
        before = self.of(exercise)
        self._keep(exercise, Done(before.first_tried, before.first_held, max(before.hints, count)))

    def _keep(self, exercise: str, done: Done) -> None:
        if self.trouble is not None or done == self.of(exercise):
            return  # A file that we cannot read is not ours to write over.
        self._done[exercise] = done
        content = json.dumps({id: _fields(done) for id, done in self._done.items()}, indent=1, sort_keys=True)
        try:
            self._path.parent.mkdir(exist_ok=True)
            beside = self._path.with_name(f"{NAME}.{os.getpid()}")
            beside.write_text(content + "\n", encoding="utf-8")
            beside.replace(self._path)
        except OSError as problem:
            says = _("{path} cannot be written ({reason}); what you have done is not remembered.")
            self.trouble = says.format(path=self._path, reason=problem.strerror)
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)

    def _read(self) -> dict[str, Done]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(id): _done(fields) for id, fields in content.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError):
            says = _("{path} cannot be read; what you have done is not known. Delete the file to begin a new one.")
            self.trouble = says.format(path=self._path)
            return {}


def _fields(done: Done) -> dict[str, Any]:
    return {"first_tried": done.first_tried, "first_held": done.first_held, "hints": done.hints}


def _done(fields: Any) -> Done:
    """Raises TypeError or AttributeError where the fields are not what `_fields` writes."""
    tried, held, hints = fields.get("first_tried"), fields.get("first_held"), fields.get("hints", 0)
    if not isinstance(tried, str | None) or not isinstance(held, str | None) or not isinstance(hints, int):
        raise TypeError("times are texts, hints a number")
    return Done(tried, held, hints)
