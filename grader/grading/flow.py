"""Which names of a function's body find their way into what it returns or leaves behind.

Knows: assignments, views and loops, one name at a time and in no order. Errs on the side of too many names; a value
that only an assert, a condition or a print sees is not among them.
"""

import ast
from collections.abc import Iterator, Sequence

from grader.grading.algebra import HANDED_ON, called_name, names_in, operand_of, parts_of

TELLING = frozenset({"print", "warn", "info", "debug", "warning", "error"})
LISTING = frozenset({"zip", "enumerate", "items", "values", "reversed", "nditer", "ndenumerate"})


def relevant_names(body: Sequence[ast.stmt], parameters: Sequence[str], returned: bool) -> set[str]:
    """returned: whether somebody takes what the function returns. Its parameters it may change in any case."""
    sources: dict[str, set[str]] = {}
    reached = set(parameters)
    bound: set[str] = set()
    for node in _statements(body):
        for target, names in _flows(node):
            sources.setdefault(target, set()).update(names)
            bound.add(target)
        for part in _expressions(node):
            if isinstance(part, ast.NamedExpr):
                sources.setdefault(part.target.id, set()).update(names_in([part.value]))
            if isinstance(part, ast.Yield | ast.YieldFrom):
                reached |= names_in([part.value])
        if isinstance(node, ast.Return) and returned:
            reached |= names_in([node.value])
        elif isinstance(node, ast.Nonlocal | ast.Global):
            reached |= set(node.names)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name):
            reached.add(node.value.func.id)
    reached |= _changed_from_outside(body, parameters)
    waiting = list(reached)
    while waiting:
        new = sources.get(waiting.pop(), set()) - reached
        reached |= new
        waiting.extend(new)
    return reached


def is_relevant(node: ast.Expr, relevant: set[str]) -> bool:
    """Whether a call for its effect touches a relevant name. What only tells or asserts has no effect."""
    if isinstance(node.value, ast.Call):
        name = called_name(node.value)
        if name in TELLING or name.startswith("assert"):
            return False
    return bool(names_in([node.value]) & relevant)


def values_of(node: ast.Assign | ast.AnnAssign) -> Iterator[tuple[str, ast.expr]]:
    """(name, value) of an assignment to names; `a, b = 1, 2` is two of them."""
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        if isinstance(target, ast.Name) and node.value is not None:
            yield target.id, node.value
        elif isinstance(target, ast.Tuple | ast.List) and isinstance(node.value, ast.Tuple | ast.List):
            pairs = zip(target.elts, node.value.elts, strict=False)
            yield from ((name.id, value) for name, value in pairs if isinstance(name, ast.Name))


def target_names(target: ast.expr) -> set[str]:
    """The names that an assignment or a loop binds."""
    return {part.id for part in ast.walk(target) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}


def root_name(node: ast.expr) -> str | None:
    """x of `x[k].flat[0]`."""
    while isinstance(node, ast.Subscript | ast.Attribute | ast.Starred | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """All statements of one scope."""
    waiting: list[ast.AST | None] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt):
            yield node
        if isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case) and not _is_scope(node):
            waiting.extend(parts_of(node))


def _is_scope(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def _expressions(node: ast.stmt) -> Iterator[ast.AST]:
    if not _is_scope(node):
        for part in parts_of(node):
            if isinstance(part, ast.expr):
                yield from ast.walk(part)


def _flows(node: ast.stmt) -> Iterator[tuple[str, set[str]]]:
    """(name, names that it is made of); a view goes both ways, since what changes it changes what it shows."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name, names_in(node.body)
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            yield from _between(target_names(target) or {root_name(target) or ""}, node.value)
    elif isinstance(node, ast.For | ast.AsyncFor):
        yield from _between(target_names(node.target), node.iter)
    elif isinstance(node, ast.With | ast.AsyncWith):
        for item in node.items:
            if item.optional_vars is not None:
                yield from _between(target_names(item.optional_vars), item.context_expr)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        handed = names_in([*call.args, *call.keywords])
        owner = {root_name(call.func) or ""} if isinstance(call.func, ast.Attribute) else set()
        for name in owner | {arg.id for arg in call.args if isinstance(arg, ast.Name)}:
            yield name, handed | names_in([call.func])


def _between(targets: set[str], value: ast.expr) -> Iterator[tuple[str, set[str]]]:
    for target in targets:
        yield target, names_in([value])
    for shown in _shown(value):
        yield shown, targets


def _shown(value: ast.expr) -> Iterator[str]:
    """Names of which the value may be a view or hold the very object."""
    if isinstance(value, ast.Name | ast.Subscript | ast.Attribute):
        if root := root_name(value):
            yield root
    elif isinstance(value, ast.Tuple | ast.List | ast.Dict):
        for item in value.values if isinstance(value, ast.Dict) else value.elts:
            yield from _shown(item)
    elif isinstance(value, ast.Call) and called_name(value) in HANDED_ON | LISTING:
        operand = operand_of(value)
        for item in {id(item): item for item in (operand, *value.args) if item is not None}.values():
            yield from _shown(item)


def _changed_from_outside(body: Sequence[ast.stmt], parameters: Sequence[str]) -> set[str]:
    """Names of an outer scope into which the body writes: bound nowhere in it, and a target all the same."""
    bound, changed = set(parameters), set()
    for node in _statements(body):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            if isinstance(target, ast.expr):
                bound |= target_names(target)
                changed |= {root_name(target) or ""} if isinstance(target, ast.Subscript | ast.Attribute) else set()
    return changed - bound
