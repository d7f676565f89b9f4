"""Points at an edge of the domain, where one side of a line has no values.

Knows: which signs lead inside, and slopes of one side. Does not know: why there are no values outside.
"""

import numpy as np

from grader.gradcheck.asking import Line, Lines, Plan
from grader.gradcheck.directions import equalised, magnitudes
from grader.gradcheck.ladder import WIDE, Trace, one_sided
from grader.gradcheck.scene import Finding, Scene
from grader.gradcheck.space import Vector

TRIED = np.array([1e-1, 1e-3, 1e-5, 1e-7])


def own_lengths(scene: Scene) -> bool:
    """Move each entry by its own size: an entry near an edge at zero then stays inside. False if that is no news."""
    x = np.abs(scene.spot.point)
    own = np.where(x > 0, x, scene.w)
    if np.array_equal(own, scene.w) or not (x > 0).all():
        return False
    scene.w = own
    return True


def inward(scene: Scene) -> Vector:
    """Entries above the middle of their array's range go down, the others up."""
    sign = np.ones(scene.space.size)
    for block in scene.space.blocks:
        part = scene.spot.point[block.start : block.stop]
        middle = (part.min() + part.max()) / 2
        sign[block.start : block.stop] = np.where(part > middle, -1.0, 1.0)
    return sign


def along_edge(scene: Scene) -> Plan[Finding]:
    """One-sided lines along the signs that keep the most values."""
    ones = np.ones(scene.space.size)
    signs = [inward(scene), ones, -ones]
    lines = [Line(scene.spot, s * scene.w * magnitudes(scene.rng, s.size), TRIED) for s in signs]
    readings = yield from one_sided_round(scene, lines)
    finite = [int(np.isfinite(trace.plus).sum()) for trace in readings]
    best = int(np.argmax(finite))
    if finite[best] < 2:
        return Finding("inconclusive", "domain")
    sign = scene.sign = signs[best]
    top = scene.widest = float(TRIED[np.isfinite(readings[best].plus)][0])
    scene.notes.append("The function has values on one side of the point only; its slope was taken there.")
    return (yield from judge_edge(scene, sign, top))


def one_sided_round(scene: Scene, lines: list[Line]) -> Plan[list[Trace]]:
    readings = yield Lines(lines)
    traces = []
    for line, reading in zip(lines, readings, strict=True):
        rest = reading.rise - reading.claimed
        none = np.full_like(rest, np.nan)
        traces.append(Trace(line.spot, line.direction, line.steps, rest, none, reading.rise, none))
    return traces


def judge_edge(scene: Scene, sign: Vector, top: float) -> Plan[Finding]:
    """Three lines over the ladder below `top`; a second ladder confirms what disagrees."""
    w, claim, rng = scene.w, scene.spot.claim, scene.rng
    ladder = WIDE[top * 1.01 >= WIDE]
    ways = [sign * w * magnitudes(rng, w.size) for _ in range(2)]
    ways.append(sign * np.abs(equalised(rng, w, claim)))
    traces = yield from one_sided_round(scene, [Line(scene.spot, d, ladder) for d in ways])
    scene.noise = float(np.finfo(np.float32 if scene.single else np.float64).eps) * (scene.spot.size + scene.loudness)
    judged = [scene.judge(trace, one_sided(trace, scene.noise, 1)) for trace in traces]
    scene.judged += judged
    for one in judged:
        if one.status == "disagrees":
            again = yield from one_sided_round(scene, [Line(scene.spot, one.trace.direction, 0.6 * ladder)])
            second = scene.judge(again[0], one_sided(again[0], scene.noise, 1))
            if second.status == "disagrees":
                scene.accused = one
                return Finding("wrong", "disagrees", error=one.error, bound=one.bound)
    agreed = [one for one in judged if one.status == "agrees"]
    if len(agreed) * 2 <= len(judged):
        close = [one for one in judged if one.error <= 1e-3 and one.bound <= 1e-3]
        if len(close) * 2 <= len(judged):
            return Finding("inconclusive", "domain", error=judged[0].error, bound=judged[0].bound)
        agreed = close  # a slope that dies like a root of the step is not to be had more closely
    worst = max(agreed, key=lambda j: j.error)
    return Finding(
        "right", "agrees", error=worst.error, bound=worst.bound, resolution=scene.tolerance + 5 * worst.bound
    )
