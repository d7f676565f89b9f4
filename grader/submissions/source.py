"""Bytes of a .py file to text, as Python itself would read them, and what to say where they are no text.

Knows: UTF-8, byte-order marks, coding lines (PEP 263), line ends. Does not know: notebooks, exercises.
"""

import codecs
import re

from grader.i18n import Text, _
from grader.submissions.answer import Unusable

_CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
_NO_CODE = re.compile(rb"^[ \t\f]*(?:#.*)?$")

# Only codecs that map letters: some that Python knows besides take quadratic time, or are no encodings of text.
_CHARSETS = ("utf-8", "ascii", "iso8859", "cp", "shift_jis", "euc_", "iso2022_", "gb", "big5", "hz", "koi8", "mac")


def decoded(data: bytes, path: str) -> str:
    """The text of a file, with line feeds alone at its line ends. Raises Unusable."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unusable(_("{path} is saved as UTF-16. Save it as UTF-8.").format(path=path))
    if b"\0" in data:
        raise Unusable(_("{path} holds NUL bytes: it is not a text file.").format(path=path))
    body = data.removeprefix(codecs.BOM_UTF8)
    encoding = "utf-8" if len(body) < len(data) else _declared(body, path)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as problem:
        raise Unusable(_undecodable(body, problem, path)) from problem
    return with_line_feeds(text)


def with_line_feeds(text: str) -> str:
    """CR LF and CR as LF, which is how Python counts lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _declared(body: bytes, path: str) -> str:
    """The encoding that one of the first two lines names; UTF-8 where none does."""
    for number, line in enumerate(re.split(rb"\r\n|\r|\n", body[:4096])[:2], 1):
        if found := _CODING.match(line):
            return _charset(found[1].decode("ascii"), number, path)
        if not _NO_CODE.match(line):
            break
    return "utf-8"


def _charset(name: str, line: int, path: str) -> str:
    plain = name.lower().replace("_", "-")
    if plain == "utf-8" or plain.startswith("utf-8-"):
        return "utf-8"
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        encoding = ""
    if not encoding.startswith(_CHARSETS):
        sentence = _('{path}, line {line}: "{encoding}" is no encoding of text that Python knows. Save it as UTF-8.')
        raise Unusable(sentence.format(path=path, line=line, encoding=name))
    return encoding


def _undecodable(body: bytes, problem: UnicodeDecodeError, path: str) -> Text:
    before = re.split(rb"\r\n|\r|\n", body[: problem.start])
    where = {"path": path, "line": len(before), "column": len(before[-1]) + 1, "encoding": problem.encoding.upper()}
    likely = _likely(body)
    if problem.encoding != "utf-8" or likely is None:
        sentence = _("{path}, line {line}: byte {column} of this line is not {encoding}. Save the file as UTF-8.")
        return sentence.format(**where)
    sentence = _(
        "{path}, line {line}: byte {column} of this line is not UTF-8, but the file can be read as {likely}. "
        "Save it as UTF-8, or write # coding: {likely} in its first line."
    )
    return sentence.format(**where, likely=likely)


def _likely(body: bytes) -> str | None:
    """EUC first: its bytes are often Shift_JIS as well, as half-width katakana, and hardly ever the other way."""
    for encoding in ("euc_jp", "cp932"):
        try:
            body.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None
