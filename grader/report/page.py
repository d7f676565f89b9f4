"""Lines on a console: translated, harmless, writable in its encoding, wrapped at its width.

Knows: a console and a language. Does not know Results.
Lines are put together as rich Text, never as markup: a title or a print such as "[red]" is text like any other.
"""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

from grader.i18n import Translator
from grader.report.findings import Row
from grader.report.stream import WIDTH, marks, writable
from grader.report.wrapping import pad, wrap
from grader.visible import visible

LONGEST = 4000
"""A sentence has fewer characters; it is a bound for what an answer wrote, at a place where its length is unbounded."""
LABEL = 8
"""Of a column of labels, in cells, at least: the sentences of two answers then begin in the same column."""


class Page:
    """Lines on a console: translated, harmless, writable in its encoding, wrapped at its width."""

    def __init__(self, console: Console, translator: Translator) -> None:
        self._console = console
        self._translator = translator
        self.width = min(console.width, WIDTH)
        self.marks = marks(console.encoding)
        self.ellipsis = writable("…", console.encoding)

    def words(self, text: str, limit: int = LONGEST, *, lines: bool = False) -> str:
        return writable(visible(self._translator(text), limit, lines=lines), self._console.encoding)

    def put(self, *parts: str | tuple[str, str]) -> None:
        """One line of parts, each a text or (text, style), as they are."""
        line = Styled.assemble(*parts)
        line.rstrip()
        self._console.print(line, no_wrap=True, overflow="ignore", crop=False)

    def paragraph(self, text: str, indent: int = 2) -> None:
        for line in wrap(self.words(text), self.width - indent):
            self.put(" " * indent + line)

    def rows(self, rows: Sequence[Row], indent: int, label_width: int) -> None:
        """Labelled sentences, wrapped beside their labels."""
        for row in rows:
            label = pad(self.words(row.label), label_width)
            room = self.width - indent - label_width
            for k, line in enumerate(wrap(self.words(row.text), room)):
                self.put(" " * indent, (label if k == 0 else " " * label_width, "dim" if k == 0 else ""), line)

    def label_width(self, labels: Sequence[str]) -> int:
        return max([LABEL, *(cell_len(self.words(label)) + 1 for label in labels)])
