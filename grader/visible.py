"""Text that came out of an answer, made harmless: what cannot be seen is written out, and there is not too much of it.

Knows: which characters steer a terminal, hide, or turn a line round. Does not know markup: a front that has one
escapes it itself. Names, exceptions, prints and paths pass through here before a person meets them.
"""

import unicodedata

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, format characters (bidi overrides, zero-width ones), lone surrogates, private and unassigned ones."""

STACKED = 2
"""So many marks may stand on one letter (a Vietnamese vowel has two); a tower of them would cover other lines."""


def visible(text: str, limit: int = 200, *, lines: bool = False) -> str:
    """The text with every unseen character as Python would write it (`\\x1b`, `\\u202e`), at most `limit` long.

    lines: line feeds and tabs may stay, for text that is shown as a block (tabs become four spaces).
    What is cut off is marked by "…", which counts.
    """
    # Every character becomes at least one, so what lies beyond the limit need not be looked at.
    pieces = _pieces(text[: limit + 1], lines)
    if len(text) <= limit and sum(map(len, pieces)) <= limit:
        return "".join(pieces)
    shown, room = [], limit - 1
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            break
        shown.append(piece)
    return "".join(shown) + "…"


def _pieces(text: str, lines: bool) -> list[str]:
    pieces, stacked = [], 0
    for character in text:
        category = unicodedata.category(character)
        stacked = stacked + 1 if category in ("Mn", "Me") else 0
        if lines and character == "\n":
            pieces.append(character)
        elif lines and character == "\t":
            pieces.append("    ")
        elif category in UNSEEN or stacked > STACKED:
            pieces.append(character.encode("unicode_escape").decode("ascii"))
        else:
            pieces.append(character)
    return pieces
