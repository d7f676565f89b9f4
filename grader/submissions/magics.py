"""The Python in a notebook's cell: what only IPython understands is taken out, and every line keeps its number.

Knows: magics (%, %%), shell lines (!), help lines (?), and enough of Python's lexis to leave strings alone.
Does not know: notebooks, or what any magic does.

Python never begins a statement with %, ! or ?, so a statement is where one is looked for: not in the middle of a
bracket, where a line may begin with the operator %, and not in a string, where a line may begin with anything.
"""

import re
from dataclasses import dataclass

TRANSPARENT = frozenset({"time", "timeit", "capture", "prun"})
"""Cell magics that run the rest of the cell as Python."""

_CELL_MAGIC = re.compile(r"\s*%%(\w*)[ \t]*(.*)")
_MAGIC = re.compile(
    r"(?P<indent>[ \t]*)(?:"
    r"(?P<name>[A-Za-z_]\w*)[ \t]*=[ \t]*[!%](?:\\\n|.)*"  # files = !ls
    r"|[%!?](?:\\\n|.)*"  # %time f(x), !pip install, ?np.sum
    r"|[\w.*]+(?:\[-?\d+\])*\?\??[ \t]*(?=\n|\Z)"  # np.sum?
    r")"
)
# Possessive throughout: each branch takes all it can, and an answer cannot make the search go back.
_TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\[\s\S]|"(?!""))*+(?:"""|\\?\Z)'
    r"|'''(?:[^'\\]++|\\[\s\S]|'(?!''))*+(?:'''|\\?\Z)"
    r'|"(?:[^"\\\n]++|\\[\s\S])*+(?:"|(?=\n)|\\?\Z)'
    r"|'(?:[^'\\\n]++|\\[\s\S])*+(?:'|(?=\n)|\\?\Z)"
    r"|\#.*"
    r"|\\\n"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<newline>\n)"
    r"|[^\"'#\\()\[\]{}\n]++|\\"
)


@dataclass(frozen=True)
class Plain:
    """A cell as Python. dropped: how many statements were taken out.

    magic, argument: the %% line that makes the cell something else than Python; source is then its body.
    """

    source: str
    dropped: int = 0
    magic: str | None = None
    argument: str = ""


def plain_python(cell: str) -> Plain:
    """The cell without what only IPython understands."""
    lines, dropped = cell, 0
    while found := _CELL_MAGIC.match(lines):
        name, argument = found[1], found[2].strip()
        rest = lines[found.end() :]
        blank = "\n" * lines[: found.end()].count("\n")
        if name not in TRANSPARENT:
            return Plain(blank + rest, dropped, name, argument)
        lines, dropped = blank + rest, dropped + 1
    source, taken = _without_magics(lines)
    return Plain(source, dropped + taken)


def _without_magics(text: str) -> tuple[str, int]:
    pieces: list[str] = []
    position, depth, dropped, at_statement = 0, 0, 0, True
    while position < len(text):
        if at_statement and (magic := _MAGIC.match(text, position)):
            pieces.append(_in_its_place(magic))
            position, dropped, at_statement = magic.end(), dropped + 1, False
            continue
        token = _TOKEN.match(text, position)
        assert token is not None  # the last two branches take every character that the others leave
        depth = max(0, depth + bool(token["open"]) - bool(token["close"]))
        at_statement = bool(token["newline"]) and depth == 0
        pieces.append(token[0])
        position = token.end()
    return "".join(pieces), dropped


def _in_its_place(magic: re.Match[str]) -> str:
    """Python that does nothing, on as many lines; a name that was to be set is set, so that later lines go on."""
    statement = f"{magic['name']} = None" if magic["name"] else "pass"
    return magic["indent"] + statement + "\n" * magic[0].count("\n")
