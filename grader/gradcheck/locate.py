"""Where a wrong gradient is wrong, within 120 values however many entries there are.

Knows: the order of questions. One rule for all entries? Which argument? Then a small array entry by entry; a large one
by `weighing`. Does not know: why the gradient was called wrong.
"""

import numpy as np

from grader.gradcheck.asking import Plan, Spot
from grader.gradcheck.directions import aligned, nearby
from grader.gradcheck.patterns import CLOSE, factor_pattern, in_block, of_blocks, one_factor, say
from grader.gradcheck.result import Located, Pattern
from grader.gradcheck.scene import Judged, Scene
from grader.gradcheck.search import LIMIT, Exhausted, Location, Search, common_factor, masked, prepared, unit_directions
from grader.gradcheck.space import Block, Unusable, Vector
from grader.gradcheck.weighing import large_block

SMALL = 55  # entries that are measured one by one


def locate(scene: Scene, accused: Judged) -> Plan[Location]:
    """The wrong entries and the pattern of a claim that was found wrong along a line."""
    search = prepared(scene, accused)
    search.left = min(LIMIT, scene.caller.left)
    search.found = np.zeros(scene.space.size, dtype=bool)
    if scene.kinky and accused.estimate.step <= 0.1 * scene.kink_step:
        search.step = min(search.step, accused.estimate.step)  # between the kinks
    elif scene.kinky and not scene.stored:
        yield from step_aside(search)
    try:
        return (yield from narrowed(search))
    except Exhausted:
        return Location(search.found if search.found.any() else None, "partial" if search.found.any() else "none")


def narrowed(search: Search) -> Plan[Location]:
    scene = search.scene
    blocks = scene.space.blocks
    if scene.space.size > 2:
        location = yield from one_rule(search)
        if location is not None:
            return location
    if scene.space.size <= SMALL:
        return (yield from entry_by_entry(search, blocks))
    loud = blocks if len(blocks) == 1 else (yield from loud_blocks(search))
    if not loud:
        return Location()
    return (yield from inside(search, loud))


def step_aside(search: Search) -> Plan[None]:
    """Beside the kinks the same mistake can be measured without them."""
    scene = search.scene
    point = scene.space.seen(nearby(scene.rng, scene.spot.point, scene.w, scene.space.blocks, 1.0))
    claim = yield from scene.claim_at(point)
    if not isinstance(claim, Unusable):
        search.spot = Spot(point, claim, scene.spot.output, scene.spot.upstream)
        if not scene.noisy:  # the accused line's curvature was the kink's
            search.step, search.truncation = min(search.step, 1e-5), 1e-9


def one_rule(search: Search) -> Plan[Location | None]:
    """A factor that explains four directions, two of them equalised so that one loud entry cannot fake it."""
    scene, claim = search.scene, search.spot.claim
    if not claim.any():
        return None
    factor = None
    if scene.noisy:  # the verdict's own lines are better known than single differences
        fits = [j for j in scene.judged if j.trace.spot is search.spot and np.isfinite(j.bound)]
        if len(fits) >= 3:
            values, bounds = np.array([[j.estimate.value, 1.5 * j.estimate.bound] for j in fits]).T
            factor = common_factor(values, [j.trace.direction for j in fits], claim, bounds)
    if factor is None:
        uphill = search.turned(aligned(scene.rng, scene.w, claim))
        ways = [uphill, search.random(), search.heard(), search.turned(np.copysign(search.heard(), uphill))]
        errors = yield from search.ask(ways)
        factor = common_factor(errors, ways, claim, search.blurs(ways), 2 if scene.noisy else 3)
    if factor is None:
        return None
    return Location(claim != 0, "exact", factor_pattern(factor, scene.space.blocks))


def entry_by_entry(search: Search, blocks: list[Block]) -> Plan[Location]:
    """Every entry of these blocks on its own: exact, and all true values are known for the pattern."""
    indices = np.concatenate([np.arange(b.start, b.stop) for b in blocks])
    ways = unit_directions(search, indices)
    errors = yield from search.ask(ways)
    w, claim = search.scene.w, search.spot.claim
    true, slack = claim.copy(), np.zeros_like(claim)
    blur = search.blurs(ways)
    true[indices] += errors / np.array([d[i] for d, i in zip(ways, indices, strict=True)])
    slack[indices] = blur / w[indices]
    # an entry that is off by less than a thousandth of the tolerance's share of its own slope is right
    wrong = np.abs(errors) > blur + search.scene.tolerance * np.abs(w * true)[indices]
    search.found[indices] = wrong
    kinds = [block_pattern(search, b, true, slack) for b in search.scene.space.blocks]
    masks = [search.found[b.start : b.stop] for b in search.scene.space.blocks]
    factor = one_factor(claim, true, search.found, slack)
    pattern = of_blocks(search.scene.space.blocks, masks, kinds, factor)
    if not claim.any():
        pattern = say("missing")
    certain = bool(np.isfinite(errors).all() and search.found.any() and blur.max() <= 0.1 * np.abs(errors).max())
    return Location(search.found, "exact" if certain else "partial", pattern)


def block_pattern(search: Search, block: Block, true: Vector, slack: Vector) -> Pattern | None:
    part = slice(block.start, block.stop)
    if not search.found[part].any():
        return None
    size = np.abs(true[part]).max() if block.size else 0.0
    slack = slack[part] + CLOSE * np.maximum(np.abs(true[part]), 1e-9 * size)
    point, claim = search.spot.point[part], search.spot.claim[part]
    return in_block(block, point, claim, true[part], search.found[part], slack)


def loud_blocks(search: Search) -> Plan[list[Block]]:
    """One direction each; an argument is loud if its residual is above the blur of the measurement."""
    blocks = search.scene.space.blocks
    if len(blocks) > search.left // 4:
        return []
    base = search.heard()
    ways = [masked(base, slice(b.start, b.stop)) for b in blocks]
    errors = yield from search.ask(ways)
    return [b for b, e, d in zip(blocks, errors, ways, strict=True) if not abs(e) <= search.blur(d)]


def inside(search: Search, loud: list[Block]) -> Plan[Location]:
    """Each loud argument in turn, small ones together and entry by entry."""
    total = sum(b.size for b in loud)
    if 2 * total + 4 <= search.left and total <= 55:
        return (yield from entry_by_entry(search, loud))
    parts: list[Location] = []
    dense_ones = (yield from dense_blocks(search, loud)) if len(loud) > 1 else []
    for block in sorted(loud, key=lambda b: b.size):
        if block in dense_ones:
            search.found[block.start : block.stop] = True
            parts.append(Location(search.found, "sampled"))
        elif block.size <= SMALL and 2 * block.size + 4 <= search.left:
            parts.append((yield from entry_by_entry(search, [block])))
        else:
            parts.append((yield from large_block(search, block)))
    if not search.spot.claim.any():
        return Location(search.found, "sampled", say("missing"))
    grades: list[Located] = ["exact", "sampled", "partial", "none"]
    worst = max((part.located for part in parts), key=grades.index)
    return Location(search.found, worst, parts[0].pattern if len(parts) == 1 else None)


def dense_blocks(search: Search, loud: list[Block]) -> Plan[list[Block]]:
    """The arguments of whose entries all of a sample are wrong: they need not be searched."""
    count = min(6, (search.left // 3) // len(loud))
    if count < 3:
        return []
    rng = search.scene.rng
    samples = [b.start + rng.permutation(b.size)[:count] for b in loud]
    ways = unit_directions(search, np.concatenate(samples))
    errors = yield from search.ask(ways)
    wrong = np.split(np.abs(errors) > search.blurs(ways), np.cumsum([len(s) for s in samples])[:-1])
    return [b for b, bad in zip(loud, wrong, strict=True) if bad.sum() >= len(bad) - 1 and b.size > 2]
