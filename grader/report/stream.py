"""What a stream can show: its encoding, its width, its marks.

Knows: consoles and encodings. Does not know Results. A report writes its text through `writable` before it measures
it, since a terminal in a Japanese code page has no ✓ and an ASCII one no σ, and "?" for every letter helps nobody.
"""

import sys
import unicodedata
from io import TextIOWrapper
from typing import TextIO

from rich.console import Console

WIDTH = 80
"""Lines are no longer than this even where the terminal is wider: the eye loses the line."""

MARKS = {"pass": "✓", "fail": "✗", "carried": "→", "todo": "□"}
WORDS = {"pass": "ok", "fail": "no", "carried": "->", "todo": "--"}
"""Where one of the marks cannot be written, none is: half of a set would not be read as one."""

COLOURS = {"pass": "green", "fail": "red", "carried": "yellow", "todo": "dim"}

SUBSTITUTES = {
    "−": "-", "–": "-", "—": "-", "…": "...", "×": "x", "·": "/", "²": "^2", "³": "^3", "ⁿ": "^n", "½": "1/2",
    "≈": "~", "≤": "<=", "≥": ">=", "≠": "!=", "→": "->", "←": "<-", "√": "sqrt", "∞": "inf", "′": "'", "“": '"',
    "”": '"', "│": "|", "─": "-", "Σ": "sum", "\N{LEFT SINGLE QUOTATION MARK}": "'", "✓": "ok", "✗": "no",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip


def make_console(stream: TextIO | None = None) -> Console:
    """A console on this stream (standard output if none is given) that interprets nothing in what it is given.

    Rich finds out whether there is a terminal, and honours NO_COLOR, FORCE_COLOR and COLUMNS.
    """
    stream = sys.stdout if stream is None else stream
    if isinstance(stream, TextIOWrapper):
        # The last resort, for what comes past `writable`: an escape is better than half a report.
        stream.reconfigure(errors="backslashreplace")
    return Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=False)


def can_write(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def marks(encoding: str) -> dict[str, str]:
    """Status to mark, each of the same width."""
    return MARKS if can_write("".join(MARKS.values()), encoding) else WORDS


def writable(text: str, encoding: str) -> str:
    """The text in characters that the encoding has: a usual substitute, a Greek letter's name, else an escape."""
    if can_write(text, encoding):
        return text
    return "".join(c if can_write(c, encoding) else _substitute(c, encoding) for c in text)


def _substitute(character: str, encoding: str) -> str:
    if character in SUBSTITUTES:
        return SUBSTITUTES[character]
    words = unicodedata.name(character, "").split()
    if words[:1] == ["GREEK"] and len(words) == 4:
        return words[-1].lower() if words[1] == "SMALL" else words[-1].capitalize()
    return character.encode("unicode_escape").decode("ascii")
