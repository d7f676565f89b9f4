"""Difference quotients in an expression: two values of one function, at places that differ by the step that divides.

Knows: what central, forward, complex and stacked differences look like once names are replaced by what they stand for.
Does not know where an expression comes from, or whether what it gives is returned.

Not every difference that is divided is one: in `(log(y + eps) - log(1 - y)) / 2` the rest of the argument differs, and
in `(sum(y * dy) - sum(y)) / n` the divisor is not the step. So the rest must be equal, and the step must divide.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from grader.grading.algebra import (
    Algebra,
    Monomial,
    Poly,
    added,
    as_operation,
    called_name,
    operand_of,
    parts_of,
    scaled,
    single,
    without,
)

SMALL = 0.1
RATIOS = frozenset(range(1, 61)) | {0.5, 1.5, 2.5}
"""Divisor over difference: 1 for two values, up to 12 or 60 in the forms with four and six."""
PAIRS = 400


@dataclass(frozen=True)
class Quotient:
    """Where it stands, and its step where that is known to be a number (or a number times a size)."""

    line: int | None
    step: float | None


@dataclass
class Quotients:
    """perturbed: the steps by which the function that is read has changed single entries of an array in place."""

    algebra: Algebra
    own: frozenset[str] = frozenset()
    perturbed: list[Poly] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)
    _kept: list[ast.AST] = field(default_factory=list)
    """What was looked at stays alive: a part is known by its id, which would go to another one."""

    def found_in(self, expression: ast.AST) -> Iterator[Quotient]:
        """Every difference quotient in it. An expression that was looked at before is passed over."""
        self._kept.append(expression)
        for node in self._below(expression, self._seen):
            for above, below in self._divisions(node):
                divisor = single(without(below, self.algebra.units))
                if divisor is not None:
                    yield from self._match(node, above, *divisor)
            yield from self._by_gradient(node)

    def _below(self, expression: ast.AST, seen: set[int] | None = None) -> Iterator[ast.AST]:
        seen, waiting = set() if seen is None else seen, [expression]
        while waiting:
            node = waiting.pop()
            if id(node) in seen:
                continue
            self.algebra.spend()
            seen.add(id(node))
            yield node
            waiting.extend(part for part in parts_of(node) if part is not None)

    def _divisions(self, node: ast.AST) -> Iterator[tuple[ast.AST, Poly]]:
        """(what is divided, by what): also where it is multiplied by a reciprocal."""
        operation = as_operation(node)
        if operation is None:
            return
        op, left, right = operation
        if isinstance(op, ast.Div):
            yield left, self.algebra.poly(right)
        elif isinstance(op, ast.Mult):
            for one, other in ((left, right), (right, left)):
                reciprocal = self._reciprocal(other)
                if reciprocal:
                    yield one, reciprocal

    def _reciprocal(self, node: ast.AST) -> Poly | None:
        value = self.algebra.constant(node)
        if value is not None:
            return {(): 1.0 / value} if value else None
        operation = as_operation(node)
        if operation is None:
            return None
        op, left, right = operation
        number = self.algebra.constant(left if isinstance(op, ast.Div) else right)
        if isinstance(op, ast.Div) and number:
            return scaled(self.algebra.poly(right), 1.0 / number)
        return self.algebra.poly(left) if isinstance(op, ast.Pow) and number == -1.0 else None

    def _match(self, node: ast.AST, above: ast.AST, step: Monomial, size: float) -> Iterator[Quotient]:
        nodes = list(self._below(above))
        line = getattr(node, "lineno", None)
        by = self._step_of_two_values(nodes, step, size) if any(map(_subtracts, nodes)) else None
        if by is None:
            by = self._step_of_an_imaginary_part(nodes, step, size)
        if by is not None:
            yield Quotient(line, by if not step or by < SMALL else None)

    def _step_of_two_values(self, nodes: list[ast.AST], step: Monomial, size: float) -> float | None:
        """The step's number where two values in the numerator differ by it, None where none do."""
        by_callee: dict[int, list[ast.AST]] = {}
        for node in nodes:
            callee = self._callee(node)
            if callee is not None:
                by_callee.setdefault(callee, []).append(node)
        pairs = 0
        for calls in by_callee.values():
            for k, call in enumerate(calls):
                found = self._step_of_one(call, nodes, step, size)
                if found is not None:
                    return found
                for other in calls[k + 1 :]:
                    pairs += 1
                    if pairs > PAIRS:
                        return None
                    found = self._step_between(call, other, step, size)
                    if found is not None:
                        return found
        return None

    def _callee(self, node: ast.AST) -> int | None:
        """What is called; a power counts as a call of its exponent."""
        if isinstance(node, ast.Call):
            return self.algebra.form(node.func)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            return self.algebra.form(node.right)
        return None

    def _step_between(self, call: ast.AST, other: ast.AST, step: Monomial, size: float) -> float | None:
        moves = self._moves(_arguments(call), _arguments(other))
        if moves is None:
            return None
        if not moves:
            return self._step_in_place(step, size)
        for poly, has_rest in moves:
            moved = single(without(poly, self.algebra.units))
            if moved is None or moved[0] != step or not _is_ratio(size, moved[1]) or (step and not has_rest):
                return None
        return min(abs(moved[1]) for poly, _ in moves if (moved := single(without(poly, self.algebra.units))))

    def _moves(self, one: list[ast.AST | None], other: list[ast.AST | None]) -> list[tuple[Poly, bool]] | None:
        """By what the arguments differ, and whether something equal remains; None where they are of another make."""
        if len(one) != len(other):
            return None
        moves: list[tuple[Poly, bool]] = []
        for first, second in zip(one, other, strict=True):
            if first is None or second is None:
                if first is not second:
                    return None
                continue
            found = self._move(first, second)
            if found is None:
                return None
            moves += found
        return moves

    def _move(self, first: ast.AST, second: ast.AST) -> list[tuple[Poly, bool]] | None:
        self.algebra.spend()
        if self.algebra.form(first) == self.algebra.form(second):
            return []
        left, right = self.algebra.poly(first), self.algebra.poly(second)
        moved = added(left, right, -1.0)
        if not moved:
            return []
        rest = any(right.get(monomial) == coefficient for monomial, coefficient in left.items())
        if single(without(moved, self.algebra.units)) is not None and (rest or not _is_atom(left, right)):
            return [(moved, rest)]
        return self._moves(list(parts_of(first)), list(parts_of(second))) if type(first) is type(second) else None

    def _step_in_place(self, step: Monomial, size: float) -> float | None:
        """Two calls with equal arguments, one of whose arrays was changed in between."""
        for poly in self.perturbed:
            moved = single(without(poly, self.algebra.units | self.algebra.loops))
            if moved is not None and moved[0] == step and _is_ratio(size, moved[1]):
                return abs(moved[1])
        return None

    def _step_of_one(self, call: ast.AST, nodes: list[ast.AST], step: Monomial, size: float) -> float | None:
        """One call in a loop over signs, `f(x + sign * h)`, or one of which np.diff subtracts the entries."""
        stacked = any(called_name(node) in ("diff", "ediff1d") for node in nodes)
        for argument in _arguments(call):
            for node in self._below(argument) if stacked and argument is not None else (argument,):
                terms = self.algebra.poly(node) if node is not None else {}
                for monomial, coefficient in terms.items() if len(terms) > 1 else ():
                    if not stacked and not self.algebra.loops.intersection(monomial):
                        continue
                    moved = single(without({monomial: coefficient}, self.algebra.units | self.algebra.loops))
                    if moved is None or moved[0] != step or not _is_ratio(size, moved[1]):
                        continue
                    if step or abs(moved[1]) < SMALL:  # else it is what the loop runs through, and no step of it
                        return abs(moved[1])
        return None

    def _step_of_an_imaginary_part(self, nodes: list[ast.AST], step: Monomial, size: float) -> float | None:
        """`f(x + i h).imag / h`: no difference is taken, and no digit is lost."""
        if not any(_is_imaginary_part(node) for node in nodes):
            return None
        imaginary = self.algebra.imaginary
        for node in nodes:
            for argument in _arguments(node):
                poly = self.algebra.poly(argument) if argument is not None else {}
                terms = {monomial: value for monomial, value in poly.items() if imaginary in monomial}
                moved = single(without(terms, self.algebra.units | self.algebra.loops | {imaginary}))
                if moved is not None and moved[0] == step and _is_ratio(size, moved[1]):
                    return abs(moved[1])
        return None

    def _by_gradient(self, node: ast.AST) -> Iterator[Quotient]:
        """np.gradient of values of a function: of anything else it is no slope of that function."""
        if called_name(node) != "gradient" or "gradient" in self.own or not isinstance(node, ast.Call) or not node.args:
            return
        calls = [part for part in self._below(node.args[0]) if isinstance(part, ast.Call) and _is_a_function(part)]
        sizes = [abs(size) for call in calls for argument in call.args for size in self._spacings(argument)]
        spacing = self.algebra.constant(node.args[1]) if len(node.args) > 1 else None
        if calls:
            yield Quotient(getattr(node, "lineno", None), abs(spacing) if spacing else min(sizes, default=None))

    def _spacings(self, argument: ast.AST) -> Iterator[float]:
        for node in self._below(argument):
            terms = self.algebra.poly(node)
            if len(terms) > 1:
                yield from (size for size in terms.values() if abs(size) < SMALL)


def _arguments(node: ast.AST) -> list[ast.AST | None]:
    if isinstance(node, ast.Call):
        own = operand_of(node)
        first: list[ast.AST | None] = [own] if own is not None and own not in node.args else []
        return [*first, *node.args, *(keyword.value for keyword in node.keywords)]
    return [node.left] if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) else []


def _subtracts(node: ast.AST) -> bool:
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub)
    operation = as_operation(node)
    return (operation is not None and isinstance(operation[0], ast.Sub)) or called_name(node) in ("diff", "ediff1d")


def _is_imaginary_part(node: ast.AST) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr == "imag") or called_name(node) == "imag"


def _is_ratio(divisor: float, difference: float) -> bool:
    ratio = abs(divisor / difference)
    return any(abs(ratio - known) <= 1e-9 * known for known in RATIOS)


def _is_atom(left: Poly, right: Poly) -> bool:
    """Whether two things were subtracted that have nothing to do with each other, so that one is left over."""
    return len(left) == len(right) == 1 and left.keys() != right.keys()


def _is_a_function(call: ast.Call) -> bool:
    """A call of a function by its bare name, as an answer calls its own, and not of a method or of numpy."""
    return isinstance(call.func, ast.Name | ast.Lambda)
