"""Whether an answer's text takes a slope by differences: the first witness of a numerical derivative.

Knows: Python's statements, which functions a judged one reaches, and which values find their way into what it returns.
Does not know what a difference quotient looks like (quotients does), and runs nothing: a source is parsed only after a
child has compiled it, up to a size, and no further than a budget of parts reaches.

A quotient counts where its value is returned. One in an assert, in a comparison or in a function that nobody calls is
a gradient check, which is what a careful student writes.
"""

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from grader.grading.algebra import HANDED_ON, LOOP, UNIT, Algebra, TooMuch, called_name, names_in, operand_of, parts_of
from grader.grading.flow import is_relevant, relevant_names, root_name, target_names, values_of
from grader.grading.quotients import Quotient, Quotients
from grader.grading.source import tree
from grader.wire import Part

BUDGET = 150_000
Env = dict[str, ast.expr]
Function = ast.FunctionDef | ast.AsyncFunctionDef
APPENDING = frozenset({"append", "extend", "insert", "add"})
OPAQUE = frozenset({"exec", "eval", "compile", "globals", "locals", "vars", "getattr", "__import__", "importlib"})


@dataclass(frozen=True)
class Slope:
    """A difference quotient of the answer: which part and line, and its step where that is a constant."""

    part: int
    line: int | None
    step: float | None


@dataclass(frozen=True)
class Reading:
    """What the text of one function shows. veiled: it asks for values in a way that reading cannot follow."""

    slopes: tuple[Slope, ...] = ()
    veiled: bool = False


@dataclass
class Module:
    """The top level of an answer: what each name stands for, by the part in which it does."""

    functions: dict[str, tuple[int, Function]] = field(default_factory=dict)
    methods: dict[str, list[tuple[int, Function]]] = field(default_factory=dict)
    classes: dict[str, list[str]] = field(default_factory=dict)
    bound: dict[str, tuple[int, ast.expr]] = field(default_factory=dict)
    attributes: dict[str, float] = field(default_factory=dict)
    opaque: bool = False

    @classmethod
    def of(cls, parts: Sequence[Part]) -> "Module":
        module = cls()
        for number, part in enumerate(parts):
            module._take(number, tree(part.source).body)
        return module

    def _take(self, part: int, body: Sequence[ast.stmt]) -> None:
        for node in body:
            if isinstance(node, ast.If) and "__name__" in names_in([node.test]):
                continue
            self.opaque = self.opaque or bool(OPAQUE & names_in([node]))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self.bound.pop(node.name, None)
                self.functions[node.name] = part, node
            elif isinstance(node, ast.ClassDef):
                self._take_class(part, node)
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                self._bind(part, node)
            else:
                for inner in blocks_of(node):
                    self._take(part, inner)

    def _bind(self, part: int, node: ast.Assign | ast.AnnAssign) -> None:
        for name, value in values_of(node):
            self.functions.pop(name, None)
            self.bound[name] = part, value

    def _take_class(self, part: int, node: ast.ClassDef) -> None:
        self.classes[node.name] = []
        for item in ast.walk(node):
            if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
                self.methods.setdefault(item.name, []).append((part, item))
                self.classes[node.name].append(item.name)
            elif isinstance(item, ast.Assign | ast.AnnAssign) and isinstance(item.value, ast.Constant):
                target = item.targets[0] if isinstance(item, ast.Assign) else item.target
                if isinstance(item.value.value, float):
                    name = target.attr if isinstance(target, ast.Attribute) else root_name(target)
                    self.attributes[name or ""] = item.value.value


def read(parts: Sequence[Part], function: str, forwards: frozenset[str] = frozenset()) -> Reading:
    """What the text shows of the function of this name. forwards: the functions whose slope it should give.

    Never raises: of a source that is too large or too entangled nothing is said.
    """
    try:
        module = Module.of(parts)
        reader = Reader(module, forwards)
        reader.read(function)
    except (TooMuch, RecursionError, MemoryError, ArithmeticError, ValueError):
        # Numbers of any size stand in a source: a hexadecimal one of 5,000 digits has no decimal form.
        return Reading(veiled=True)
    return Reading(tuple(reader.found), reader.asks_often or module.opaque)


class Reader:
    """Reads one function of an answer and those that it reaches, callers before what they call."""

    def __init__(self, module: Module, forwards: frozenset[str]) -> None:
        self.module, self.forwards = module, forwards
        self.algebra = Algebra(BUDGET, module.attributes)
        self.found: list[Slope] = []
        self.asks_often = False
        self._part = 0
        self._waiting: list[tuple[str, bool]] = []
        self._known: set[tuple[str, bool]] = set()
        self._passed: dict[str, dict[int | str, ast.expr]] = {}
        self._asked: dict[str, int] = {}
        self._quotients = Quotients(self.algebra, frozenset(module.functions))
        self._module_env: Env = {}
        for name, (_part, value) in module.bound.items():
            self._module_env[name] = self._resolved(value, self._module_env)

    def read(self, function: str) -> None:
        self._reach(function, True)
        while self._waiting:
            name, returned = self._waiting.pop(0)
            if name in self.module.bound:
                self._part, value = self.module.bound[name]
                self._look(value, {})
            for part, definition in self._definitions(name):
                self._part = part
                self._quotients.perturbed = []
                self._function(definition, dict(self._module_env), returned)

    def _definitions(self, name: str) -> list[tuple[int, Function]]:
        own = [self.module.functions[name]] if name in self.module.functions else []
        methods = [item for method in self.module.classes.get(name, ()) for item in self.module.methods[method]]
        return own + methods + self.module.methods.get(name, [])

    def _reach(self, name: str, returned: bool) -> None:
        known = name in self.module.functions or name in self.module.bound or name in self.module.methods
        if (known or name in self.module.classes) and (name, returned) not in self._known:
            self._known.add((name, returned))
            self._waiting.append((name, returned))

    def _function(self, node: Function, env: Env, returned: bool) -> None:
        parameters = [*node.args.posonlyargs, *node.args.args]
        names = [arg.arg for arg in (*parameters, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg) if arg]
        defaults = dict(zip(reversed([arg.arg for arg in parameters]), reversed(node.args.defaults), strict=False))
        defaults |= {arg.arg: value for arg, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
                     if value is not None}  # fmt: skip
        passed = self._passed.get(node.name, {})
        inner = {name: value for name, value in env.items() if name not in names}
        for place, name in enumerate(names):
            value = passed.get(name, passed.get(place, defaults.get(name)))
            if value is not None and self.algebra.constant(self._resolved(value, env)) is not None:
                inner[name] = self._resolved(value, env)
        for decorator in node.decorator_list:
            self._look(decorator, env)
        _Body(self, inner, relevant_names(node.body, names, returned)).statements(node.body)

    def _look(self, expression: ast.expr, env: Env, returned: bool = True) -> ast.expr:
        """An expression whose value is returned in the end: its quotients, and what it reaches."""
        resolved = self._resolved(expression, env)
        for quotient in self._quotients.found_in(resolved):
            self.found.append(self._slope(quotient, expression))
        for node in ast.walk(expression):
            if isinstance(node, ast.Call):
                self._note_constants(node, env)
            if isinstance(node, ast.Name) and node.id in self.forwards:
                self._asked[node.id] = self._asked.get(node.id, 0) + 1
                self.asks_often = self.asks_often or self._asked[node.id] > 1
        called = {id(node.func) for node in ast.walk(expression) if isinstance(node, ast.Call)}
        handed = {node.id for node in ast.walk(expression) if isinstance(node, ast.Name) and id(node) not in called}
        self.asks_often = self.asks_often or bool(self.forwards & handed)
        for name in sorted(names_in([expression])):
            self._reach(name, returned)
        return resolved

    def _slope(self, quotient: Quotient, expression: ast.expr) -> Slope:
        return Slope(self._part, quotient.line or getattr(expression, "lineno", None), quotient.step)

    def _note_constants(self, call: ast.Call, env: Env) -> None:
        """Numbers handed to a function of the answer stand for its parameters."""
        callee, args = call.func, call.args
        if called_name(call) == "partial" and args:
            callee, args = args[0], args[1:]
        name = callee.id if isinstance(callee, ast.Name) else callee.attr if isinstance(callee, ast.Attribute) else ""
        handed: dict[int | str, ast.expr] = dict(enumerate(args))
        handed |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
        for place, value in handed.items():
            resolved = self._resolved(value, env)
            if self.algebra.constant(resolved) is not None:
                self._passed.setdefault(name, {})[place] = resolved

    def _resolved(self, node: ast.expr, env: Env) -> ast.expr:
        """The expression with every name replaced by what it stands for; the parts are shared, not copied."""
        result = self._replaced(node, env)
        assert isinstance(result, ast.expr)
        return result

    def _replaced(self, node: ast.AST, env: Env) -> ast.AST:
        if isinstance(node, ast.Name):
            return env.get(node.id, node)
        self.algebra.spend()
        if isinstance(node, ast.Lambda):
            hidden = {arg.arg for arg in ast.walk(node.args) if isinstance(arg, ast.arg)}
            env = {name: value for name, value in env.items() if name not in hidden}
        elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            env = dict(env)
            for generator in node.generators:
                env |= {name: ast.Name(LOOP + name) for name in target_names(generator.target)}
        elif isinstance(node, ast.NamedExpr):
            value = self._resolved(node.value, env)
            env[node.target.id] = value
            return value
        new = copy.copy(node)
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.AST) and name != "ctx":
                setattr(new, name, self._replaced(value, env))
            elif isinstance(value, list):
                setattr(new, name, [self._replaced(item, env) if isinstance(item, ast.AST) else item for item in value])
        return new


class _Body:
    """The statements of one function in order, with what each name stands for so far."""

    def __init__(self, reader: Reader, env: Env, relevant: set[str]) -> None:
        self.reader, self.env, self.relevant = reader, env, relevant
        self._bases: dict[str, ast.expr] = {}

    def statements(self, body: Sequence[ast.stmt]) -> None:
        for node in body:
            self.reader.algebra.spend()
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self.env.pop(node.name, None)
                if node.name in self.relevant:
                    self.reader._function(node, dict(self.env), True)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                self._assign(node)
            elif isinstance(node, ast.AugAssign):
                self._change(node)
            elif isinstance(node, ast.Return) and node.value is not None:
                self.reader._look(node.value, self.env)
            elif isinstance(node, ast.Expr):
                self._do(node)
            else:
                self._compound(node)

    def _value(self, node: ast.expr, names: set[str]) -> ast.expr:
        """What a value stands for; it is looked at only where it goes on into what is returned."""
        if names & self.relevant:
            return self.reader._look(node, self.env)
        return self.reader._resolved(node, self.env)

    def _assign(self, node: ast.Assign | ast.AnnAssign) -> None:
        for name, value in values_of(node):
            resolved = self._value(value, {name})
            self._bases.pop(name, None)
            self.env[name] = resolved
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            root = root_name(target)
            if isinstance(target, ast.Subscript | ast.Attribute) and root and node.value is not None:
                self._put(target, root, self._value(node.value, {root}))
            for name in target_names(target) - {name for name, _ in values_of(node)}:
                self.env.pop(name, None)
                if node.value is not None:
                    self._value(node.value, {name})

    def _put(self, target: ast.expr, root: str, value: ast.expr) -> None:
        """`x[k] = x[k] + h` moves an entry, `x[k] = old` puts it back, `e[k] = h` makes a step of zeros."""
        if not isinstance(target, ast.Subscript):
            return
        old = self.env.get(root, ast.Name(root))
        base = self._bases.setdefault(root, old)
        place = self.reader.algebra.form(self.reader._resolved(target.slice, self.env))
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add | ast.Sub):
            for entry, step in ((value.left, value.right), (value.right, value.left)):
                if self._is_entry(entry, place):
                    self._move(root, base, value.op, step)
                    return
        if self._is_entry(value, place):
            self.env[root] = base
        elif not any(isinstance(part, ast.Subscript | ast.Call) for part in ast.walk(value)):
            self._move(root, base, ast.Add(), value)
        else:
            self.env[root] = ast.Tuple([old, value])

    def _is_entry(self, node: ast.expr, place: int) -> bool:
        while isinstance(node, ast.Call) and called_name(node) in HANDED_ON:
            operand = operand_of(node)
            if operand is None:
                return False
            node = operand
        if isinstance(node, ast.Subscript):
            return self.reader.algebra.form(node.slice) == place
        return isinstance(node, ast.Name) and node.id.startswith(LOOP)

    def _move(self, root: str, base: ast.expr, op: ast.operator, step: ast.expr) -> None:
        self.reader._quotients.perturbed.append(self.reader.algebra.poly(step))
        self.env[root] = ast.BinOp(base, op, ast.BinOp(step, ast.Mult(), ast.Name(UNIT)))

    def _change(self, node: ast.AugAssign) -> None:
        root = root_name(node.target)
        value = self.reader._resolved(node.value, self.env)
        if root is None:
            return
        old = self.env.get(root, ast.Name(root))
        if isinstance(node.target, ast.Subscript) and isinstance(node.op, ast.Add | ast.Sub):
            self._bases.setdefault(root, old)
            self._move(root, old, node.op, value)
        else:
            self.env[root] = ast.BinOp(old, node.op, value)
        if root in self.relevant:
            self.env[root].lineno = node.lineno
            self.reader._look(node.value, self.env)
            for quotient in self.reader._quotients.found_in(self.env[root]):
                self.reader.found.append(self.reader._slope(quotient, node.value))

    def _do(self, node: ast.Expr) -> None:
        """A call for its effect, or a yield."""
        if not is_relevant(node, self.relevant):
            return
        call = node.value
        if not isinstance(call, ast.Call):
            self.reader._look(call, self.env)
            return
        resolved = [self.reader._look(item, self.env) for item in (*call.args, *(kw.value for kw in call.keywords))]
        for name in names_in([call.func]):
            self.reader._reach(name, False)
        root = root_name(call.func)
        if isinstance(call.func, ast.Attribute) and call.func.attr in APPENDING and root:
            self.env[root] = ast.Tuple([self.env.get(root, ast.Name(root)), *resolved])

    def _compound(self, node: ast.stmt) -> None:
        if isinstance(node, ast.For | ast.AsyncFor):
            names = target_names(node.target)
            self._value(node.iter, names)
            self.env |= {name: ast.Name(LOOP + name) for name in names}
        elif isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                for name in target_names(item.optional_vars) if item.optional_vars else ():
                    self.env.pop(name, None)
        for body in blocks_of(node):
            self.statements(body)


def blocks_of(node: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    """The bodies of a compound statement, in order."""
    for part in (node, *(part for part in parts_of(node) if isinstance(part, ast.ExceptHandler | ast.match_case))):
        for field_name in ("body", "orelse", "finalbody"):
            body = getattr(part, field_name, None)
            if isinstance(body, list) and not isinstance(part, ast.ClassDef):
                yield body
