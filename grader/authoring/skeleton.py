"""The skeleton of an answer: what a model answer promises, without how it is done.

Knows: Python's syntax. Does not know courses. Text is copied from the model answer and never printed anew from its
syntax tree, so that a signature looks as its author wrote it, under every version of Python.
"""

import ast
import io
import tokenize
from collections.abc import Collection, Iterator
from dataclasses import dataclass

Definition = ast.FunctionDef | ast.ClassDef


class SkeletonError(Exception):
    """A model answer from which no skeleton can be made, in one sentence."""


@dataclass(frozen=True)
class Skeleton:
    """docstring and imports as they stand; name to source of every function or class of the contract, in order."""

    docstring: str
    imports: str
    definitions: dict[str, str]

    def source(self) -> str:
        """The file that a student begins with."""
        head = [part for part in (self.docstring, self.imports) if part]
        return "\n\n".join(head) + "".join(f"\n\n\n{text}" for text in self.definitions.values()) + "\n"


def skeleton_of(source: str, contract: Collection[str]) -> Skeleton:
    """What a model answer's source promises of the names in contract. Raises SkeletonError."""
    tree = _parsed(source)
    lines = io.StringIO(source).readlines()  # not splitlines: Python ends a line at a line feed alone
    imports = [_text(lines, node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    definitions = {
        node.name: _emptied(lines, node, node.name)
        for node in tree.body
        if isinstance(node, Definition) and node.name in contract
    }
    if missing := [name for name in contract if name not in definitions]:
        raise SkeletonError(f"{missing[0]} is not defined")
    docstring = _text(lines, tree.body[0]) if ast.get_docstring(tree) else ""
    return Skeleton(docstring, "\n".join(imports), definitions)


def _parsed(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError as problem:
        raise SkeletonError(f"line {problem.lineno}: {problem.msg}") from problem


def _emptied(lines: list[str], node: Definition, name: str) -> str:
    """The first lines and the docstring. Functions lose their bodies, classes their private members."""
    head = _header(lines, node)
    indent = " " * (node.col_offset + 4)
    if documented := ast.get_docstring(node, clean=False) is not None:
        head += f"\n{indent}{_text(lines, node.body[0])}"
    if isinstance(node, ast.FunctionDef):
        if not documented and not _is_special(node.name):
            raise SkeletonError(f"{name} has no docstring: a student needs its shapes and its meaning")
        return f'{head}\n{indent}raise NotImplementedError("{name}: not written yet")'
    members = list(_members(lines, node))
    return "\n\n".join([head, *members]) if members else head + ("" if documented else f"\n{indent}pass")


def _members(lines: list[str], node: ast.ClassDef) -> Iterator[str]:
    """Fields together, then each public method. Fields are a dataclass's signature."""
    fields = [_line(lines, member) for member in node.body if isinstance(member, ast.AnnAssign)]
    if fields:
        yield "\n".join(fields)
    for member in node.body:
        if isinstance(member, ast.FunctionDef) and (not member.name.startswith("_") or _is_special(member.name)):
            yield _emptied(lines, member, f"{node.name}.{member.name}")


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _header(lines: list[str], node: Definition) -> str:
    """From the first decorator to the colon after the signature, with its indentation."""
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    before = "".join(lines[first - 1 : node.lineno - 1])
    signature = "".join(lines[node.lineno - 1 : node.end_lineno])
    row, column = _colon(signature)
    rows = io.StringIO(signature).readlines()
    return before + "".join(rows[: row - 1]) + rows[row - 1][:column]


def _colon(definition: str) -> tuple[int, int]:
    """Where the signature ends: row, and the column behind its colon. Colons in brackets are annotations or slices."""
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(definition).readline):
        if token.type != tokenize.OP:
            continue
        depth += (token.string in "([{") - (token.string in ")]}")
        if token.string == ":" and depth == 0:
            return token.end
    raise SkeletonError("a definition without a colon")  # the parser has seen one before


def _text(lines: list[str], node: ast.stmt) -> str:
    """The statement as it is written, from its own first column on."""
    return _line(lines, node).lstrip()


def _line(lines: list[str], node: ast.stmt) -> str:
    """The statement as it is written, with the indentation of its first line and without what follows it."""
    rows = lines[node.lineno - 1 : node.end_lineno]
    assert node.end_col_offset is not None
    last = rows[-1].encode()[: node.end_col_offset].decode()
    return "".join([*rows[:-1], last])
