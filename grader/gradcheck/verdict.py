"""The plan of a check: which lines are measured, and what they say together."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.gradcheck.asking import Claim, Line, Lines, Plan, Points, Spot
from grader.gradcheck.result import Verdict
from grader.gradcheck.space import Space, Unusable, Vector, lengths


@dataclass
class Finding:
    """What the plan came to; the door makes a Result of it."""

    verdict: Verdict
    reason: str
    detail: str = ""
    error: float = float("nan")
    bound: float = float("nan")
    resolution: float = float("nan")
    notes: list[str] = field(default_factory=list)


def plain_plan(space: Space, rng: Any, vjp: bool | None, rtol: float | None) -> Plan[Finding]:
    first, again = yield Points([space.origin, space.origin])
    if isinstance(first, Unusable):
        return Finding("inconclusive", first.code, first.detail)
    if isinstance(again, Unusable) or not np.allclose(first, again, rtol=1e-3):
        return Finding("inconclusive", "forward_not_deterministic")
    if first.size > 1 and vjp is False:
        return Finding("inconclusive", "forward_not_scalar")
    upstream = rng.standard_normal(first.size) if vjp or first.size > 1 else None
    claim = yield Claim(space.origin, upstream)
    if isinstance(claim, Unusable):
        return Finding("wrong", claim.code, claim.detail)
    spot = Spot(space.origin, claim, first, upstream)
    w = lengths(space)
    steps = 10.0 ** np.arange(-1, -9, -1)
    worst = (0.0, 0.0)
    for _ in range(3):
        d = w * rng.choice([-1.0, 1.0], space.size) * rng.uniform(0.5, 1.5, space.size)
        (reading,) = yield Lines([Line(spot, d, np.concatenate([steps, -steps]))])
        rest = reading.rise - reading.claimed
        e = (rest[:8] - rest[8:]) / (2 * steps)
        scale = max(float(np.linalg.norm(d * claim)), float(np.nanmax(np.abs(reading.rise[:8] / steps))) * 1e-3, 1e-300)
        gaps = np.abs(np.diff(e))
        if not np.isfinite(gaps).any():
            return Finding("inconclusive", "domain")
        best = int(np.nanargmin(gaps))
        if abs(e[best + 1]) / scale >= worst[0]:
            worst = (abs(e[best + 1]) / scale, gaps[best] / scale)
    tolerance = rtol or 1e-5
    if worst[0] <= tolerance:
        return Finding("right", "agrees", error=worst[0], bound=worst[1], resolution=worst[1] + tolerance)
    if worst[0] > tolerance + 5 * worst[1]:
        return Finding("wrong", "disagrees", error=worst[0], bound=worst[1])
    return Finding("inconclusive", "noise", error=worst[0], bound=worst[1])
