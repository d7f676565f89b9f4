"""Files of the project as their imports, calls and names say: nothing is imported or run."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def files(*folders: str) -> list[Path]:
    """Every Python file below these folders, as paths within the project."""
    found = [path for folder in folders for path in (PROJECT / folder).rglob("*.py")]
    return sorted(path.relative_to(PROJECT) for path in found if "__pycache__" not in path.parts)


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse((PROJECT / path).read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every import, also those inside functions and under TYPE_CHECKING."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the import out in full"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def named(paths: list[Path]) -> Iterator[tuple[Path, str, str]]:
    """(path, dotted name, "path:line imports name") of every import in these files."""
    for path in paths:
        for line, name in imports(path):
            yield path, name, f"{path}:{line} imports {name}"


def nodes(paths: list[Path], kind: type) -> Iterator[tuple[Path, ast.AST, str]]:
    """(path, node, "path:line") of every node of a kind in these files."""
    for path in paths:
        for node in ast.walk(tree(path)):
            if isinstance(node, kind):
                yield path, node, f"{path}:{getattr(node, 'lineno', 0)}"


def top(name: str) -> str:
    """The package that a dotted name begins with."""
    return name.partition(".")[0]


def called(node: ast.Call) -> str:
    """The last name of what is called: `import_module` of importlib.import_module(…)."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
