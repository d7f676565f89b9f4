"""A notebook's bytes to parts: one for each code cell that holds Python, numbered as a reader counts the cells.

Knows: notebook formats 2 to 4 and what damaged ones look like. Does not know: exercises.

The JSON is read here and not by nbformat, which hands back a damaged notebook with all its sources emptied (it would
pass for one that nobody has worked on). Only the fields that are needed become objects: outputs, however large or
deeply nested, are skipped.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from grader.i18n import Text, _
from grader.submissions.answer import CELL_LIMIT, SOURCE_LIMIT, Unusable
from grader.submissions.magics import plain_python
from grader.submissions.source import with_line_feeds
from grader.wire import Part

_LENIENT_LIMIT = 8 << 20
"""Bytes up to which a notebook is read once more by the json module, which builds all of it in memory."""

_Source = str | list[str] | None


class _Cell(msgspec.Struct):
    cell_type: str
    source: _Source = None
    input: _Source = None  # formats 2 and 3


class _Sheet(msgspec.Struct):
    cells: list[_Cell]


class _Notebook(msgspec.Struct):
    nbformat: int | None = None
    cells: list[_Cell] | None = None
    worksheets: list[_Sheet] | None = None


@dataclass(frozen=True)
class Sources:
    """What a notebook holds for Python, and what was left out of it."""

    parts: tuple[Part, ...]
    notes: tuple[Text, ...]


def looks_like_notebook(text: str) -> bool:
    """Whether the text of a .py file is a notebook under another name."""
    return text.lstrip().startswith("{") and '"nbformat"' in text and '"cell_type"' in text


def read_notebook(data: bytes, path: str, writes_answer: Callable[[str], bool]) -> Sources:
    """The code of a notebook. Raises Unusable.

    writes_answer: whether a file of this name would be the answer: a cell "%%writefile sigmoid.py" then is one.
    """
    cells = _cells_of(_parsed(data, path), path)
    if len(cells) > CELL_LIMIT:
        sentence = _("{path} has {count} cells; more than {limit} are not read.")
        raise Unusable(sentence.format(path=path, count=len(cells), limit=CELL_LIMIT))
    code = [(number, _text_of(cell)) for number, cell in enumerate(cells, 1) if cell.cell_type == "code"]
    _expect_readable(code, path)
    return _sources(code, path, writes_answer)


def _parsed(data: bytes, path: str) -> _Notebook:
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise Unusable(_("{path} is empty.").format(path=path))
    try:
        return _decoded(data)
    except msgspec.ValidationError as problem:
        sentence = _("{path} is not a notebook that can be read ({reason}). Open it in Jupyter and save it again.")
        raise Unusable(sentence.format(path=path, reason=str(problem))) from problem
    except (ValueError, RecursionError) as problem:
        sentence = _("{path} is not a notebook: this is no JSON. Save it again as a notebook (.ipynb).")
        raise Unusable(sentence.format(path=path)) from problem


def _decoded(data: bytes) -> _Notebook:
    try:
        return msgspec.json.decode(data, type=_Notebook)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        # The outputs of a notebook may hold NaN, which Python writes and reads and JSON does not know.
        if len(data) > _LENIENT_LIMIT:
            raise
        return msgspec.convert(json.loads(data), _Notebook)


def _cells_of(notebook: _Notebook, path: str) -> list[_Cell]:
    if notebook.nbformat is None:
        raise Unusable(_('{path} is not a notebook: it has no "nbformat".').format(path=path))
    if notebook.nbformat == 4 and notebook.cells is not None:
        return notebook.cells
    if notebook.nbformat in (2, 3) and notebook.worksheets is not None:
        return [cell for sheet in notebook.worksheets for cell in sheet.cells]
    if notebook.nbformat in (2, 3, 4):
        raise Unusable(_("{path} is not a notebook: it has no cells.").format(path=path))
    sentence = _("{path} is a notebook of format {format}, which is not known here. Save it in format 4.")
    raise Unusable(sentence.format(path=path, format=notebook.nbformat))


def _text_of(cell: _Cell) -> str:
    source = cell.input if cell.source is None else cell.source
    return with_line_feeds(source if isinstance(source, str) else "".join(source or ()))


def _expect_readable(code: list[tuple[int, str]], path: str) -> None:
    size = 0
    for number, source in code:
        try:
            size += len(source.encode())
        except UnicodeEncodeError as problem:
            sentence = _("{path}, cell {number}: half of a character stands there alone. Write it anew.")
            raise Unusable(sentence.format(path=path, number=number)) from problem
        if "\0" in source:
            raise Unusable(_("{path}, cell {number}: NUL characters are no source.").format(path=path, number=number))
    if size > SOURCE_LIMIT:
        sentence = _("{path} holds {size} MiB of code; more than {limit} MiB are not read.")
        raise Unusable(sentence.format(path=path, size=-(-size >> 20), limit=SOURCE_LIMIT >> 20))


def _sources(code: list[tuple[int, str]], path: str, writes_answer: Callable[[str], bool]) -> Sources:
    written: list[Part] = []
    parts: list[Part] = []
    notes: list[Text] = []
    dropped = 0
    for number, source in code:
        plain = plain_python(source)
        part = Part(f"cell {number}", plain.source)
        dropped += plain.dropped
        if plain.magic is None:
            parts.append(part)
        elif plain.magic in ("writefile", "file") and writes_answer(plain.argument):
            written.append(part)
            notes.append(
                _("Cell {number} writes a file: its text is read before the other cells.").format(number=number)
            )
        else:
            sentence = _("Cell {number} begins with %%{magic} and was left out.")
            notes.append(sentence.format(number=number, magic=plain.magic))
    # What a cell writes to a file was never run in the notebook: whatever the other cells define comes after it.
    kept = tuple(part for part in (*written, *parts) if part.source.strip())
    return Sources(kept, (*notes, *_remarks(kept, dropped, path)))


def _remarks(kept: tuple[Part, ...], dropped: int, path: str) -> Iterator[Text]:
    if dropped:
        yield _("Lines that only a notebook understands (%, !, ?) were left out: {count}.").format(count=dropped)
    if not kept:
        yield _("No cell of {path} holds code.").format(path=path)
