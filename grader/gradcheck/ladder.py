"""A ladder of steps along one direction: what the claim leaves unexplained, how well that is known, how rough f is.

Knows: residuals R(t) = f(p + t d) − f(p) − ⟨g, p(t) − p⟩ of both sides at several steps t.
Does not know: tolerances, verdicts. It measures; `verdict` judges.

E(t) = (R(t) − R(−t)) / 2t goes to zero if and only if the claim fits along d. Truncation falls with the step, rounding
grows as it shrinks, and no step is right for every function: so several are tried and extrapolated, and the surest is
believed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.gradcheck.asking import Line, Reading, Spot
from grader.gradcheck.space import Vector

WIDE = 10.0 ** -np.arange(1.0, 9.0)  # from inside most functions' scale to the root of a rounding
DEEP = 10.0 ** -np.arange(9.0, 13.0)  # for steep functions and points beside an edge
HALF = 10.0 ** -(0.5 * np.arange(1.0, 9.0))  # arguments in float32 do not move by less
COLUMNS = 4  # of the extrapolation: more would only amplify noise


@dataclass(frozen=True)
class Trace:
    """One measured line: residuals and rises of the plus and the minus side, steps from large to small."""

    spot: Spot
    direction: Vector
    t: Vector
    plus: Vector
    minus: Vector
    rise_plus: Vector
    rise_minus: Vector

    @property
    def central(self) -> Vector:
        return (self.plus - self.minus) / (2 * self.t)

    @property
    def bend(self) -> Vector:
        """Half the difference of the two sides' slopes: constant at a kink, ten times less a step where f is smooth."""
        return (self.plus + self.minus) / (2 * self.t)

    def joined(self, other: "Trace") -> "Trace":
        """Both traces of one direction as one ladder."""
        t = np.concatenate([self.t, other.t])
        order = np.argsort(-t, kind="stable")
        order = order[np.append(True, np.diff(t[order]) < -1e-3 * t[order][1:])]  # the same step twice teaches nothing

        def both(name: str) -> Vector:
            return np.asarray(np.concatenate([getattr(self, name), getattr(other, name)])[order])

        return Trace(
            self.spot, self.direction, t[order], both("plus"), both("minus"), both("rise_plus"), both("rise_minus")
        )


@dataclass(frozen=True)
class Estimate:
    """A residual slope, its uncertainty (about two standard deviations), and the finest step it rests on."""

    value: float
    bound: float
    step: float


UNKNOWN = Estimate(float("nan"), float("inf"), float("nan"))


def line_of(spot: Spot, direction: Vector, t: Vector, based: bool = True) -> Line:
    """Both sides of every step; and the spot itself, where its value is not known yet."""
    return Line(spot, direction, np.concatenate([t, -t] if based else [t, -t, [0.0]]))


def trace_of(line: Line, reading: Reading) -> Trace:
    """A reading of a `line_of`; of one without a base, the rises are taken from the value at the spot itself."""
    rise = reading.rise
    if len(rise) % 2:
        rise = rise - rise[-1] if np.isfinite(rise[-1]) else rise
    m = len(line.steps) // 2
    rest = rise - reading.claimed
    return Trace(line.spot, line.direction, line.steps[:m], rest[:m], rest[m : 2 * m], rise[:m], rise[m : 2 * m])


def settle(t: Vector, e: Vector, noise: float, power: float = 2.0) -> Estimate:
    """The limit of e(t) for t to 0, by Neville's table in t**power; noise: of e times t.

    An estimate counts only if every finer step says the same as far as its noise allows. Without this a fast sine looks
    converged at coarse steps, and a value that crosses zero between two steps looks like agreement.
    """
    if len(t) < 2:
        return UNKNOWN
    rough = noise / t
    x = t**power
    best = UNKNOWN
    column = e
    finer = np.tril(np.ones((len(t), len(t)), dtype=bool), -1).T  # [i, j]: j is finer than i
    for k in range(min(COLUMNS, len(t) - 1) + 1):
        if k == 0:
            new, gap = column, np.abs(np.diff(column, prepend=np.nan))
        else:
            new = np.full_like(column, np.nan)
            new[k:] = column[k:] + (column[k:] - column[k - 1 : -1]) / (x[:-k] / x[k:] - 1)
            gap = np.full_like(column, np.nan)
            gap[k:] = np.maximum(np.abs(new[k:] - column[k:]), np.abs(new[k:] - column[k - 1 : -1]))
        bound = gap + 1.3 * rough  # 1.3: what the weights of the table make of the noise of the finest step
        allowed = (0.3 * np.abs(new) + bound)[:, None] + 4 * rough[None, :]
        refuted = (finer & (np.abs(e[None, :] - new[:, None]) > allowed)).any(axis=1)
        bound = np.where(refuted | ~np.isfinite(bound), np.inf, bound)
        i = int(np.argmin(bound))
        if bound[i] < best.bound:
            best = Estimate(float(new[i]), float(bound[i]), float(t[i]))
        column = new
    return best


def central(trace: Trace, noise: float) -> Estimate:
    good = np.isfinite(trace.plus) & np.isfinite(trace.minus)
    return settle(trace.t[good], trace.central[good], noise)


def one_sided(trace: Trace, noise: float, side: int) -> Estimate:
    """The residual of one side alone: series in t, or in its root where slopes die like one (x**1.5 at 0)."""
    rest = trace.plus if side > 0 else -trace.minus
    good = np.isfinite(rest)
    t, e = trace.t[good], rest[good] / trace.t[good]
    by_t, by_root = settle(t, e, 2 * noise, 1.0), settle(t, e, 2 * noise, 0.5)
    return by_t if by_t.bound <= 3 * by_root.bound else by_root


def roughness(trace: Trace, floor: float) -> float:
    """The noise of one value: at least `floor`, more if the fine end of the ladder shows more.

    Neighbouring slopes differ by noise / t there: the products stay level, while truncation falls a thousandfold and a
    kink tenfold from step to step. So the walk from the finest step up ends where they start to rise.
    """
    good = np.isfinite(trace.plus) & np.isfinite(trace.minus)
    moved = good & ((trace.rise_plus != 0) | (trace.rise_minus != 0))
    t = trace.t[moved]
    level = first = floor
    if len(t) >= 3:
        # a kink spoils one side, noise spoils all; what is far below a rounding is chance
        slopes = np.array([trace.central[moved], trace.plus[moved] / t, -trace.minus[moved] / t])
        changes = np.abs(np.diff(slopes)) * t[1:]
        # unless one side is calm throughout: then rounding is all the noise there is
        calm = (changes[:, -5:] <= 100 * floor).all(axis=1)
        changes[(changes < 1e-3 * floor) & ~calm.any()] = np.inf
        changes = changes[calm] if calm.any() else changes
        products = changes.min(axis=0)[::-1]
        products = 2 * np.where(np.isfinite(products), products, 0.0)  # twice: the least of three is small
        for j, product in enumerate(products[:5]):
            flat = j < 3 and j + 1 < len(products) and products[j + 1] < 3 * product
            # six: two draws of the same noise differ by more one time in ten; then the next one decides
            if j and product > 6 * first and not flat:
                break
            first = first if j and product <= 6 * first else max(floor, float(product))
            level = max(level, float(product))
    return max(level, quantum(trace, good, moved))


def quantum(trace: Trace, good: NDArray[np.bool_], moved: NDArray[np.bool_]) -> float:
    """Half the smallest change of a value that moves in jumps: rounded output, float32 inside, an early stop.

    Not on a plateau, where one side never moves at all, or moves with another slope: there the zeros are exact.
    """
    still = good & ~moved
    if not moved.any() or np.count_nonzero(still) < 2:
        return 0.0
    plus, minus = np.abs(trace.rise_plus[good]), np.abs(trace.rise_minus[good])
    if not plus.any() or not minus.any():
        return 0.0
    small = moved & (trace.t <= 1e-2)
    if small.any() and differ(trace.rise_plus[small], -trace.rise_minus[small]):
        return 0.0
    both = np.concatenate([plus, minus])
    return float(both[both > 0].min()) / 2


def differ(a: Vector, b: Vector) -> bool:
    """Are the two sides' rises more than 30 % apart at every step?"""
    return bool((np.abs(a - b) > 0.3 * np.maximum(np.abs(a), np.abs(b))).all())


def steepness(trace: Trace) -> float:
    """How steeply f moves anywhere on the ladder but its coarsest rung, where exponentials explode."""
    near = trace.t <= 1e-2
    slopes = np.abs(np.concatenate([trace.rise_plus[near] / trace.t[near], trace.rise_minus[near] / trace.t[near]]))
    slopes = slopes[np.isfinite(slopes)]
    return float(slopes.max()) if slopes.size else 0.0


def magnitude(trace: Trace) -> float:
    """The largest |f| at steps up to a hundredth."""
    spot = trace.spot
    if spot.upstream is not None:
        return spot.size
    near = trace.t <= 1e-2
    rises = np.concatenate([trace.rise_plus[near], trace.rise_minus[near]])
    values = np.abs(spot.output[0] + rises[np.isfinite(rises)])
    return max(spot.size, float(values.max()) if values.size else 0.0)
