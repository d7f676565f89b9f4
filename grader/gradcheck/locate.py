"""Where a wrong gradient is wrong, within 120 values however many entries there are.

Knows: measurements along directions of its own making; each is linear in the unknown error, which is more than a yes
or no. Does not know: why the gradient was called wrong.

One rule for all entries? Which argument? Then a small array entry by entry; in a large one a rearrangement is tried, then
weighing: the ratio of two measurements with known weights names the entry or the row that holds the whole error.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from grader.gradcheck.asking import Line, Lines, Plan, Spot
from grader.gradcheck.directions import aligned, equalised, nearby, random_direction
from grader.gradcheck.ladder import line_of
from grader.gradcheck.patterns import CLOSE, Mask, factor_pattern, in_block, of_blocks, one_factor, rearranged, say
from grader.gradcheck.result import Located, Pattern
from grader.gradcheck.scene import Judged, Scene
from grader.gradcheck.space import Block, Unusable, Vector

LIMIT = 120  # values
WEIGHINGS = (
    4  # each narrows the candidates by what a measurement resolves: a thousandfold, where it can resolve anything
)
SMALL = 55  # entries that are measured one by one


class Exhausted(Exception):
    """No values are left for the location."""


@dataclass
class Location:
    wrong: Mask | None = None
    located: Located = "none"
    pattern: Pattern | None = None


@dataclass
class Search:
    """One search: the spot, the step, what a measurement can resolve, and how many values are left."""

    scene: Scene
    spot: Spot
    step: float
    truncation: float  # share of a direction's own slope
    left: int = LIMIT
    found: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def blur(self, direction: Vector) -> float:
        """What a residual along this direction may be by noise and truncation alone."""
        parts = direction * self.spot.claim
        # `noise` is a cautious figure already, the truncation is a guess from another direction
        return 2 * self.scene.noise / self.step + 5 * self.truncation * float(np.sqrt(parts @ parts))

    def blurs(self, directions: list[Vector]) -> Vector:
        return np.array([self.blur(d) for d in directions])

    def ask(self, directions: list[Vector]) -> Plan[Vector]:
        """The residual along each direction, two values each, in one round."""
        self.left -= 2 * len(directions) + 1
        if self.left < 0:
            raise Exhausted
        if self.scene.sign is not None:
            return (yield from self._ask_inside(directions))
        t = np.array([self.step])
        traces = yield from self.scene.measure([line_of(self.spot, d, t) for d in directions])
        return np.array([float(trace.central[0]) for trace in traces])

    def _ask_inside(self, directions: list[Vector]) -> Plan[Vector]:
        """At an edge both values lie on the inner side, extrapolated."""
        t = self.step * np.array([1.0, 0.5])
        readings = yield Lines([Line(self.spot, d, t) for d in directions])
        slopes = np.array([(reading.rise - reading.claimed) / t for reading in readings])
        return 2 * slopes[:, 1] - slopes[:, 0]

    def turned(self, direction: Vector) -> Vector:
        """At an edge every direction leads inside."""
        sign = self.scene.sign
        return direction if sign is None else sign * np.abs(direction)

    def random(self) -> Vector:
        return self.turned(random_direction(self.scene.rng, self.scene.w))

    def heard(self) -> Vector:
        """A direction in which quiet entries are heard as well."""
        quiet = 50 * self.scene.noise / self.step
        return self.turned(equalised(self.scene.rng, self.scene.w, self.spot.claim, quiet))


def locate(scene: Scene, accused: Judged) -> Plan[Location]:
    """The wrong entries and the pattern of a claim that was found wrong along a line."""
    search = prepared(scene, accused)
    search.left = min(LIMIT, scene.caller.left)
    search.found = np.zeros(scene.space.size, dtype=bool)
    if scene.kinky and not scene.stored:
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


def prepared(scene: Scene, accused: Judged) -> Search:
    """The step at which curvature and noise of the accused line blur a single difference least."""
    trace, limit = accused.trace, accused.estimate.value
    if scene.sign is not None:
        return Search(scene, trace.spot, min(1e-4, 0.1 * scene.widest), 1e-9)
    good = np.isfinite(trace.central)
    t, off = trace.t[good], np.abs(trace.central[good] - limit)
    # steps where the distance from the limit is curvature, not noise: it falls with the square of the step
    curved = off > 4 * scene.noise / t
    curvature = float(np.median((off / t**2)[curved])) if curved.any() else 0.0
    grid = t.max() * 10 ** -np.arange(0.0, 6.0, 0.25)
    blur = curvature * grid**2 + 1.3 * scene.noise / grid
    step = float(grid[int(np.argmin(blur))])
    return Search(scene, trace.spot, step, curvature * step**2 / max(accused.scale, 1e-300) + 1e-12)


def step_aside(search: Search) -> Plan[None]:
    """Beside the kinks the same mistake can be measured without them."""
    scene = search.scene
    point = scene.space.seen(nearby(scene.rng, scene.spot.point, scene.w, scene.space.blocks, 1.0))
    claim = yield from scene.claim_at(point)
    if not isinstance(claim, Unusable):
        search.spot = Spot(point, claim, scene.spot.output, scene.spot.upstream)
        search.step = min(search.step, 1e-5 if not scene.noisy else search.step)


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
        factor = common_factor(errors, ways, claim, search.blurs(ways))
    if factor is None:
        return None
    return Location(claim != 0, "exact", factor_pattern(factor, scene.space.blocks))


def common_factor(errors: Vector, ways: list[Vector], claim: Vector, blur: Vector) -> float | None:
    """claim = factor · true along every way, and along two of them visibly."""
    slopes = np.array([float(d @ claim) for d in ways])
    weight = 1 / np.maximum(blur, 1e-300) ** 2
    total = float((weight * slopes**2).sum())
    if not np.isfinite(errors).all() or not 0 < total < np.inf:
        return None
    share = float((weight * slopes * errors).sum()) / total
    if (np.abs(errors - share * slopes) > blur + 1e-4 * np.abs(errors)).any():
        return None
    if (np.abs(errors) > 3 * blur).sum() < 2 or abs(1 + share) < 1e-6:
        return None
    return 1 / (1 + share)


def unit_directions(search: Search, indices: NDArray[np.intp]) -> list[Vector]:
    ways = []
    for i in indices:
        d = np.zeros_like(search.scene.w)
        d[i] = search.scene.w[i]
        ways.append(search.turned(d))
    return ways


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
    certain = bool(np.isfinite(errors).all() and search.found.any() and blur.max() <= 0.3 * np.abs(errors).max())
    return Location(search.found, "exact" if certain else "partial", pattern)


def block_pattern(search: Search, block: Block, true: Vector, slack: Vector) -> Pattern | None:
    part = slice(block.start, block.stop)
    if not search.found[part].any():
        return None
    size = np.abs(true[part]).max() if block.size else 0.0
    slack = slack[part] + CLOSE * np.maximum(np.abs(true[part]), 1e-9 * size)
    point, claim = search.spot.point[part], search.spot.claim[part]
    return in_block(block, point, claim, true[part], search.found[part], slack)


def masked(direction: Vector, indices: NDArray[np.intp] | slice) -> Vector:
    out = np.zeros_like(direction)
    out[indices] = direction[indices]
    return out


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
    pattern = say("slice", axis=axes[0])
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
    for (p, d, e), i in zip(loud, named, strict=True):
        if i is not None and abs(next(rests)) <= max(search.blur(d), 2e-4 * abs(e)):
            search.found[i] = True
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
