"""The calls of the two functions, and nothing but the calls.

Knows: copies, counting, one message a round, what a value or an exception means.
Does not know: why a point is asked, or what its value shows. The plan yields requests, `drive` answers them.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from grader.gradcheck.space import Space, Unusable, Vector, length

COPIES_COMPARED = 50_000  # beyond so many entries only the first calls are compared: it costs more than the function
T = TypeVar("T")


@dataclass(frozen=True)
class Spot:
    """A point, what is claimed there, and the upstream that makes its output a number."""

    point: Vector
    claim: Vector
    output: Vector
    upstream: Vector | None  # None: the output is one number

    @property
    def size(self) -> float:
        """The magnitude whose rounding limits a value: |f|, or the root of the sum of (v f)² of a vector output."""
        weighed = self.output if self.upstream is None else self.output * self.upstream
        return length(weighed)


@dataclass(frozen=True)
class Line:
    """Values wanted at spot.point + t·direction for t in steps."""

    spot: Spot
    direction: Vector
    steps: Vector


@dataclass(frozen=True)
class Reading:
    """Along a line: how much f rose above its value at the spot, and how much of it the claim explains."""

    rise: Vector  # nan where the function has no value
    claimed: Vector


@dataclass(frozen=True)
class Points:
    """Raw outputs wanted at these points; an answer is an array or the Unusable that came instead."""

    points: list[Vector]


@dataclass(frozen=True)
class Lines:
    """One round of values along lines; the answer is a list of readings."""

    lines: Sequence[Line]


@dataclass(frozen=True)
class Claim:
    """The claimed gradient at a point; the answer is a vector or an Unusable."""

    point: Vector
    upstream: Vector | None


Request = Points | Lines | Claim
Plan = Generator[Request, Any, T]


class Spent(Exception):
    """No evaluations are left."""


@dataclass
class Caller:
    """The two functions of one check, with what was counted and what was seen of their manners."""

    space: Space
    forward: Callable[..., Any] | None
    gradient: Callable[..., Any] | None
    evaluate: Callable[[list[tuple[Any, ...]]], Sequence[Any]] | None
    limit: int
    values: int = 0
    gradient_calls: int = 0
    rounds: int = 0
    shape: tuple[int, ...] | None = None  # of the output, once one was seen
    dtype: np.dtype[Any] = field(default_factory=lambda: np.dtype(np.float64))
    single: bool = True  # every number seen so far fits into float32
    precise: bool = False  # and some of them need more than half of its digits
    violations: list[str] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.limit - self.values

    def note(self, code: str) -> None:
        if code not in self.violations:
            self.violations.append(code)

    def outputs(self, points: Iterator[Vector], count: int) -> Iterator[Vector | Unusable]:
        """What the function gives at each point, in one message if there is a way to send one."""
        if count > self.left:
            raise Spent
        self.rounds += 1
        self.values += count
        if self.evaluate is None:
            for point in points:
                yield self._one(point)
            return
        kept = list(points)
        arguments = [self.space.arguments(point) for point in kept]
        answers = list(self.evaluate(arguments))
        if len(answers) != count:
            raise ValueError(f"evaluate gave {len(answers)} values for {count} points.")
        for point, argument, answer in zip(kept, arguments, answers, strict=True):
            yield self._judge(point, argument, answer)

    def _one(self, point: Vector) -> Vector | Unusable:
        arguments = self.space.arguments(point)
        assert self.forward is not None
        try:
            with np.errstate(all="ignore"):
                answer = self.forward(*arguments)
        except (Exception, SystemExit) as reason:
            answer = reason
        return self._judge(point, arguments, answer)

    def _judge(self, point: Vector, arguments: tuple[Any, ...], answer: Any) -> Vector | Unusable:
        if self._changed(arguments, point):
            self.note("forward_changes_argument")
        if isinstance(answer, BaseException):
            return Unusable("forward_raises", describe(answer))
        try:
            return self._number(answer)
        except Unusable as fault:
            return fault

    def _changed(self, arguments: tuple[Any, ...], point: Vector) -> bool:
        if self.space.size > COPIES_COMPARED and self.values + self.gradient_calls > 4:
            return False
        try:
            return self.space.changed(arguments, point)
        except (TypeError, ValueError, KeyError, AttributeError):
            return True

    def _number(self, answer: Any) -> Vector:
        array = read_output(answer)
        if self.shape is None:
            self.shape, self.dtype = array.shape, array.dtype
        elif array.size != int(np.prod(self.shape)):
            raise Unusable("forward_not_numeric", "The shape of the output changes from point to point.")
        flat: Vector = array.reshape(-1).astype(np.float64)
        if not np.isfinite(flat).all():
            raise Unusable("forward_not_finite")
        if self.single:
            self._look_at_digits(flat)
        return flat

    def _look_at_digits(self, flat: Vector) -> None:
        """float32 arithmetic behind a float64 interface shows in values that need no more digits than float32 has."""
        with np.errstate(over="ignore"):
            short = flat.astype(np.float32)
        self.single = bool((short == flat).all())
        if self.single and not self.precise:
            bits = short.view(np.uint32)
            self.precise = bool((bits & 0x3FF).any())  # 0.5 or 3.0 fit as well and mean nothing

    def claim(self, point: Vector, upstream: Vector | None) -> Vector | Unusable:
        """The claimed gradient, copied at once, since its author may use the same buffer again."""
        arguments = self.space.arguments(point)
        assert self.gradient is not None
        self.gradient_calls += 1
        given = None if upstream is None else shaped(upstream, self.shape or (), self.dtype)
        try:
            with np.errstate(all="ignore"):
                answer = self.gradient(*arguments) if given is None else self.gradient(*arguments, given)
        except (Exception, SystemExit) as reason:
            return Unusable("gradient_raises", describe(reason))
        if self._changed(arguments, point) or (
            given is not None and not np.array_equal(np.ravel(given), np.asarray(upstream))
        ):
            self.note("gradient_changes_argument")
        try:
            return self.space.read_claim(answer)
        except Unusable as fault:
            return fault


def shaped(upstream: Vector, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Any:
    array = upstream.astype(dtype).reshape(shape)
    return array if shape else array[()]


def describe(reason: BaseException) -> str:
    text = str(reason).strip().split("\n")[0][:200]
    return f"{type(reason).__name__}: {text}" if text else type(reason).__name__


def read_output(answer: Any) -> Any:
    """The output as a float array; Unusable if it is not made of real numbers."""
    try:
        array = np.asarray(answer)
    except (TypeError, ValueError):
        raise Unusable("forward_not_numeric") from None
    if array.dtype == object:
        raise Unusable("forward_not_numeric")
    if array.dtype.kind in "iub":
        raise Unusable("forward_integer" if array.size else "forward_empty")
    if array.dtype.kind == "c":
        raise Unusable("forward_complex")
    if array.dtype.kind != "f":
        raise Unusable("forward_not_numeric")
    if array.size == 0:
        raise Unusable("forward_empty")
    return array if array.dtype.itemsize <= 8 else array.astype(np.float64)


def drive(plan: Plan[T], caller: Caller) -> T:
    """Run a plan to its end, answering every request through the caller."""
    answer: Any = None
    try:
        while True:
            request = plan.send(answer)
            if isinstance(request, Claim):
                answer = caller.claim(request.point, request.upstream)
            elif isinstance(request, Points):
                answer = list(caller.outputs(iter(request.points), len(request.points)))
            else:
                answer = read_lines(request.lines, caller)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def read_lines(lines: Sequence[Line], caller: Caller) -> list[Reading]:
    """Ask every point of a round; keep of each only two numbers, so that a million entries fit."""
    claimed: list[list[float]] = [[] for _ in lines]

    def points() -> Iterator[Vector]:
        for i, line in enumerate(lines):
            for t in line.steps:
                point = caller.space.seen(line.spot.point + t * line.direction)
                claimed[i].append(float(line.spot.claim @ (point - line.spot.point)))
                yield point

    answers = caller.outputs(points(), sum(len(line.steps) for line in lines))
    readings = []
    for i, line in enumerate(lines):
        rise = np.array([rise_above(line.spot, next(answers)) for _ in line.steps])
        readings.append(Reading(rise, np.array(claimed[i])))
    return readings


def rise_above(spot: Spot, output: Vector | Unusable) -> float:
    """Differences first, then the upstream: so the rounding of ⟨v, f⟩ itself drops out."""
    if isinstance(output, Unusable):
        return float("nan")
    rise = output - spot.output
    return float(rise[0]) if spot.upstream is None else float(rise @ spot.upstream)
