"""Two more points nearby: is the claim right at this point only?

Knows: how far to move. Does not know: what was said at the point itself.
"""

import numpy as np

from grader.gradcheck.asking import Plan, Spot
from grader.gradcheck.directions import aligned, equalised, nearby, random_direction
from grader.gradcheck.fits import fit, nodes
from grader.gradcheck.kinks import bends, limit_test
from grader.gradcheck.ladder import UNKNOWN, Trace, line_of
from grader.gradcheck.scene import Finding, Judged, Scene
from grader.gradcheck.space import Unusable, Vector

COUNT = 2
WINDOWS = 4
POOR = 10.0  # times what noise alone would leave of a fit: more than that is kinks or curvature


def elsewhere(scene: Scene) -> Plan[Finding | None]:
    """A Finding if the claim is wrong at a neighbour, twice along different directions."""
    spots = yield from neighbour_spots(scene)
    if not spots:
        scene.notes.append("No point nearby could be used, so only the point itself was judged.")
        return None
    lines = [line_of(spot, way(scene, spot, i), steps(scene)) for i, spot in enumerate(spots)]
    traces = yield from scene.measure(lines)
    for trace in traces:
        judged = look(scene, trace)
        if judged.status == "agrees" or scene.caller.left < 40:
            continue
        again = yield from second_look(scene, trace.spot)
        if again is not None and again.status == "disagrees":
            # beside a kink a line at the point itself cannot see what lies in its gap
            if scene.at_kink:
                scene.accused, scene.spot = again, trace.spot
            reason = "disagrees" if scene.at_kink else "elsewhere"
            return Finding("wrong", reason, error=again.error, bound=again.bound)
    return None


def neighbour_spots(scene: Scene) -> Plan[list[Spot]]:
    """Each with its own claim, and its own upstream: a backward that ignores or squares it is found."""
    spots = []
    for _ in range(COUNT):
        reach = 1.0 if scene.widest >= 0.01 else 10 * scene.widest
        point = scene.space.seen(nearby(scene.rng, scene.spot.point, scene.w, scene.space.blocks, reach))
        upstream = None
        if scene.spot.upstream is not None:
            upstream = scene.rng.standard_normal(scene.spot.upstream.size).astype(scene.caller.dtype).astype(np.float64)
        claim = yield from scene.claim_at(point, upstream)
        if not isinstance(claim, Unusable):
            spots.append(Spot(point, claim, scene.spot.output, upstream))
    return spots


def way(scene: Scene, spot: Spot, which: int) -> Vector:
    if which == 0:
        return random_direction(scene.rng, scene.w)
    return aligned(scene.rng, scene.w, spot.claim)


def steps(scene: Scene) -> Vector:
    return nodes(scene.rng, scene.reach()) if scene.noisy else scene.later_steps()


def look(scene: Scene, trace: Trace) -> Judged:
    return scene.judge(trace, fit(trace, scene.noise)) if scene.noisy else scene.judge(trace)


def refined(scene: Scene, trace: Trace, reach: float) -> Plan[Judged]:
    """Fits over smaller and smaller windows, until roughness and not kinks of f limits them."""
    before = UNKNOWN
    for _ in range(WINDOWS):
        if scene.caller.left < 20:
            break
        (new,) = yield from scene.measure([line_of(trace.spot, trace.direction, nodes(scene.rng, reach))])
        judged = scene.judge(new, fit(new, scene.noise))
        # roughness makes a bound grow as the window shrinks, kinks do not
        limited = not scene.single and before.bound < np.inf and judged.estimate.bound > 2 * before.bound
        if judged.status == "agrees" or limited or judged.estimate.bound <= POOR * scene.noise / reach:
            return judged
        before = judged.estimate
        reach /= 4
    return Judged("unclear", trace, before, scene.scale_of(trace, before.value))


def line_trace(spot: Spot, direction: Vector) -> Trace:
    """A line of which nothing was measured yet."""
    none = np.zeros(0)
    return Trace(spot, direction, none, none, none, none, none)


def second_look(scene: Scene, spot: Spot) -> Plan[Judged | None]:
    """Another direction over the whole ladder, with noise and tolerance as they are there."""
    direction = equalised(scene.rng, scene.w, spot.claim, 50 * scene.noise / scene.step)
    if scene.noisy:
        trace = line_trace(spot, aligned(scene.rng, scene.w, spot.claim))
        judged = yield from refined(scene, trace, 0.5 * scene.reach())
        if judged.status == "disagrees":
            judged = yield from refined(scene, trace, 0.3 * judged.estimate.step)
        return judged
    (trace,) = yield from scene.measure([line_of(spot, direction, scene.ladder(), based=False)])
    if not np.isfinite(trace.rise_plus + trace.rise_minus).any():
        return None
    kept = scene.noise, scene.tolerance
    scene.learn(trace)
    judged = scene.judge(trace)
    if judged.status == "disagrees" and judged.estimate.step > 0.1 * bends(trace, scene.noise)[0]:
        point, scene.spot = scene.spot, spot
        answer = yield from limit_test(scene, judged.error)
        scene.spot = point
        if answer == "passed":
            return None
    scene.noise, scene.tolerance = kept
    return judged
