"""expect_gradient: a claimed gradient is the slope of the answer's own forward, by numerical differentiation.

Knows: the three forms in which exercises claim gradients, and how to ask for many values in one message.
Does not know: how a gradient is judged (grader.gradcheck does), nor the oracle: an error in the forward is carried
through on purpose, so that it is not counted twice.

Every array among the arguments that a gradient is claimed for becomes one block of a flat dict for the checker, so
that a finding can say which of them is off, whatever structure the exercise has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from grader.course.comparing import is_numeric, misfit
from grader.course.exercise import Function
from grader.course.gradient_words import pattern_text, verdict_text
from grader.course.interviewing import Call, Finding, Unmet, current_interview
from grader.course.wording import beside, came, describe, number, place
from grader.gradcheck import Result, check_gradient
from grader.i18n import Text, _

Array = NDArray[np.float64]
ENTRY_BY_ENTRY = 400
"""Up to so many entries every slope is measured on its own once a claim is known to be wrong, to show which are."""


class Question(Protocol):
    """A function of the answer that can be asked, as `student.f`."""

    contract: Function

    def __call__(self, *args: Any) -> Any: ...
    def attempt(self, points: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The values at many points in one message; where one fails, the exception stands in its place."""


def expect_gradient(
    forward: Question,
    backward: Question,
    at: Any,
    *,
    wrt: int | Sequence[int] | None = None,
    output: int | Sequence[int] | None = None,
    rtol: float | None = None,
    note: Text | None = None,
    reveals: str | None = None,
) -> None:
    """backward gives the gradient of forward at this point.

    at: the forward's argument, or the tuple of all of them (arrays, numbers, dicts of arrays).
    wrt: which of them the gradient is with respect to, by position; all if not given.
    output: which of the forward's outputs it is the gradient of, where there are several.
    The form follows from the contract: a backward with one parameter more for each output takes the upstream
    gradient; one with the forward's parameters is the gradient of a number, or the derivative entry by entry.
    Raises Unmet where the claim is wrong, and whatever the answer raised.
    """
    claim = _Claim(forward, backward, at, wrt, output)
    result = _judged(claim, rtol)
    claim.raise_what_the_answer_raised()
    if result.verdict != "right":
        raise Unmet(_finding(claim, result, note, reveals))
    if claim.is_flat:
        says = _("Your own {forward} is the same at all these points: there is no slope to compare with.")
        call = _last_call(claim.backward)
        raise Unmet(Finding(came=says.format(forward=forward.contract.name), call=call, note=note))


def _judged(claim: "_Claim", rtol: float | None) -> Result:
    """The checker's verdict; where it cannot tell it is asked once more along other directions."""
    seed = int(current_interview().seed)
    for attempt in (seed, seed + 1):
        result = check_gradient(claim.value, claim.gradient, claim.blocks, vjp=claim.vjp, seed=attempt, rtol=rtol,
                                evaluate=claim.values)  # fmt: skip
        if result.verdict != "inconclusive":
            break
    return result


def _last_call(question: Question) -> Call | None:
    calls = reversed(current_interview().calls)
    return next((call for call in calls if call.function == question.contract.name), None)


@dataclass
class _Worst:
    """The entry that is shown: where, what was claimed, what the slope is there, and how many entries differ."""

    path: tuple[Any, ...]
    index: tuple[int, ...]
    got: float
    slope: float
    count: int
    total: int
    pictures: dict[str, Any]


class _Claim:
    """Forward and backward as functions of a flat dict of blocks, which is what the checker differentiates."""

    def __init__(self, forward: Question, backward: Question, at: Any, wrt: Any, output: Any) -> None:
        self.forward, self.backward = forward, backward
        self.args: tuple[Any, ...] = at if isinstance(at, tuple) else (at,)
        self.single = isinstance(wrt, int) or (wrt is None and len(self.args) == 1)
        self.wrt = tuple(range(len(self.args))) if wrt is None else (wrt,) if isinstance(wrt, int) else tuple(wrt)
        self.output = output
        names = list(forward.contract.signature.parameters)
        self.names = {k: names[k] if k < len(names) else str(k) for k in self.wrt}
        self.blocks = self._flatten({k: self.args[k] for k in self.wrt})
        self._failure: Exception | None = None
        self.is_flat = True
        """Whether nothing but zeros was claimed so far: right for a constant forward, and proof of nothing."""
        self.outputs = self._outputs(forward(*self.args))
        extra = len(backward.contract.signature.parameters) - len(self.args)
        self.upstreams = extra if extra > 0 else 0
        self.elementwise = not self.upstreams and self.outputs[0].ndim > 0
        self.vjp = bool(self.upstreams) or self.elementwise

    def value(self, point: Mapping[str, Array]) -> Any:
        value = self.values([(point,)])[0]
        if isinstance(value, Exception):
            raise value
        return value

    def values(self, points: Sequence[tuple[Mapping[str, Array]]]) -> list[Any]:
        """The forward's output at many points: a number, or all chosen outputs in one flat array."""
        try:
            answers = self.forward.attempt([self._arguments(point) for (point,) in points])
        except Exception as problem:
            self._failure = self._failure or problem
            raise
        return [answer if isinstance(answer, Exception) else self._flat_output(answer) for answer in answers]

    def gradient(self, point: Mapping[str, Array], upstream: Any = None) -> dict[str, Array]:
        """What the backward claims, in the blocks' form. Remembers what ended the question, to raise it later."""
        try:
            claimed = self.backward(*self._arguments(point), *self._upstreams_of(upstream))
            self._expect_structure(claimed)
        except Exception as problem:
            self._failure = self._failure or problem
            raise
        flat = self._flatten(dict(zip(self.wrt, (claimed,) if self.single else claimed, strict=True)))
        self.is_flat = self.is_flat and not any(np.any(block) for block in flat.values())
        if self.elementwise:
            return {name: np.reshape(upstream, np.shape(block)) * block for name, block in flat.items()}
        return flat

    def raise_what_the_answer_raised(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _arguments(self, point: Mapping[str, Array]) -> tuple[Any, ...]:
        args = list(self.args)
        for k in self.wrt:
            name = self.names[k]
            if isinstance(args[k], Mapping):
                args[k] = {key: point.get(f"{name}[{key}]", value) for key, value in args[k].items()}
            else:
                args[k] = point[name]
        return tuple(args)

    def _flatten(self, values: Mapping[int, Any]) -> dict[str, Array]:
        flat: dict[str, Array] = {}
        for k, value in values.items():
            if isinstance(value, Mapping):
                flat |= {f"{self.names[k]}[{key}]": np.array(item, dtype=float) for key, item in value.items()}
            else:
                flat[self.names[k]] = np.array(value, dtype=float)
        return flat

    def _outputs(self, value: Any) -> list[Array]:
        """The chosen outputs as arrays. Raises Unmet where they are no numbers."""
        chosen = (value,) if self.output is None else tuple(
            value[k] if isinstance(value, tuple | list) and k < len(value) else None
            for k in ((self.output,) if isinstance(self.output, int) else self.output)
        )  # fmt: skip
        for part in chosen:
            if not is_numeric(part):
                says = _("{got}, where numbers are asked for.").format(got=describe(part))
                raise Unmet(
                    Finding(came=says, call=current_interview().call_of(value) or current_interview().calls[-1])
                )
        return [np.asarray(part, dtype=float) for part in chosen]

    def _flat_output(self, value: Any) -> Any:
        try:
            outputs = self._outputs(value)
        except Unmet as problem:
            return ValueError(str(problem))
        if len(outputs) == 1 and outputs[0].ndim == 0:
            return float(outputs[0])
        return np.concatenate([part.ravel() for part in outputs])

    def _upstreams_of(self, upstream: Any) -> list[Array]:
        """The flat upstream gradient cut into one array for each output, in its shape."""
        if not self.upstreams:
            return []
        ends = np.cumsum([part.size for part in self.outputs])[:-1]
        flat = np.ravel(upstream)
        return [piece.reshape(part.shape) for piece, part in zip(np.split(flat, ends), self.outputs, strict=True)]

    def _expect_structure(self, claimed: Any) -> None:
        want = tuple(self.args[k] for k in self.wrt)
        found = misfit(claimed, want[0] if self.single else want)
        if found is not None:
            raise Unmet(Finding(came=came(found), call=current_interview().call_of(claimed), got=None))

    def worst(self, result: Result) -> _Worst | None:
        """Every entry's own slope beside the claim, and the entry that is furthest off; None for large arrays."""
        total = sum(block.size for block in self.blocks.values())
        if total > ENTRY_BY_ENTRY:
            return None
        upstream = np.ones(sum(part.size for part in self.outputs)) if self.vjp else None
        if self.upstreams:
            upstream = np.random.default_rng(0).normal(size=sum(part.size for part in self.outputs))
        slopes = self._slopes(upstream)
        claimed = self.gradient(self.blocks, upstream) if self.vjp else self.gradient(self.blocks)
        return _furthest(claimed, slopes, result, self)

    def _slopes(self, upstream: Array | None) -> dict[str, Array]:
        """Central differences entry by entry, in one message; for showing, not for judging: four digits will do."""
        moved = [(name, k) for name, block in self.blocks.items() for k in range(block.size)]
        steps = [1e-5 * max(1.0, abs(float(self.blocks[name].flat[k]))) for name, k in moved]
        points = [(self._moved(name, k, sign * step),) for (name, k), step in zip(moved, steps, strict=True)
                  for sign in (1, -1)]  # fmt: skip
        values = [_weighted(value, upstream) for value in self.values(points)]
        slopes = {name: np.empty(block.shape) for name, block in self.blocks.items()}
        for place_in, (name, k) in enumerate(moved):
            up, down = values[2 * place_in], values[2 * place_in + 1]
            slopes[name].flat[k] = (up - down) / (2 * steps[place_in])
        return slopes

    def _moved(self, name: str, k: int, by: float) -> dict[str, Array]:
        block = self.blocks[name].copy()
        block.flat[k] += by
        return {**self.blocks, name: block}


def _weighted(value: Any, upstream: Array | None) -> float:
    if isinstance(value, Exception):
        return float("nan")
    return float(value if upstream is None else np.dot(np.ravel(value), upstream))


def _furthest(claimed: Mapping[str, Array], slopes: Mapping[str, Array], result: Result, claim: _Claim) -> _Worst:
    gaps = {name: np.nan_to_num(np.abs(claimed[name] - slopes[name]), nan=np.inf) for name in slopes}
    size = max(float(np.nanmax(np.abs(slope), initial=0.0)) for slope in slopes.values())
    wrong = {name: gap > 1e-4 * np.abs(slopes[name]) + 1e-6 * size for name, gap in gaps.items()}
    if result.located == "exact" and result.wrong and any(np.any(mask) for mask in result.wrong.values()):
        wrong = {name: np.broadcast_to(result.wrong[name], gaps[name].shape) for name in gaps}
    name = max(gaps, key=lambda block: float(np.max(np.where(wrong[block], gaps[block], 0.0), initial=0.0)))
    index = np.unravel_index(int(np.argmax(np.where(wrong[name], gaps[name], 0.0))), gaps[name].shape)
    where = tuple(int(k) for k in index)
    return _Worst(
        path=claim_path(claim, name),
        index=where,
        got=float(claimed[name][where]),
        slope=float(slopes[name][where]),
        count=int(sum(np.count_nonzero(mask) for mask in wrong.values())),
        total=sum(gap.size for gap in gaps.values()),
        pictures={"got": claimed[name].tolist(), "expected": slopes[name].tolist(), "name": name},
    )


def claim_path(claim: _Claim, block: str) -> tuple[Any, ...]:
    """Where in the backward's value this block stands: place in the tuple, then the dict's key."""
    for position, k in enumerate(claim.wrt):
        name = claim.names[k]
        first: tuple[Any, ...] = () if claim.single else (position,)
        if block == name:
            return first
        if block.startswith(f"{name}["):
            return (*first, block[len(name) + 1 : -1])
    return ()


def _finding(claim: _Claim, result: Result, note: Text | None, reveals: str | None) -> Finding:
    call = _last_call(claim.backward)
    worst = claim.worst(result) if result.verdict == "wrong" and claim.blocks else None
    claim.raise_what_the_answer_raised()
    if worst is None or (result.pattern and result.pattern.kind == "elsewhere") or worst.count == 0:
        return Finding(came=verdict_text(result), call=call, note=note, pattern=pattern_text(result), reveals=reveals)
    name = claim.forward.contract.name
    source = _("{slope}, the slope of your own {forward} there, by numerical differentiation.")
    return Finding(
        came=_claimed_text(worst, _where_it_was_asked(worst, call)),
        holds=source.format(slope=number(worst.slope), forward=name),
        call=call,
        where=(*worst.path, *worst.index),
        expected=worst.slope,
        got=worst.got,
        expected_shown=True,
        note=note,
        pattern=pattern_text(result),
        reveals=reveals,
        pictures=worst.pictures,
    )


def _where_it_was_asked(worst: _Worst, call: Call | None) -> Text:
    """`, where x is 2`, for a derivative that is taken entry by entry."""
    if call is None or worst.path:
        return Text("")
    return beside(call, current_interview().signature(call), worst.index, np.shape(worst.pictures["got"])) or Text("")


def _claimed_text(worst: _Worst, remark: Text) -> Text:
    at = place(worst.path, worst.index)
    if worst.total == 1 or not at:
        return _("{got}.").format(got=number(worst.got))
    if worst.count == worst.total:
        return _("{got} at {at}{beside} (all {total} entries differ).").format(
            got=number(worst.got), at=at, beside=remark, total=worst.total
        )
    return _("{got} at {at}{beside} ({count} of {total} entries differ).").format(
        got=number(worst.got), at=at, beside=remark, count=worst.count, total=worst.total
    )
