"""Lines of a given width, for English and Japanese.

Knows: how wide a character is on a terminal and where a line may end. Does not know what the text says.
Spaces alone will not do: a Japanese sentence has none, and one with a formula in it has them in odd places.
"""

from collections.abc import Iterator

from rich.cells import cell_len

NOT_FIRST = frozenset("、。，．）」』】〉》］｝・ー！？：；,.)]}!?:;ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々…")  # noqa: RUF001
"""Closing marks and small kana: a Japanese line does not begin with one."""
NOT_LAST = frozenset("（「『【〈《［｛([{")  # noqa: RUF001


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, at least one line; a word that is longer is cut."""
    lines: list[str] = []
    line, width = "", max(width, 2)  # one Japanese character: a narrower terminal cannot be served
    for piece in _pieces(text):
        if line and cell_len(line + piece.rstrip(" ")) > width:
            lines += [line.rstrip(" ")] if line.strip() else []
            line, piece = "", piece.lstrip(" ")
        while cell_len(piece.rstrip(" ")) > width:
            head = _head(piece, width)
            lines.append(head)
            piece = piece[len(head) :]
        line += piece
    return [*lines, line.rstrip(" ")] if line.strip() or not lines else lines


def pad(text: str, width: int) -> str:
    """The text with spaces after it, to a width in cells and not in characters."""
    return text + " " * max(0, width - cell_len(text))


def shorten(text: str, width: int, mark: str = "…") -> str:
    """The text in at most `width` cells: of a longer one the end, behind a mark (of a path the end says most)."""
    if cell_len(text) <= width:
        return text
    while text and cell_len(mark + text) > width:
        text = text[1:]
    return mark + text


def crop(text: str, width: int, mark: str = "…") -> str:
    """The text in at most `width` cells: of a longer one the beginning, before a mark."""
    return text if cell_len(text) <= width else _head(text, width - cell_len(mark)) + mark


def _pieces(text: str) -> Iterator[str]:
    """The text cut wherever a line may end; spaces stay at the end of the piece before them."""
    start = 0
    for k in range(1, len(text)):
        if _may_break(text[k - 1], text[k]):
            yield text[start:k]
            start = k
    yield text[start:]


def _may_break(before: str, after: str) -> bool:
    if after == " " or cell_len(after) == 0:
        return False
    if before == " ":
        return True
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    return cell_len(before) == 2 or cell_len(after) == 2


def _head(text: str, width: int) -> str:
    """The longest beginning that fits, at least one character, so that wrapping ends."""
    length = 1
    while length < len(text) and cell_len(text[: length + 1]) <= width:
        length += 1
    return text[:length]
