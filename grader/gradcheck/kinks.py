"""Kinks: the signs of one on a line, and whether a claim is the gradient of one of the smooth pieces that meet there.

Knows: bends of a line, claims a hair away. Does not know: what follows from it for the verdict.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from grader.gradcheck.asking import Plan, Spot
from grader.gradcheck.directions import aligned, equalised, random_direction
from grader.gradcheck.fits import fit, nodes
from grader.gradcheck.ladder import Trace, central, line_of, one_sided
from grader.gradcheck.scene import Judged, Scene
from grader.gradcheck.space import Unusable, Vector

# torn: on no sides together does the claim stay the same; failed: it does, and does not fit the function there
Answer = Literal["passed", "torn", "failed", "unknown"]
HAIR, HAIR_SINGLE = 1e-5, 1e-2  # above the nearest kink that noise lets one see, below the function's scale
ROUNDS = 3
ASKED = 8  # points a hair away: each entry is seen on both sides, but for one time in 128


def bends(trace: Trace, noise: float) -> tuple[float, bool]:
    """(the finest step with a sign of kinks or inf, a kink at the point itself as far as noise lets one see)."""
    good = np.isfinite(trace.bend)
    t, bend = trace.t[good], np.abs(trace.bend[good])
    seen = bend > 8 * noise / t
    pairs = seen[:-1] & seen[1:]
    if not pairs.any():
        return np.inf, False
    ratio, smooth = bend[1:] / np.maximum(bend[:-1], 1e-300), t[1:] / t[:-1]
    stays = pairs & (ratio > np.sqrt(smooth)) & (t[1:] <= 1e-2)  # between a step's ratio (curvature) and one (a kink)
    last = np.flatnonzero(pairs)[-2:]
    flat = stays[last] & (ratio[last] < 1.5)
    return float(t[1:][stays].min(initial=np.inf)), bool(len(last) == 2 and flat.all())


def at_kink(scene: Scene, judged: Judged) -> Judged:
    """The line judged once more, one side at a time."""
    trace = judged.trace
    sides = [scene.judge(trace, one_sided(trace, scene.noise, side)) for side in (1, -1)]
    for side in sides:
        if side.status == "agrees":
            return Judged("kink", trace, side.estimate, side.scale)
    up, down = (side.estimate for side in sides)
    apart = (
        up.value * down.value < 0
        and min(abs(up.value) / (up.bound or 1e-300), abs(down.value) / (down.bound or 1e-300)) > 3
    )
    if apart and np.isfinite(up.bound + down.bound):
        return Judged("between", trace, up, sides[0].scale)
    return judged


def limit_test(scene: Scene, error: float) -> Plan[Answer]:
    """Is the claim the gradient of a smooth piece that meets at the point? error: the share that is suspected.

    The claim is asked a hair away on random sides. Each entry keeps the side on which its claim stays the same; on all
    those sides together the claim must be the same again, and fit the function.
    """
    hair = HAIR_SINGLE if scene.single or scene.noisy else HAIR
    sides: list[tuple[Vector, Vector]] = []
    liking = np.zeros_like(scene.w)
    for _ in range(ROUNDS):
        for _ in range(ASKED):
            u = random_direction(scene.rng, np.ones_like(scene.w))
            # later rounds lean towards what was liked, so that coupled entries (ties of a maximum) find together
            u = np.where(scene.rng.random(u.size) < 0.8 * np.abs(liking), np.copysign(u, liking), u)
            claim = yield from scene.claim_at(scene.spot.point + hair * scene.w * u)
            if not isinstance(claim, Unusable):
                sides.append((np.sign(u), claim))
        if len(sides) < 4:
            return "unknown"
        liking, middle = best_sides(scene, sides, np.array([same(scene, claim, hair, error) for _, claim in sides]))
        firm = np.where(liking == 0, 1.0, np.abs(liking))
        move = np.where(liking < 0, -1.0, 1.0) * (0.3 + 0.7 * firm) * scene.rng.uniform(0.9, 1.1, liking.size)
        there = scene.space.seen(scene.spot.point + hair * scene.w * move)
        claim = yield from scene.claim_at(there)
        if isinstance(claim, Unusable):
            return "unknown"
        step = np.where(middle, 0.0, scene.w)
        if (same(scene, claim, hair, error) | middle).all():
            there_spot = Spot(there, claim, scene.spot.output, scene.spot.upstream)
            return (yield from short_lines(scene, there_spot, step, hair, error))
        sides.append((np.sign(move), claim))
    return "torn"


def same(scene: Scene, claim: Vector, hair: float, error: float) -> NDArray[np.bool_]:
    """Entries whose claim a hair away is that at the point, up to curvature and much less than the suspected error."""
    share = 0.3 if hair == HAIR_SINGLE else 0.05
    least = 0.1 * error if hair == HAIR_SINGLE else max(1e-2 * error, min(1e-4, 0.1 * error))
    size = np.maximum(np.abs(claim), np.abs(scene.spot.claim))
    here = scene.w * np.abs(claim - scene.spot.claim)
    return np.asarray(here <= share * scene.w * size + least * scene.loudness)


def best_sides(
    scene: Scene, sides: list[tuple[Vector, Vector]], stays: NDArray[np.bool_]
) -> tuple[Vector, NDArray[np.bool_]]:
    """For every entry the side on which its claim stays the same, from -1 to 1; and which lie between both sides'."""
    up = np.array([sign > 0 for sign, _ in sides])
    change = np.array([claim - scene.spot.claim for _, claim in sides])
    share_up = (stays & up).sum(axis=0) / np.maximum(up.sum(axis=0), 1)
    share_down = (stays & ~up).sum(axis=0) / np.maximum((~up).sum(axis=0), 1)
    between = (change.max(axis=0) > 0) & (change.min(axis=0) < 0)
    return share_up - share_down, ~stays.any(axis=0) & between


def short_lines(scene: Scene, spot: Spot, step: Vector, hair: float, error: float) -> Plan[Answer]:
    """Three lines beside the point, too short to cross a kink of the point itself; all must agree."""
    if not step.any():
        return "unknown"
    # where f is rough, fits tell the roughness beside the point, which kinks at the point have blurred
    t = nodes(scene.rng, 0.25 * hair) if scene.noisy else hair * np.array([0.1, 0.03, 0.01, 0.003])
    ways = [
        random_direction(scene.rng, step),
        aligned(scene.rng, step, spot.claim),
        equalised(scene.rng, step, spot.claim),
    ]
    if scene.caller.left < 6 * len(t) + 4:
        return "unknown"
    traces = yield from scene.measure([line_of(spot, d, t, based=False) for d in ways])
    answer: Answer = "passed"
    for trace in traces:
        if not (trace.rise_plus != 0).any() and (trace.direction * spot.claim).any():
            return "unknown"  # everything stands still at such steps
        found = fit(trace, scene.rounding(trace)) if scene.noisy else central(trace, scene.noise)
        scale = scene.scale_of(trace, found.value)
        if not found.bound <= 0.3 * error * scale:
            answer = "unknown"
        elif abs(found.value) > scene.tolerance * scale + 3 * found.bound:
            return "failed"
    return answer
