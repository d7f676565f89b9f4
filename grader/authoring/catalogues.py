"""Catalogues of translated sentences, from what is written (.po) to what programs read (.mo).

Knows: Babel. Does not know courses or sentences. It imports nothing of this project: the build of the package loads
it by its path, before there is a package.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def compiled(locale: Path) -> Iterator[tuple[Path, bytes]]:
    """Each catalogue of the folder: where its .mo file belongs, and that file's bytes. Raises ValueError."""
    for path in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        yield path.with_suffix(".mo"), _compiled(path)


def _compiled(path: Path) -> bytes:
    with open(path, "rb") as file:
        try:
            catalogue = read_po(file, locale=path.parent.parent.name, abort_invalid=True)
        except (PoFileError, ValueError) as problem:
            raise ValueError(f"{path} cannot be read: {problem}") from problem
    # Where a catalogue gives no date Babel takes the present one, and the same .po would never compile to the same .mo.
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()
