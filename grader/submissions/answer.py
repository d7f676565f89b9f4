"""What reading a file comes to: an answer, or a refusal in one sentence.

Knows: the limits of an answer. Does not know: how either is found out.
"""

from dataclasses import dataclass

from grader.i18n import Text
from grader.wire import Part

SOURCE_LIMIT = 5 << 20
"""Bytes of source in one answer, whether as a file or in a notebook's cells."""

NOTEBOOK_LIMIT = 50 << 20
"""Bytes of a notebook as a file: most of them are pictures in its outputs."""

CELL_LIMIT = 5_000


@dataclass(frozen=True)
class Answer:
    """One student's source for one exercise. `path` is how it is shown; `sha256` is of the bytes as they were found.

    parts: one of a .py file; of a notebook one for each code cell that holds Python.
    notes: what the reader did that the student should know of. They cost nothing.
    """

    exercise: str
    parts: tuple[Part, ...]
    path: str
    sha256: str
    format: str
    student: str | None = None
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """A file that is not judged, and why. `sha256` is None where not all of its bytes were read."""

    path: str
    reason: Text
    exercise: str | None = None
    sha256: str | None = None
    student: str | None = None


class Unusable(Exception):
    """Raised while a file is read; its only argument is the sentence that refuses it."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason
