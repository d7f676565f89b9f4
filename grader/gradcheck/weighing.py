"""The wrong entries of one large array, by rearrangement, by weighing, by splitting.

Knows: that the ratio of two measurements with known weights names the entry or the row that holds the whole error: one
of a million within 32 values, where a bisection needs 40 and can do nothing else. Does not know: the other arguments.
"""

import numpy as np
from numpy.typing import NDArray

from grader.gradcheck.asking import Plan
from grader.gradcheck.patterns import factor_pattern, rearranged, say
from grader.gradcheck.search import Location, Search, common_factor, masked, unit_directions
from grader.gradcheck.space import Block, Vector

# each narrows the candidates by what a measurement resolves: a thousandfold where anything can be resolved
WEIGHINGS = 4


def large_block(search: Search, block: Block) -> Plan[Location]:
    part = np.arange(block.start, block.stop)
    base = [masked(search.heard(), part) for _ in range(2)]
    base += [masked(search.random(), part) for _ in range(2)]
    if search.left < 12:
        search.found[part] = True
        return Location(search.found, "partial", None)
    errors = yield from search.ask(base)
    location = by_hypothesis(search, block, base, errors)
    if location is not None:
        return location
    loudest = int(np.argmax(np.abs(errors) / search.blurs(base)))
    for grouping in groupings(block):
        location = yield from by_weighing(search, part, grouping, base[loudest], float(errors[loudest]))
        if location is not None:
            return location
    location = yield from by_side(search, part)
    if location is not None:
        return location
    return (yield from by_splitting(search, block))


def by_hypothesis(search: Search, block: Block, ways: list[Vector], errors: Vector) -> Location | None:
    """A factor, a transpose, a reverse or a shift that explains all four residuals, without new values."""
    part = slice(block.start, block.stop)
    claim = search.spot.claim
    several = len(search.scene.space.blocks) > 1
    factor = common_factor(errors, ways, claim, search.blurs(ways))
    if factor is not None:
        search.found[part] = claim[part] != 0
        pattern = (
            say("block", "block_factor", block=block.name, factor=factor)
            if several
            else factor_pattern(factor, [block])
        )
        return Location(search.found, "exact", pattern)
    g = claim[part].reshape(block.shape)
    blur = search.blurs(ways)
    for kind, known, guess in rearranged(g):
        change = (guess - g).ravel()
        told = np.array([float(d[part] @ change) for d in ways])
        if change.any() and (np.abs(told - errors) <= blur + 1e-4 * np.abs(errors).max()).all():
            search.found[part] = change != 0
            return Location(search.found, "exact", say(kind, **known, block=block.name if several else None))
    if not g.any():
        search.found[part] = True
        pattern = say("block", "block_missing", block=block.name, factor=0.0) if several else say("missing")
        return Location(search.found, "sampled", pattern)
    return None


def groupings(block: Block) -> list[NDArray[np.intp]]:
    """Group numbers of the entries: each its own, then the slices along each axis."""
    found: list[NDArray[np.intp]] = [np.arange(block.size)]
    if len(block.shape) > 1:
        found += [np.indices(block.shape)[axis].ravel() for axis in range(len(block.shape)) if block.shape[axis] > 1]
    return found


def by_weighing(
    search: Search, part: NDArray[np.intp], groups: NDArray[np.intp], base: Vector, loudness: float
) -> Plan[Location | None]:
    """If one group holds the whole error, the ratio of a weighed to the plain measurement is its weight."""
    count = int(groups.max()) + 1
    left = np.arange(count)
    precision = search.blur(base) / abs(loudness) + 1e-7
    for _ in range(WEIGHINGS):
        if search.left < 8:
            return None
        weights = 0.5 + search.scene.rng.permutation(count) / max(count - 1, 1)
        d = base.copy()
        d[part] *= weights[groups]
        (error,) = yield from search.ask([d])
        left = left[np.abs(weights[left] - error / loudness) <= precision]
        if len(left) < 2:
            break
    if len(left) != 1:
        return None
    held = part[groups == left[0]]
    d = base.copy()
    d[held] = 0
    (rest,) = yield from search.ask([d])
    if not abs(rest) <= max(search.blur(d), 2e-4 * abs(loudness)):
        return None
    search.found[held] = True
    if len(held) == 1:
        return Location(search.found, "exact", say("entries"))
    return (yield from one_slice(search, held, groups, part))


def one_slice(
    search: Search, held: NDArray[np.intp], groups: NDArray[np.intp], part: NDArray[np.intp]
) -> Plan[Location]:
    """The entries of the one slice that is wrong: one by one if they are few enough."""
    block = next(b for b in search.scene.space.blocks if b.start <= held[0] < b.stop)
    axes = [axis for axis in range(len(block.shape)) if np.array_equal(np.indices(block.shape)[axis].ravel(), groups)]
    pattern = say("slice", axis=axes[0], index=int(groups[held[0] - block.start]))
    if 2 * len(held) + 2 > search.left:
        return Location(search.found, "sampled", pattern)
    ways = unit_directions(search, held)
    errors = yield from search.ask(ways)
    search.found[held] = np.abs(errors) > search.blurs(ways)
    few = search.found[held].sum() <= 0.6 * len(held)
    return Location(search.found, "exact", say("entries") if few else pattern)


def by_side(search: Search, part: NDArray[np.intp]) -> Plan[Location | None]:
    """One direction over the entries below zero, one over those above."""
    x = search.spot.point[part]
    below, above = part[x < 0], part[x > 0]
    if min(len(below), len(above)) < 2 or search.left < 6:
        return None
    base = search.heard()
    ways = [masked(base, below), masked(base, above)]
    errors = yield from search.ask(ways)
    quiet = [abs(e) <= search.blur(d) for e, d in zip(errors, ways, strict=True)]
    if quiet[0] == quiet[1]:
        return None
    loud = above if quiet[0] else below
    sample = search.scene.rng.permutation(loud)[: min(8, len(loud))]
    each = unit_directions(search, sample)
    errors = yield from search.ask(each)
    if (np.abs(errors) > search.blurs(each)).mean() < 0.8:
        return None
    search.found[loud] = True
    return Location(search.found, "exact" if len(sample) == len(loud) else "sampled", say("side"))


def by_splitting(search: Search, block: Block) -> Plan[Location]:
    """Eight random parts; those that are loud are weighed and split until single entries are left."""
    part = search.scene.rng.permutation(np.arange(block.start, block.stop))
    loud = yield from loud_parts(search, np.array_split(part, 8))
    if len(loud) >= 7:
        return (yield from dense(search, block))
    while loud and search.left >= 4:
        singles = [p for p, _, _ in loud if len(p) == 1]
        for p in singles:
            search.found[p] = True
        loud = [entry for entry in loud if len(entry[0]) > 1]
        if not loud:
            break
        rest = yield from weigh_parts(search, loud)
        pieces = [piece for p in rest for piece in np.array_split(p, min(3, len(p)))]
        if 2 * len(pieces) + 2 > search.left:
            for p in rest:
                search.found[p] = True
            return Location(search.found, "partial", say("entries"))
        loud = (yield from loud_parts(search, pieces)) if pieces else []
    for p, _, _ in loud:
        search.found[p] = True
    return Location(search.found, "partial" if loud else "exact", say("entries"))


Loud = tuple[NDArray[np.intp], Vector, float]


def loud_parts(search: Search, parts: list[NDArray[np.intp]]) -> Plan[list[Loud]]:
    base = search.heard()
    ways = [masked(base, p) for p in parts]
    errors = yield from search.ask(ways)
    return [(p, d, float(e)) for p, d, e in zip(parts, ways, errors, strict=True) if not abs(e) <= search.blur(d)]


def weigh_parts(search: Search, loud: list[Loud]) -> Plan[list[NDArray[np.intp]]]:
    """Name the entry of every part that holds one only; the parts that hold more come back."""
    candidates = [p for p, _, _ in loud]
    for _ in range(WEIGHINGS):
        open_ = [i for i, c in enumerate(candidates) if len(c) > 1]
        if not open_ or 2 * (len(open_) + len(loud)) + 4 > search.left:
            break
        heavy = []
        for i in open_:
            p, d, _ = loud[i]
            weights = 0.5 + search.scene.rng.permutation(len(p)) / (len(p) - 1)
            weighed = d.copy()
            weighed[p] *= weights
            heavy.append((weights, weighed))
        errors = yield from search.ask([weighed for _, weighed in heavy])
        for i, (weights, _), error in zip(open_, heavy, errors, strict=True):
            p, d, e = loud[i]
            near = p[np.abs(weights - error / e) <= 2 * search.blur(d) / abs(e) + 1e-7]
            candidates[i] = np.intersect1d(candidates[i], near)
    named = [int(c[0]) if len(c) == 1 else None for c in candidates]
    checks = [masked(d, p[p != i]) for (p, d, _), i in zip(loud, named, strict=True) if i is not None]
    rests = iter((yield from search.ask(checks)) if checks else ())
    back = []
    for (p, d, e), name in zip(loud, named, strict=True):
        if name is not None and abs(next(rests)) <= max(search.blur(d), 2e-4 * abs(e)):
            search.found[name] = True
        else:
            back.append(p)
    return back


def dense(search: Search, block: Block) -> Plan[Location]:
    """Too many to name: eight entries on their own tell whether nearly all are wrong."""
    part = np.arange(block.start, block.stop)
    sample = search.scene.rng.permutation(part)[: max(1, min(8, (search.left - 1) // 2))]
    ways = unit_directions(search, sample)
    errors = yield from search.ask(ways)
    bad = np.abs(errors) > search.blurs(ways)
    search.found[part] = True
    several = len(search.scene.space.blocks) > 1
    pattern = say("block", block=block.name) if several else None
    return Location(search.found, "sampled" if bad.mean() > 0.8 else "partial", pattern)
