"""Python expressions as sums of products, so that two of them can be subtracted by their text alone.

Knows: sums, products, constants, and which calls of numpy only hand their argument on. Does not know what anybody
looks for, and runs nothing. What it cannot take apart is an atom: equal atoms have equal text.

Expressions share their parts (a name stands for what it was given), so every part is looked at once and remembered.
"""

import ast
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

Monomial = tuple[int, ...]
Poly = dict[Monomial, float]

IMAGINARY = "<i>"
UNIT = "<unit>"
"""One entry of an array: `x[k] += h` makes x to x + h · unit."""
LOOP = "<each>"
"""Put before the name of what a loop runs through."""

MODULES = frozenset({"np", "numpy", "math", "copy", "cmath", "operator", "op", "functools"})
HANDED_ON = frozenset(
    {
        "copy",
        "array",
        "asarray",
        "asanyarray",
        "ascontiguousarray",
        "float",
        "float64",
        "astype",
        "ravel",
        "flatten",
        "reshape",
        "deepcopy",
        "list",
        "dict",
        "tuple",
        "atleast_1d",
        "atleast_2d",
        "squeeze",
        "item",
        "view",
        "complex128",
        "double",
    }
)
ZERO = frozenset({"zeros", "zeros_like"})
CALLED: dict[str, type[ast.operator]] = {
    "add": ast.Add, "sub": ast.Sub, "subtract": ast.Sub, "mul": ast.Mult, "multiply": ast.Mult,
    "truediv": ast.Div, "divide": ast.Div, "true_divide": ast.Div, "pow": ast.Pow, "power": ast.Pow,
}  # fmt: skip
OF_CONSTANTS: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "cbrt": math.cbrt,
    "abs": abs,
    "exp": math.exp,
}
TERMS = 12
"""A sum of more terms is an atom: no step of a difference is that long, and products of sums grow."""


class TooMuch(Exception):
    """The source is larger or more entangled than anybody writes by hand."""


class Algebra:
    """Forms and polynomials of expressions, as far as a budget of parts reaches.

    attributes: numbers that an attribute's name stands for.
    """

    def __init__(self, budget: int, attributes: dict[str, float]) -> None:
        self._left, self._attributes = budget, attributes
        self._forms: dict[Any, int] = {}
        self._form_of: dict[int, int] = {}
        self._poly_of: dict[int, Poly] = {}
        self._kept: list[ast.AST] = []
        self.imaginary = self._number("Name", IMAGINARY)
        self.units = {self._number("Name", UNIT)}
        self.loops: set[int] = set()

    def spend(self, parts: int = 1) -> None:
        """Raises TooMuch where the budget is used up."""
        self._left -= parts
        if self._left < 0:
            raise TooMuch

    def form(self, node: ast.AST) -> int:
        """A number that equal expressions share."""
        found = self._form_of.get(id(node))
        if found is None:
            self.spend()
            if isinstance(node, ast.Constant):
                found = self._number("Constant", repr(node.value)[:200])
            elif isinstance(node, ast.Name):
                found = self._number("Name", node.id)
                if node.id.startswith(LOOP):
                    self.loops.add(found)
            else:
                found = self._number(type(node).__name__, *map(self._field, parts_of(node)), *texts_of(node))
            self._form_of[id(node)] = found
            self._kept.append(node)
        return found

    def poly(self, node: ast.AST) -> Poly:
        """The expression as a sum of products of atoms."""
        found = self._poly_of.get(id(node))
        if found is None:
            self.spend()
            found = self._taken_apart(node)
            if len(found) > TERMS:
                found = self._atom(node)
            self._poly_of[id(node)] = found
            self._kept.append(node)
        return found

    def constant(self, node: ast.AST) -> float | None:
        """The number that the expression is, None where it is not known to be one."""
        poly = self.poly(node)
        if not poly:
            return 0.0
        return poly[()] if poly.keys() == {()} else None

    def _number(self, *key: Any) -> int:
        return self._forms.setdefault(key, len(self._forms))

    def _field(self, part: ast.AST | None) -> int:
        return -1 if part is None else self.form(part)

    def _atom(self, node: ast.AST) -> Poly:
        return {(self.form(node),): 1.0}

    def _taken_apart(self, node: ast.AST) -> Poly:
        if isinstance(node, ast.Constant):
            return self._of_constant(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            return scaled(self.poly(node.operand), -1.0 if isinstance(node.op, ast.USub) else 1.0)
        operation = as_operation(node)
        if operation is not None:
            return self._of_operation(node, *operation)
        if isinstance(node, ast.Subscript):
            index = self._number("index", self.form(node.slice))
            self.units.add(index)
            return product(self.poly(node.value), {(index,): 1.0})
        if isinstance(node, ast.Attribute):
            return self._of_attribute(node)
        if isinstance(node, ast.Call):
            return self._of_call(node)
        return self._atom(node)

    def _of_constant(self, node: ast.Constant) -> Poly:
        value = node.value
        if isinstance(value, complex):
            return {(self.imaginary,): value.imag} | ({(): value.real} if value.real else {})
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300:
            return self._atom(node)
        return {(): float(value)} if value else {}

    def _of_operation(self, node: ast.AST, op: ast.operator, left: ast.expr, right: ast.expr) -> Poly:
        if isinstance(op, ast.Add | ast.Sub):
            return added(self.poly(left), self.poly(right), 1.0 if isinstance(op, ast.Add) else -1.0)
        if isinstance(op, ast.Mult):
            first, second = self.poly(left), self.poly(right)
            return product(first, second) if len(first) * len(second) <= TERMS else self._atom(node)
        divisor = self.constant(right)
        if isinstance(op, ast.Div) and divisor:
            return scaled(self.poly(left), 1.0 / divisor)
        base = self.constant(left)
        if isinstance(op, ast.Pow) and base is not None and divisor is not None:
            return self._computed(node, lambda: float(base) ** float(divisor))
        return self._atom(node)

    def _of_attribute(self, node: ast.Attribute) -> Poly:
        if node.attr in ("eps", "epsilon") and "finfo" in called_name(node.value) + _last_name(node.value):
            return {(): 2.220446049250313e-16}
        if node.attr in ("epsilon", "eps") and _last_name(node.value) == "float_info":
            return {(): 2.220446049250313e-16}
        known = self._attributes.get(node.attr)
        return {(): known} if known else self._atom(node)

    def _of_call(self, node: ast.Call) -> Poly:
        name, operand = called_name(node), operand_of(node)
        if name in ZERO:
            return {}
        if name == "complex" and len(node.args) == 2:
            return added(self.poly(node.args[0]), product(self.poly(node.args[1]), {(self.imaginary,): 1.0}), 1.0)
        if operand is None:
            return self._atom(node)
        if name == "negative":
            return scaled(self.poly(operand), -1.0)
        if name in ("float", "float64") and isinstance(operand, ast.Constant) and isinstance(operand.value, str):
            text = operand.value
            return self._computed(node, lambda: float(text))
        if name in HANDED_ON:
            return self.poly(operand)
        value = self.constant(operand) if name in OF_CONSTANTS else None
        if value is not None:
            number = value
            return self._computed(node, lambda: float(OF_CONSTANTS[name](number)))
        return self._atom(node)

    def _computed(self, node: ast.AST, compute: Callable[[], Any]) -> Poly:
        """A constant by calculation; an atom where the calculation has no finite, real result."""
        try:
            value = compute()
        except (ValueError, OverflowError, ZeroDivisionError, TypeError):
            return self._atom(node)
        return {(): value} if isinstance(value, float) and math.isfinite(value) and value else self._atom(node)


def as_operation(node: ast.AST) -> tuple[ast.operator, ast.expr, ast.expr] | None:
    """Operator and operands of `a - b`, and of `np.subtract(a, b)` alike."""
    if isinstance(node, ast.BinOp):
        return node.op, node.left, node.right
    if isinstance(node, ast.Call) and len(node.args) == 2 and called_name(node) in CALLED:
        return CALLED[called_name(node)](), node.args[0], node.args[1]
    return None


def called_name(node: ast.AST) -> str:
    """`sqrt` of `np.sqrt(x)`; "" of what is no call by a name."""
    return _last_name(node.func) if isinstance(node, ast.Call) else ""


def operand_of(call: ast.Call) -> ast.expr | None:
    """x of `np.copy(x)`, of `float(x)` and of `x.copy()`."""
    if isinstance(call.func, ast.Attribute):
        value = call.func.value
        if not (isinstance(value, ast.Name) and value.id in MODULES):
            return value
    return call.args[0] if call.args else None


def parts_of(node: ast.AST) -> Iterator[ast.AST | None]:
    """The expressions that an expression is made of, in order."""
    for field, value in ast.iter_fields(node):
        if field in ("ctx", "type_comment"):
            continue
        if isinstance(value, ast.AST):
            yield value
        elif isinstance(value, list):
            yield from (item if isinstance(item, ast.AST) else None for item in value)


def texts_of(node: ast.AST) -> Iterator[str]:
    return (value for _field, value in ast.iter_fields(node) if isinstance(value, str))


def added(left: Poly, right: Poly, factor: float) -> Poly:
    """left + factor · right; what cancels but for rounding is gone."""
    total = dict(left)
    for monomial, coefficient in right.items():
        value = total.pop(monomial, 0.0) + factor * coefficient
        if abs(value) > 1e-12 * abs(coefficient):
            total[monomial] = value
    return total


def scaled(poly: Poly, factor: float) -> Poly:
    return {monomial: factor * coefficient for monomial, coefficient in poly.items()}


def product(left: Poly, right: Poly) -> Poly:
    total: Poly = {}
    for first, a in left.items():
        for second, b in right.items():
            total = added(total, {tuple(sorted(first + second)): a * b}, 1.0)
    return total


def without(poly: Poly, atoms: Collection[int]) -> Poly:
    """The sum with these atoms taken for 1."""
    total: Poly = {}
    for monomial, coefficient in poly.items():
        total = added(total, {tuple(atom for atom in monomial if atom not in atoms): coefficient}, 1.0)
    return total


def single(poly: Poly) -> tuple[Monomial, float] | None:
    """The one product that the sum consists of."""
    return next(iter(poly.items())) if len(poly) == 1 else None


def _last_name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def names_in(nodes: Sequence[ast.AST | None]) -> set[str]:
    """Every name and attribute in these expressions, those of functions written inside them included."""
    found = set()
    for node in nodes:
        for part in ast.walk(node) if node is not None else ():
            if name := _last_name(part):
                found.add(name)
    return found
