"""A capstone begins with what the student has already written: functions of earlier answers, put into its skeleton.

Knows: Python's syntax tree and the texts of skeleton and answers. Runs nothing. A function is carried over where name
and parameters are the skeleton's, its body is written, and with it whatever else of that answer it mentions by name.
"""

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.submissions import Answer

Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Carried:
    """One function of an earlier answer: its source with a remark where it is from, and that answer's path."""

    name: str
    path: str
    source: str


def carried_over(skeleton: str, answers: Iterable[Answer]) -> dict[str, Carried]:
    """By name: the functions of the skeleton that the answers hold; of several the last answer's counts."""
    wanted = {node.name: ast.dump(node.args) for node in ast.parse(skeleton).body if isinstance(node, ast.FunctionDef)}
    found: dict[str, Carried] = {}
    for answer in answers:
        parts = dict(_definitions(answer))
        for name, (node, source) in parts.items():
            if isinstance(node, ast.FunctionDef) and wanted.get(name) == ast.dump(node.args) and _is_written(node):
                beside = [text for _name, text in _mentioned(node, parts, set(wanted))]
                remark = f"# from your {answer.path}"
                found[name] = Carried(name, answer.path, "\n\n\n".join([remark + "\n" + source, *beside]))
    return found


def into_file(skeleton: str, carried: Mapping[str, Carried]) -> str:
    """The skeleton's text with the carried functions in the place of its own."""
    lines = skeleton.splitlines()
    for node in reversed(ast.parse(skeleton).body):
        if isinstance(node, ast.FunctionDef) and node.name in carried:
            lines[node.lineno - 1 : node.end_lineno] = carried[node.name].source.splitlines()
    return "\n".join(lines) + "\n"


def into_notebook(notebook: str, carried: Mapping[str, Carried]) -> str:
    """The same for a generated notebook, whose cell `function-NAME` holds one function."""
    read = json.loads(notebook)
    for cell in read["cells"]:
        name = cell.get("id", "").removeprefix("function-")
        if name in carried:
            cell["source"] = carried[name].source.splitlines(keepends=True)
    return json.dumps(read, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _definitions(answer: Answer) -> Iterator[tuple[str, tuple[ast.stmt, str]]]:
    """Every top-level name that the answer gives a value to, with the statement and its text."""
    for part in answer.parts:
        try:
            tree = ast.parse(part.source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in tree.body:
            for name in _names_of(node):
                yield name, (node, ast.get_source_segment(part.source, node) or "")


def _names_of(node: ast.stmt) -> list[str]:
    if isinstance(node, Definition):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [alias.asname or alias.name.split(".")[0] for alias in node.names]
    return []


def _mentioned(node: ast.stmt, parts: Mapping[str, tuple[ast.stmt, str]], known: set[str]) -> Iterator[tuple[str, str]]:
    """What else of its file a function needs, and what that needs; numpy is there under its usual name."""
    for name in sorted({inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}):
        if name in parts and name not in known and name != "np":
            known.add(name)
            other, source = parts[name]
            yield name, source
            yield from _mentioned(other, parts, known)


def _is_written(node: ast.FunctionDef) -> bool:
    last = node.body[-1]
    raised = last.exc if isinstance(last, ast.Raise) else None
    name = raised.func if isinstance(raised, ast.Call) else raised
    empty = isinstance(last, ast.Pass) or (isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant))
    return not empty and not (isinstance(name, ast.Name) and name.id == "NotImplementedError")
