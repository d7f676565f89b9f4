"""Which exercise a file's name means, however the name came out of a download.

Knows: the marks that browsers, systems and people put on copies. Does not know: folders, or what is in a file.
"""

import re
import unicodedata
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import PurePath

SUFFIXES = (".py", ".ipynb")

_LANGUAGE = re.compile(r"\.[a-z]{2}$")  # sigmoid.ja.ipynb is the course's own notebook
_COPY = re.compile(
    r"(?:\s*\(\d+\)"  # sigmoid (1), sigmoid(1): browsers
    r"|\s*-\s*(?:copy|コピー)\s*\d*"  # sigmoid - Copy: Windows; sigmoid-Copy1: Jupyter
    r"|\s*のコピー\s*\d*|\s+copy(?:\s+\d+)?"  # sigmoid のコピー, sigmoid copy 2: macOS
    r"|-\d+"  # sigmoid-1: Canvas
    r"|\.(?:py|ipynb))$"  # sigmoid.ipynb のコピー.ipynb: Colab
)
_COPY_OF = re.compile(r"^copy[ _]of[ _]")


def suffix_of(name: str) -> str | None:
    """The ending that makes a file an answer, in small letters; None of any other file."""
    ending = PurePath(name).suffix.lower()
    return ending if ending in SUFFIXES else None


def exercise_named(name: str, known: Collection[str]) -> str | None:
    """The exercise that a file of this name answers; None where the name says none."""
    stem = PurePath(name).stem
    if stem in known:
        return stem
    folded = {_folded(exercise): exercise for exercise in known}
    stem = _COPY_OF.sub("", unicodedata.normalize("NFKC", stem).casefold())
    while _folded(stem) not in folded:
        shorter = _COPY.sub("", _LANGUAGE.sub("", stem))
        if shorter == stem:
            return None
        stem = shorter
    return folded[_folded(stem)]


def is_as_given(name: str, exercise: str) -> bool:
    """Whether the file bears the name that the course gives it, in whatever language."""
    return _LANGUAGE.sub("", PurePath(name).stem) == exercise


def nearest(name: str, known: Collection[str]) -> str | None:
    """The exercise that was perhaps meant by a name that says none."""
    near = get_close_matches(PurePath(name).stem.lower(), sorted(known), 1)
    return near[0] if near else None


def _folded(stem: str) -> str:
    return re.sub(r"[\s-]", "_", stem.strip())
