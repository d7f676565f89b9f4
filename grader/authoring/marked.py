"""Every sentence that is marked with `_("…")` in a file, read from its text without running it.

Knows: Python's syntax tree. Does not know catalogues.
"""

import ast
from pathlib import Path


def marked_sentences(path: Path) -> dict[str, str]:
    """Template to `file, line n`. Raises SyntaxError where the file is no Python."""
    found: dict[str, str] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_" and node.args:
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found.setdefault(argument.value, f"{path.name}, line {node.lineno}")
    return found


def unmarkable(path: Path) -> list[str]:
    """Places where `_()` is given anything but a plain string: no catalogue could ever hold it."""
    return [
        f"{path.name}, line {node.lineno}: _() takes a plain string, so that it can be looked up."
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
        if not (node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str))
    ]
