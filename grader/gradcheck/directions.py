"""Directions to measure along, and the points nearby that are worth a look.

Knows: lengths of steps, claims. Does not know: functions or values.
Every direction moves every entry by half to one and a half of its length: no entry is ever unseen, and two errors
cancel with probability zero (steps of equal size would let two exchanged entries cancel half the time).
"""

import numpy as np

from grader.gradcheck.space import Block, Vector

BROAD = 100_000  # above it random numbers in single precision do as well, in half the time


def magnitudes(rng: np.random.Generator, size: int) -> Vector:
    if size > BROAD:
        return rng.random(size, dtype=np.float32).astype(np.float64) + 0.5
    return rng.random(size) + 0.5


def random_direction(rng: np.random.Generator, w: Vector) -> Vector:
    u = magnitudes(rng, w.size)
    signs = np.unpackbits(np.frombuffer(rng.bytes(w.size // 8 + 1), dtype=np.uint8), count=w.size)
    return w * u * (2.0 * signs - 1.0)


def aligned(rng: np.random.Generator, w: Vector, claim: Vector) -> Vector:
    """Uphill in every entry as claimed: the slope is as large as it can be, so no factor hides in a small slope."""
    d = random_direction(rng, w)
    return np.where(claim != 0, np.copysign(d, claim), d)


def equalised(rng: np.random.Generator, w: Vector, claim: Vector, least: float = 0.0) -> Vector:
    """Loud entries move less, so that quiet ones are heard; entries claimed zero keep their length.

    least: contributions are not shrunk below it, since noise would drown them.
    """
    d = random_direction(rng, w)
    loud = np.abs(d * claim)
    sample = loud if loud.size <= 2000 else loud[:: loud.size // 2000]
    sample = np.sort(sample[sample > 0])
    if sample.size == 0:
        return d
    level = max(float(sample[sample.size // 10]), least)
    # to half to one and a half of the level: equal contributions of random sign would often cancel
    return d * np.minimum(1.0, level * magnitudes(rng, w.size) / np.maximum(loud, 1e-300))


def nearby(rng: np.random.Generator, x: Vector, w: Vector, blocks: list[Block], reach: float) -> Vector:
    """x moved 10 to 30 % of the way (times reach) towards a random point of the box that each array's entries span.

    Inside the box probabilities stay probabilities. Equal entries are scaled by 1.1 to 1.3, zeros moved by 0.1 to 0.3.
    """
    out = x.copy()
    for block in blocks:
        part = x[block.start : block.stop]
        if part.size == 0:
            continue
        low, high = float(part.min()), float(part.max())
        share = reach * rng.uniform(0.1, 0.3, part.size)
        size = np.abs(part)
        if low < 0 < high and bool((size[size > 0] == w[block.start : block.stop][size > 0]).all()):
            out[block.start : block.stop] = part * (1 - share)  # mixed scales: each entry on its own
        elif low < high:
            target = rng.uniform(0.02, 0.98, part.size)
            target = low * (high / low) ** target if 0 < 1000 * low < high else low + (high - low) * target
            out[block.start : block.stop] = part + share * (target - part)
        elif low != 0:
            out[block.start : block.stop] = part * (1 + share)
        else:
            out[block.start : block.stop] = share
    return out
