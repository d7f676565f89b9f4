"""What one check knows so far: the point, the lengths, the noise, the tolerance; and how a line is judged by them.

Knows: the thresholds. Does not know: the order in which lines are measured (`verdict`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from grader.gradcheck.asking import Caller, Claim, Line, Lines, Plan, Spot
from grader.gradcheck.ladder import WIDE, Estimate, Trace, central, line_of, magnitude, roughness, steepness, trace_of
from grader.gradcheck.result import Verdict
from grader.gradcheck.space import Space, Unusable, Vector, length

TOLERANCE = 1e-6  # honest float64 gradients err by 1e-9, the errors to be found by 1e-5
TOLERANCE_SINGLE = 1e-4  # float32: 1e-5 and 1e-3
DISAGREE, AGREE = 5.0, 3.0  # bounds; a bound is about two standard deviations
WORST_BOUND = 0.03  # of the slope: beyond it neither verdict means anything
UNSTEADY = 1e-3  # of f or of its slope: two values at one point that differ by more are not noise

Status = Literal["agrees", "disagrees", "unclear", "kink", "between"]


@dataclass
class Finding:
    """What a plan came to; the door makes a Result of it."""

    verdict: Verdict
    reason: str
    detail: str = ""
    error: float = float("nan")
    bound: float = float("nan")
    resolution: float = float("nan")


class Stop(Exception):
    """The check ends here, in the middle of a plan."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.reason)
        self.finding = finding


@dataclass(frozen=True)
class Judged:
    """One line and what it says. error and bound are shares of the slope."""

    status: Status
    trace: Trace
    estimate: Estimate
    scale: float

    @property
    def error(self) -> float:
        return abs(self.estimate.value) / self.scale if self.scale else 0.0

    @property
    def bound(self) -> float:
        return self.estimate.bound / self.scale if self.scale else 0.0


@dataclass
class Scene:
    space: Space
    caller: Caller
    rng: np.random.Generator
    spot: Spot
    w: Vector
    rtol: float | None
    home: Spot  # the point of the check itself; `spot` moves to a neighbour while one is looked at
    stored: bool  # the claim is an array, not a function
    noise: float = 0.0
    tolerance: float = TOLERANCE
    steep: float = 0.0
    step: float = 1e-3  # the finest step of the surest estimate of the first line
    widest: float = 0.1  # the largest step at which f has values
    noisy: bool = False
    kink_step: float = np.inf  # the finest step at which a line at this point shows a sign of kinks
    sign: Vector | None = None  # at an edge of the domain: the signs that lead inside
    at_kink: bool = False  # the verdict rests on one side of a kink
    notes: list[str] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    accused: Judged | None = None

    @property
    def kinky(self) -> bool:
        return self.kink_step < np.inf

    @property
    def single(self) -> bool:
        """Is float32 at work, openly or behind float64?"""
        open_single = any(b.dtype.itemsize < 8 for b in self.space.blocks) or self.caller.dtype.itemsize < 8
        return open_single or (self.caller.single and self.caller.precise and self.caller.values > 8)

    @property
    def loudness(self) -> float:
        """The slope to be expected of a random direction."""
        return length(self.w * self.spot.claim)

    def rounding(self, trace: Trace) -> float:
        """The least noise of a value: its own rounding, and that of the argument, which moves f by one of the slope."""
        eps = float(np.finfo(np.float32 if self.single else np.float64).eps)
        return eps * (magnitude(trace) + length(self.w * trace.spot.claim))

    def learn(self, trace: Trace) -> None:
        """Noise and tolerance anew from a whole ladder: they belong together and are never estimated apart."""
        size = magnitude(trace) + length(self.w * trace.spot.claim)
        self.noise = roughness(trace, self.rounding(trace))
        self.steep = max(self.steep, steepness(trace))
        if self.rtol is not None:
            self.tolerance = self.rtol
        elif self.single:
            self.tolerance = TOLERANCE_SINGLE
        else:
            # an honest gradient of a function with fewer digits has fewer digits, too
            share = 2000 * self.noise / size if size else 0.0
            self.tolerance = float(np.clip(share, TOLERANCE, TOLERANCE_SINGLE))

    def scale_of(self, trace: Trace, value: float) -> float:
        """What an error is a share of. A sum of contributions alone may vanish by chance, their norm does not."""
        parts = trace.direction * trace.spot.claim
        slope = float(parts.sum())
        true = abs(slope + value) if np.isfinite(value) else 0.0
        return max(length(parts), abs(slope), true, 1e-12 * trace.spot.size)

    def judge(self, trace: Trace, estimate: Estimate | None = None) -> Judged:
        found = central(trace, self.noise) if estimate is None else estimate
        scale = self.scale_of(trace, found.value)
        if self._silent(trace, found):  # nothing to be a share of but how steeply f moves elsewhere, and f itself
            scale = max(scale, self.steep, trace.spot.size)
        return Judged(self._status(trace, found, scale), trace, found, scale)

    def _status(self, trace: Trace, found: Estimate, scale: float) -> Status:
        error, allowed = abs(found.value), self.tolerance * scale
        if not np.isfinite(found.bound):
            return "unclear"
        if error > allowed + DISAGREE * found.bound and not self._silent(trace, found):
            return "disagrees"
        if error + found.bound <= allowed or self._silent(trace, found):
            return "agrees"
        if self.widest < 0.1 and error <= 0.3 * allowed and found.bound <= 10 * allowed:
            return "agrees"  # beside an edge there are too few steps to know it better
        if self.noisy and error <= allowed + AGREE * found.bound and found.bound <= WORST_BOUND * scale:
            return "agrees"
        return "unclear"

    def _silent(self, trace: Trace, found: Estimate) -> bool:
        """Nothing claimed and no slope to be seen: right, if a slope worth the name would have been seen."""
        most = max(1e-6 * self.steep, 1e-9 * trace.spot.size)
        claimed = length(trace.direction * trace.spot.claim)
        return claimed + abs(found.value) + found.bound <= most * (1.0 if self.steep else 0.0) or (
            claimed == 0 and found.value == 0 and found.bound <= 1e-6 * trace.spot.size
        )

    def measure(self, lines: Sequence[Line]) -> Plan[list[Trace]]:
        """One round. The point itself is asked again in each: that is how a random forward is noticed."""
        again = Line(self.home, np.zeros_like(self.w), np.zeros(1))
        readings = yield Lines([*lines, again])
        self._steady(float(readings[-1].rise[0]))
        return [trace_of(line, reading) for line, reading in zip(lines, readings[:-1], strict=True)]

    def _steady(self, change: float) -> None:
        rounding = 1000 * float(np.finfo(self.caller.dtype).eps)  # sums in another order
        if abs(change) <= rounding * max(self.home.size, 1e-3 * self.loudness):
            return
        self.caller.note("forward_not_deterministic")
        if not abs(change) <= UNSTEADY * max(self.home.size, self.loudness):
            raise Stop(Finding("inconclusive", "forward_not_deterministic"))
        self.noise = max(self.noise, abs(change))

    def claim_at(self, point: Vector, upstream: Vector | None = None) -> Plan[Vector | Unusable]:
        point = point if self.space.exact else self.space.seen(point.copy())
        answer: Any = yield Claim(point, self.spot.upstream if upstream is None else upstream)
        return answer  # type: ignore[no-any-return]

    def later_steps(self) -> Vector:
        """Three steps that end where the first line was surest; beside an edge well away from it."""
        top = min(100 * self.step, self.widest if self.widest >= 0.1 else 0.1 * self.widest)
        return top * np.array([1.0, 0.1, 0.01])

    def reach(self) -> float:
        """How far the steps of a fit go: an even polynomial of degree four follows f over forty times a good step."""
        return min(0.4, 40 * self.step, 0.5 * self.widest if self.widest < 0.1 else 0.4)

    def ladder(self) -> Vector:
        """The whole ladder; beside an edge it starts there."""
        return WIDE if self.widest >= 1e-3 else 10 * self.widest * WIDE

    def lines(self, directions: Sequence[Vector], t: Vector) -> list[Line]:
        return [line_of(self.spot, d, t) for d in directions]
