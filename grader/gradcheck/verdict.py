"""The plan of a check: which lines are measured, in which order, and what they say together.

Knows: the rooms around it. Does not know: how a value is obtained; it yields requests and receives answers.

One line over the whole ladder tells scale, noise and kinks. What follows depends on it: short lines where f is smooth,
fits over many coarse steps where it is rough, one-sided lines at an edge of the domain, the limit test at kinks.
"""

from typing import Any

import numpy as np

from grader.gradcheck.asking import Caller, Plan, Points, Spot
from grader.gradcheck.directions import aligned, equalised, random_direction
from grader.gradcheck.edges import along_edge, own_lengths
from grader.gradcheck.fits import fit, nodes
from grader.gradcheck.kinks import at_kink, bends, limit_test
from grader.gradcheck.ladder import DEEP, HALF, WIDE, Trace, line_of
from grader.gradcheck.neighbours import POOR, elsewhere, refined
from grader.gradcheck.scene import Finding, Judged, Scene, Stop
from grader.gradcheck.space import Space, Unusable, length, lengths


def begin(
    space: Space, caller: Caller, rng: np.random.Generator, vjp: bool | None, rtol: float | None, stored: bool
) -> Plan[Scene]:
    """The value at the point and the claim there, each asked twice; Stop if one of them cannot be used."""
    first, again = yield Points([space.origin, space.origin])
    for output in (first, again):
        if isinstance(output, Unusable):
            raise Stop(Finding("inconclusive", output.code, output.detail))
    if first.size > 1 and vjp is False:
        raise Stop(Finding("inconclusive", "forward_not_scalar", f"Its output has shape {caller.shape}."))
    upstream = None
    if vjp or (first.size > 1 and vjp is None):
        upstream = rng.standard_normal(first.size).astype(caller.dtype).astype(np.float64)
    spot = Spot(space.origin, np.zeros(space.size), first, upstream)
    scene = Scene(space, caller, rng, spot, lengths(space), rtol, spot, stored)
    claims = []
    for _ in range(1 if stored else 2):
        claim = yield from scene.claim_at(space.origin)
        if isinstance(claim, Unusable):
            raise Stop(Finding("wrong", claim.code, claim.detail))
        claims.append(claim)
    if not same(claims[0], claims[-1]):
        raise Stop(Finding("wrong", "gradient_not_deterministic"))
    scene.spot = scene.home = Spot(space.origin, claims[0], first, upstream)
    change = again - first
    scene._steady(length(change if upstream is None else change * upstream))
    return scene


def same(a: Any, b: Any) -> bool:
    """Equal up to the rounding of sums in another order."""
    return length(a - b) <= 1e-9 * length(a)


def check(scene: Scene, neighbours: bool) -> Plan[Finding]:
    if scene.stored:
        scene.notes.append("The gradient was given as numbers, so it was judged at this point only.")
    first = yield from first_line(scene)
    if first is None:
        return (yield from along_edge(scene))
    scene.kink_step = bends(first.trace, scene.noise)[0]
    found = yield from (rough_point(scene) if scene.noisy else smooth_point(scene, first))
    if found is not None:
        return found
    if neighbours and not scene.stored:
        found = yield from elsewhere(scene)
        if found is not None:
            return found
    return conclude(scene)


def first_line(scene: Scene) -> Plan[Judged | None]:
    """The whole ladder along a random direction; None if f has too few values on both sides for one."""
    ladder = HALF if any(b.dtype.itemsize < 8 for b in scene.space.blocks) else WIDE
    direction = random_direction(scene.rng, scene.w)
    (trace,) = yield from scene.measure([line_of(scene.spot, direction, ladder)])
    both = np.isfinite(trace.plus + trace.minus)
    if not both.any() and own_lengths(scene):
        direction = random_direction(scene.rng, scene.w)
        (trace,) = yield from scene.measure([line_of(scene.spot, direction, ladder)])
        both = np.isfinite(trace.plus + trace.minus)
    if not both.any():
        return None
    scene.widest = float(trace.t[both][0])
    scene.learn(trace)
    first = scene.judge(trace)
    if both.sum() < 4 or (first.status == "unclear" and steep(trace, scene)):
        first = yield from deeper(scene, trace)
    scene.step = first.estimate.step if np.isfinite(first.estimate.step) else 1e-7
    # where the ladder cannot tell the tolerance, single differences are not enough
    rough = not first.bound <= 0.3 * scene.tolerance and not bends(trace, scene.noise)[1]
    limit = 1.3 * scene.noise / scene.later_steps()[-1]
    near_edge = scene.widest < 0.1
    scene.noisy = scene.single or rough or (limit > 0.3 * scene.tolerance * first.scale and not near_edge)
    if scene.noisy:
        scene.step = max(scene.step, level_step(scene, first.trace))
    return first


def level_step(scene: Scene, trace: Trace) -> float:
    """The largest step that differs from all finer ones by no more than noise."""
    good = np.isfinite(trace.central)
    t, e = trace.t[good], trace.central[good]
    for i in range(len(t)):
        if (np.abs(e[i:] - e[i]) <= 8 * scene.noise * (1 / t[i:] + 1 / t[i])).all():
            return float(t[i])
    return 0.0


def steep(trace: Trace, scene: Scene) -> bool:
    """Do the estimates still move at the fine end by more than noise?"""
    e = trace.central[np.isfinite(trace.central)]
    return bool(len(e) >= 2 and abs(e[-1] - e[-2]) > 6 * scene.noise / trace.t[-1])


def deeper(scene: Scene, trace: Trace) -> Plan[Judged]:
    """Finer steps, and closer ones below the largest with a value: for steep functions and points beside an edge."""
    t = np.concatenate([scene.widest * np.array([0.5, 0.25, 0.05]), DEEP])
    t = np.setdiff1d(t, trace.t)[::-1]
    (more,) = yield from scene.measure([line_of(scene.spot, trace.direction, t)])
    whole = trace.joined(more)
    scene.learn(whole)
    return scene.judge(whole)


def smooth_point(scene: Scene, first: Judged) -> Plan[Finding | None]:
    """Short lines at the point. A Finding if it is settled, None if the point agrees as far as can be seen."""
    first = yield from looked_at(scene, first)
    if first.status == "disagrees":
        return (yield from accuse(scene, first, "disagrees"))
    t = scene.later_steps()
    w, claim = scene.w, scene.spot.claim
    ways = [
        aligned(scene.rng, w, claim),
        equalised(scene.rng, w, claim, 50 * scene.noise / t[-1]),
        random_direction(scene.rng, w),
    ]
    traces = yield from scene.measure(scene.lines(ways, t))
    for trace in traces:
        judged = scene.judge(trace)
        if judged.status != "agrees":
            (whole,) = yield from scene.measure([line_of(scene.spot, trace.direction, scene.ladder())])
            judged = yield from looked_at(scene, scene.judge(trace.joined(whole)))
        scene.judged.append(judged)
        if judged.status == "disagrees":
            found = yield from accuse(scene, judged, "disagrees")
            if found is not None:
                return found
            break
    return (yield from between_sides(scene))


def between_sides(scene: Scene) -> Plan[Finding | None]:
    """Lines on which the claim lies between both sides' slopes hide errors in the gap; the limit test does not."""
    between = [j for j in scene.judged if j.status == "between"]
    if not between or scene.stored or scene.caller.left < 60:
        return None
    answer = yield from limit_test(scene, min(j.error for j in between))
    if answer != "failed":
        return None
    scene.accused = between[0]
    return Finding("wrong", "disagrees", error=between[0].error, bound=between[0].bound)


def looked_at(scene: Scene, judged: Judged) -> Plan[Judged]:
    """A line that does not agree may do so on one side of a kink."""
    sign, here = bends(judged.trace, scene.noise)
    scene.kink_step = min(scene.kink_step, sign)
    if judged.status != "agrees" and here:
        judged = at_kink(scene, judged)
        if judged.status in ("kink", "between"):
            scene.at_kink = True
        elif judged.status == "unclear":
            judged = Judged("disagrees", judged.trace, judged.estimate, judged.scale)
    scene.judged.append(judged)
    return judged
    yield  # a plan, like the others


def accuse(scene: Scene, judged: Judged, reason: str) -> Plan[Finding | None]:
    """Before wrong is said: at other steps, beside a kink, and whether the gradient gives this answer again."""
    again = yield from confirm(scene, judged)
    if again.status != "disagrees":
        scene.judged[:] = [j for j in scene.judged if j is not judged] + [again]
        return None
    # an estimate that rests on much finer steps than every sign of a kink lies in the smooth
    if judged.estimate.step > 0.1 * scene.kink_step and not scene.stored:
        answer = yield from limit_test(scene, judged.error)
        if answer == "passed":
            scene.at_kink = True
            scene.judged[:] = [j for j in scene.judged if j is not judged]
            return None
        reason = "kink" if answer in ("failed", "torn") and bends(judged.trace, scene.noise)[1] else reason
    for _ in range(0 if scene.stored else 3):
        claim = yield from scene.claim_at(scene.spot.point)
        if isinstance(claim, Unusable) or not same(claim, scene.spot.claim):
            return Finding("wrong", "gradient_not_deterministic")
    scene.accused = judged
    return Finding("wrong", reason, error=judged.error, bound=judged.bound)


def confirm(scene: Scene, judged: Judged) -> Plan[Judged]:
    """The same direction at other steps: a numerical accident does not repeat. Its status says what became of it."""
    step = judged.estimate.step if np.isfinite(judged.estimate.step) else 1e-7
    if scene.noisy:
        again = yield from refined(scene, judged.trace, 0.3 * step)
        if again.status != "disagrees":
            return again
        again = agreement(scene, judged, again)
        if again.status == "disagrees" and scene.single and scene.caller.left > 40:
            # float32 hides the signs of kinks; what they add to a slope dies away in smaller windows, an error does not
            third = yield from refined(scene, judged.trace, 0.3 * again.estimate.step)
            fades = abs(third.estimate.value - again.estimate.value) > 0.3 * abs(again.estimate.value)
            if third.status == "agrees" or (fades and third.estimate.bound < 0.1 * abs(again.estimate.value)):
                return Judged("unclear", third.trace, third.estimate, third.scale)
        return again
    t = 0.6 * min(step, 0.1 * scene.widest) * np.array([10.0, 1.0, 0.1])
    (trace,) = yield from scene.measure([line_of(scene.spot, judged.trace.direction, t)])
    again = agreement(scene, judged, scene.judge(trace))
    if again.status == "unclear" and scene.caller.left > 20:
        (more,) = yield from scene.measure([line_of(scene.spot, judged.trace.direction, 0.6 * scene.ladder())])
        again = agreement(scene, judged, scene.judge(trace.joined(more)))
    return again


def agreement(scene: Scene, judged: Judged, again: Judged) -> Judged:
    """`again` as a confirmation: it disagrees if it found the same error, and is unclear if not."""
    apart = abs(again.estimate.value - judged.estimate.value)
    near = apart <= 0.3 * abs(judged.estimate.value) + 3 * (again.estimate.bound + judged.estimate.bound)
    if near and abs(again.estimate.value) > scene.tolerance * judged.scale + 2 * again.estimate.bound:
        return Judged("disagrees", again.trace, again.estimate, again.scale)
    return Judged("unclear", again.trace, again.estimate, again.scale)


def rough_point(scene: Scene) -> Plan[Finding | None]:
    """Fits over coarse steps; each line may agree only thanks to the noise, but not all of them together."""
    w, claim = scene.w, scene.spot.claim
    reach = scene.reach()
    quiet = 50 * scene.noise / reach
    ways = [
        aligned(scene.rng, w, claim),
        random_direction(scene.rng, w),
        equalised(scene.rng, w, claim, quiet),
        aligned(scene.rng, w, claim),
    ]
    for attempt in range(3):
        traces = yield from scene.measure([line_of(scene.spot, d, nodes(scene.rng, reach)) for d in ways])
        new = [scene.judge(trace, fit(trace, scene.noise)) for trace in traces]
        scene.judged += new
        for judged in new:
            scene.kink_step = min(scene.kink_step, bends(judged.trace, scene.noise)[0])
        for judged in new:
            if judged.status == "disagrees":
                found = yield from accuse(scene, judged, "disagrees")
                if found is not None:
                    return found
                if scene.at_kink or scene.caller.left < 150:
                    break
        if strain(scene, new) <= 1.0 or scene.caller.left < 100:
            return None
        if attempt and strain(scene, scene.judged) > 2.2 and strain(scene, new) > 1.2:
            loudest = max(new, key=lambda j: j.error / j.bound)
            scene.accused = loudest
            return Finding("wrong", "disagrees", error=loudest.error, bound=loudest.bound)
        ways = [aligned(scene.rng, w, claim) for _ in range(3)]
    return None


def strain(scene: Scene, lines: list[Judged]) -> float:
    """The mean square of errors in bounds: below 1 if the claim is right, since a bound is two standard deviations."""
    good = [
        j for j in lines if j.bound > 0 and j.estimate.bound <= POOR * scene.noise / j.estimate.step
    ]  # others: kinks
    z = np.array([min(max(j.error - 0.3 * scene.tolerance, 0) / j.bound, 10.0) for j in good])
    if np.count_nonzero(z > 1.5) < 2:
        return 0.0
    return float(np.mean(z**2))


def conclude(scene: Scene) -> Finding:
    """Right if the lines say so, inconclusive otherwise."""
    said = [j for j in scene.judged if j.status in ("agrees", "kink", "between")]
    unclear = [j for j in scene.judged if j.status == "unclear"]
    if scene.at_kink and not said:
        return Finding("right", "agrees_at_kink")
    if not said or len(said) < len(unclear):
        last = (unclear or scene.judged)[-1:]
        error, bound = (last[0].error, last[0].bound) if last else (float("nan"), float("nan"))
        return Finding("inconclusive", "noise", error=error, bound=bound)
    best = min(said, key=lambda j: j.bound)
    worst = max(said, key=lambda j: j.error)
    reason = "agrees_at_kink" if scene.at_kink else "agrees"
    resolution = scene.tolerance + 5 * best.bound
    return Finding("right", reason, error=worst.error, bound=worst.bound, resolution=resolution)
