"""The notebook of an exercise: its statement, a cell for each function, and how to have it judged.

Knows: the notebook format (4.5). Does not know courses or files. The same statement and skeleton give the same bytes.
"""

import json
from collections.abc import Iterator
from typing import Any

from grader.authoring.skeleton import Skeleton
from grader.i18n import Text, _


def notebook_of(exercise: str, statement: str, skeleton: Skeleton, closing: str) -> str:
    """The notebook's text. closing: the last cell, in the statement's language."""
    cells = [
        *_statement_cells(statement),
        *([_code("imports", skeleton.imports)] if skeleton.imports else []),
        *(_code(f"function-{name}", source) for name, source in skeleton.definitions.items()),
        _markdown("check", closing),
    ]
    metadata = {
        "grader": {"exercise": exercise},
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def closing_of(exercise: str) -> Text:
    """What the last cell says."""
    return _(
        "Save the notebook. In a terminal, in the notebook's folder, this has it judged:\n\n"
        "```\ngrader check {exercise}\n```\n\n"
        "The code cells are read from top to bottom, and more may be added. Lines that begin with % or ! are left out."
    ).format(exercise=exercise)


def _statement_cells(statement: str) -> Iterator[dict[str, Any]]:
    """One cell for each section, so that a reader can fold them."""
    sections: list[list[str]] = [[]]
    fenced = False
    for line in statement.strip().splitlines():
        fenced ^= line.startswith("```")
        if line.startswith("## ") and not fenced:
            sections.append([])
        sections[-1].append(line)
    for number, section in enumerate(sections, 1):
        yield _markdown(f"statement-{number}", "\n".join(section).strip())


def _markdown(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": _lines(source)}


def _code(id: str, source: str) -> dict[str, Any]:
    body = {"cell_type": "code", "id": id[:64], "metadata": {}, "source": _lines(source)}
    return body | {"execution_count": None, "outputs": []}


def _lines(source: str) -> list[str]:
    return source.splitlines(keepends=True)
