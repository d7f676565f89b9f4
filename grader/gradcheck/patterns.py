"""What an error looks like: the claimed numbers beside the true ones, as far as they are known.

Knows: shapes, claims, true values. Does not know: functions, measurements.
A pattern is claimed only if it explains every number: a rule fitted to fewer numbers than it has freedom is none.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.gradcheck.result import PATTERNS, Pattern, fraction_text
from grader.gradcheck.space import Block, Vector

CLOSE = 1e-3  # two numbers that differ by less of the larger are the same number here
Mask = NDArray[np.bool_]
Known = dict[str, Any]


def say(kind: str, template: str | None = None, **known: Any) -> Pattern:
    """A pattern with its sentence filled in."""
    words = {key: value for key, value in known.items() if value is not None}
    factor = words.get("factor")
    if factor is not None:
        words["factor"] = fraction_text(factor)
    sentence = PATTERNS[template or kind].format(**words)
    for only_a_word in ("length", "index"):
        known.pop(only_a_word, None)
    return Pattern(kind, sentence, **known)


def factor_pattern(factor: float, blocks: list[Block]) -> Pattern:
    """A constant factor, and what it may be: an axis length where a mean is meant, or its inverse for a sum."""
    if abs(factor + 1) <= CLOSE:
        return say("sign", factor=-1.0)
    lengths = {n for block in blocks for n in (*block.shape, block.size) if n > 1}
    for length in sorted(lengths):
        if abs(factor / length - 1) <= 1e-6:
            return say("factor", "factor_mean", factor=factor, length=length)
        if abs(factor * length - 1) <= 1e-6:
            return say("factor", "factor_sum", factor=factor, length=length)
    return say("factor", factor=factor)


def rearranged(claim: NDArray[Any]) -> Iterator[tuple[str, Known, NDArray[Any]]]:
    """What the true array would be if the claim were the transpose, the reverse, or a shift of it."""
    if claim.ndim == 2 and claim.shape[0] == claim.shape[1] > 1:
        yield "transposed", {}, claim.T
    for axis in range(claim.ndim):
        if claim.shape[axis] > 2:
            for lag in (1, -1):
                yield "shifted", {"axis": axis, "lag": lag}, np.roll(claim, -lag, axis)
        if claim.shape[axis] > 1:
            yield "reversed", {"axis": axis}, np.flip(claim, axis)


def shift_fits(kind: str, known: Known, guess: NDArray[Any], true: NDArray[Any], slack: NDArray[Any]) -> bool:
    """A shift may lose the entries at its end, so those are left out; everything else has to fit."""
    near = np.abs(guess - true) <= slack
    if kind == "shifted":
        axis, lag = known["axis"], known["lag"]
        near = np.delete(near, -1 if lag > 0 else 0, axis)
    return bool(near.all())


def slice_of(mask: Mask) -> tuple[int, int] | None:
    """(axis, index) if the wrong entries lie in one slice and fill most of it."""
    if mask.ndim < 2:
        return None
    for axis in range(mask.ndim):
        other = tuple(i for i in range(mask.ndim) if i != axis)
        touched = np.flatnonzero(mask.any(axis=other))
        if len(touched) == 1 and mask.shape[axis] > 1 and mask.take(touched[0], axis).mean() > 0.6:
            return axis, int(touched[0])
    return None


def in_block(block: Block, x: Vector, claim: Vector, true: Vector, wrong: Mask, slack: Vector) -> Pattern | None:
    """The pattern of one array all of whose true values are known."""
    shape = block.shape
    g, t, mask = claim.reshape(shape), true.reshape(shape), wrong.reshape(shape)
    count = int(wrong.sum())
    if wrong.size > 2 and count > 1 and (np.abs(claim - true) > 3 * slack).any():
        for kind, known, guess in rearranged(g):
            if shift_fits(kind, known, guess, t, slack.reshape(shape)) and np.abs(guess - g).max() > 0:
                return say(kind, **known)
        order = np.argsort(true)
        if (np.abs(np.sort(claim) - true[order]) <= slack[order]).all():
            return say("permuted")
    factor = one_factor(claim, true, wrong, slack)
    whole = count >= 0.9 * np.count_nonzero((claim != 0) | (true != 0))
    if whole and factor is not None and count > 1:
        return say("missing") if factor == 0 else factor_pattern(factor, [block])
    found = slice_of(mask)
    if found is not None:
        return say("slice", axis=found[0], index=found[1], factor=factor)
    if grows(g, t, mask):
        return say("growing", axis=0)
    if one_side(x, claim, wrong):
        return say("side")
    if factor == 0 and count > 1:
        return say("missing")
    if count <= max(4, wrong.size // 4) and count < wrong.size:
        return say("entries", factor=factor)
    return factor_pattern(factor, [block]) if factor is not None and count > 2 else None


def one_factor(claim: Vector, true: Vector, wrong: Mask, slack: Vector) -> float | None:
    """claim / true, if it is the same for every wrong entry as far as they are known; 0 if the claim is zero there."""
    g, t = claim[wrong], true[wrong]
    if g.size == 0:
        return None
    if not g.any():
        return 0.0
    known = np.abs(t) > 10 * slack[wrong]
    if not known.any() or (g == 0).any():
        return None
    factor = float(np.median(g[known] / t[known]))
    if abs(factor) > 0 and (np.abs(g / factor - t) <= 2 * (CLOSE * np.abs(t) + slack[wrong])).all():
        loud = int(np.argmax(np.abs(t) / (slack[wrong] + 1e-300)))
        return float(g[loud] / t[loud])
    return None


def grows(claim: NDArray[Any], true: NDArray[Any], wrong: Mask) -> bool:
    """Right at the last index of the first axis, and worse the further back."""
    if claim.ndim < 2 or claim.shape[0] < 3:
        return False
    other = tuple(range(1, claim.ndim))
    size = np.sqrt((true**2).sum(axis=other))
    error = np.sqrt(((claim - true) ** 2).sum(axis=other)) / np.where(size > 0, size, 1)
    rises = np.diff(error) <= 0.02 * error.max()
    return bool(not wrong[-1].any() and wrong[:-1].mean() > 0.6 and rises.all() and error[0] > 1.2 * error[-2] > 0)


def one_side(x: Vector, claim: Vector, wrong: Mask) -> bool:
    """Wrong for all arguments below zero and for none above, or the other way round."""
    below, above = x < 0, x > 0
    for here, there in ((below, above), (above, below)):
        if min(here.sum(), there.sum()) >= 2 and wrong[here].all() and not wrong[there].any():
            return True
    return False


def of_blocks(
    blocks: list[Block], wrong: list[Mask], parts: list[Pattern | None], factor: float | None
) -> Pattern | None:
    """The pattern of the whole from those of its arguments."""
    touched = [i for i, mask in enumerate(wrong) if mask.any()]
    if len(touched) == 1 and len(blocks) > 1:
        i = touched[0]
        part, name = parts[i], blocks[i].name
        if part is None or part.kind in ("factor", "sign", "missing"):
            if part is None or factor is None:
                return say("block", block=name)
            kind = "block_missing" if factor == 0 else "block_factor"
            return say("block", kind, block=name, factor=factor)
        return Pattern(part.kind, part.sentence, part.factor, name, part.axis, part.lag)
    if len(touched) == 1:
        return parts[touched[0]]
    kinds = {part.kind if (part := parts[i]) else "" for i in touched}
    if len(kinds) == 1 and (kind := kinds.pop()) in ("missing", "transposed", "entries", "permuted", "side"):
        return parts[touched[0]] if kind != "" else None
    return None
