"""What an answer's text shows without running it: where functions are defined, and which bodies are untouched.

Knows: Python's syntax tree. Does not run anything: parsing a hostile source may cost time, so only a source that a
child has already compiled is parsed here, and only up to a size.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from grader.wire import Part

READABLE = 200_000
"""Characters. A longer source is not parsed: nobody wrote it by hand."""


@dataclass(frozen=True)
class Definition:
    """A function or class of the answer: which part and line it begins at, and whether its body says nothing yet."""

    part: int
    line: int
    untouched: bool


def definitions(parts: Sequence[Part]) -> dict[str, Definition]:
    """Every top-level function and class; the last definition of a name counts, as it does for Python."""
    found: dict[str, Definition] = {}
    for number, part in enumerate(parts):
        for node in tree(part.source).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found[node.name] = Definition(number, node.lineno, _is_untouched(node))
    return found


def says_nothing(parts: Sequence[Part]) -> bool:
    """Whether there is no statement at all but docstrings and imports."""
    return all(
        isinstance(node, ast.Import | ast.ImportFrom) or _is_text(node)
        for part in parts
        if len(part.source) <= READABLE
        for node in tree(part.source).body
    ) and all(len(part.source) <= READABLE for part in parts)


def tree(source: str) -> ast.Module:
    if len(source) > READABLE:
        return ast.Module([], [])
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _is_untouched(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    if isinstance(node, ast.ClassDef):
        methods = [item for item in node.body if isinstance(item, ast.FunctionDef)]
        return bool(methods) and all(_is_untouched(method) for method in methods)
    return all(_is_text(item) or _is_placeholder(item) for item in node.body)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_placeholder(node: ast.stmt) -> bool:
    if isinstance(node, ast.Pass):
        return True
    if not isinstance(node, ast.Raise) or node.exc is None:
        return False
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
