"""One search for the wrong entries: measurements along directions of one's own making.

Knows: how to measure a residual with two values, and how far to trust it. Each is linear in the unknown error, which is
more than a yes or no. Does not know: which directions are worth it (`locate`, `weighing`).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from grader.gradcheck.asking import Line, Lines, Plan, Spot
from grader.gradcheck.directions import equalised, random_direction
from grader.gradcheck.ladder import line_of
from grader.gradcheck.patterns import Mask
from grader.gradcheck.result import Located, Pattern
from grader.gradcheck.scene import Judged, Scene
from grader.gradcheck.space import Vector, length

LIMIT = 120  # values


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
        return 3 * self.scene.noise / self.step + 5 * self.truncation * length(parts)

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
        return np.asarray(2 * slopes[:, 1] - slopes[:, 0])

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


def unit_directions(search: Search, indices: NDArray[np.intp]) -> list[Vector]:
    ways = []
    for i in indices:
        d = np.zeros_like(search.scene.w)
        d[i] = search.scene.w[i]
        ways.append(search.turned(d))
    return ways


def masked(direction: Vector, indices: NDArray[np.intp] | slice) -> Vector:
    out = np.zeros_like(direction)
    out[indices] = direction[indices]
    return out


def common_factor(errors: Vector, ways: list[Vector], claim: Vector, blur: Vector, visible: int = 2) -> float | None:
    """claim = factor · true along every way, and visibly along some: one loud entry is heard along two of four."""
    slopes = np.array([float(d @ claim) for d in ways])
    weight = 1 / np.maximum(blur, 1e-300) ** 2
    total = float((weight * slopes**2).sum())
    if not np.isfinite(errors).all() or not 0 < total < np.inf:
        return None
    share = float((weight * slopes * errors).sum()) / total
    if (np.abs(errors - share * slopes) > blur + 1e-4 * np.abs(errors)).any():
        return None
    if (np.abs(errors) > 3 * blur).sum() < visible or abs(1 + share) < 1e-6:
        return None
    return 1 / (1 + share)
