"""Gradients to judge, right ones and wrong ones, drawn anew for every seed.

Knows: the families of functions (families.py) and the mistakes one can make. Does not know: the checker.
A mistake is put in only where it changes the gradient visibly; location is judged on entries above 1e-3 of the largest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

Tree = Any


@dataclass(frozen=True)
class Problem:
    kind: str
    name: str
    forward: Callable[..., Any]
    gradient: Callable[..., Any]
    x: Tree
    right: bool = True
    mistake: str = ""
    precise: bool = True  # float64 throughout: an error of 1e-5 can be seen
    spoilable: bool = True  # synthetic mistakes make sense here
    patterns: tuple[str, ...] = ()  # accepted names of the mistake
    mask: np.ndarray | None = None  # which entries are wrong, if location is judged
    touched: np.ndarray | None = None  # which may be named as well
    blind: np.ndarray | None = None  # entries at a kink: several answers are right there
    entry: bool = True  # a single entry's error can be seen

    def arguments(self) -> tuple[Any, ...]:
        return self.x if isinstance(self.x, tuple) else (self.x,)


def leaves(tree: Tree) -> list[np.ndarray]:
    if isinstance(tree, dict):
        return [leaf for part in tree.values() for leaf in leaves(part)]
    if isinstance(tree, tuple | list):
        return [leaf for part in tree for leaf in leaves(part)]
    return [np.asarray(tree)]


def rebuild(tree: Tree, parts: Iterator[np.ndarray]) -> Tree:
    if isinstance(tree, dict):
        return {key: rebuild(part, parts) for key, part in tree.items()}
    if isinstance(tree, tuple | list):
        return type(tree)([rebuild(part, parts) for part in tree])
    return next(parts)


def flat(tree: Tree) -> np.ndarray:
    return np.concatenate([np.ravel(leaf).astype(float) for leaf in leaves(tree)])


Change = Callable[[list[np.ndarray]], list[np.ndarray]]


def spoiled(problem: Problem, change: Change, mistake: str, patterns: tuple[str, ...] = ()) -> Problem:
    def gradient(*arguments):
        claim = problem.gradient(*arguments)
        parts = change([np.array(leaf) for leaf in leaves(claim)])
        return rebuild(claim, iter([p.astype(np.asarray(o).dtype) for p, o in zip(parts, leaves(claim), strict=True)]))

    return replace(problem, gradient=gradient, right=False, mistake=mistake, patterns=patterns)


def only(which: int, change: Callable[[np.ndarray], np.ndarray]) -> Change:
    return lambda parts: [change(part) if i == which else part for i, part in enumerate(parts)]


def every(change: Callable[[np.ndarray], np.ndarray]) -> Change:
    return lambda parts: [change(part) for part in parts]


def at(indices: np.ndarray, change: Callable[[np.ndarray], np.ndarray]) -> Callable[[np.ndarray], np.ndarray]:
    def changed(part):
        out = part.copy().reshape(-1)
        out[indices] = change(out[indices])
        return out.reshape(part.shape)

    return changed


def mistakes(problem: Problem, rng: np.random.Generator) -> dict[str, tuple[Change, tuple[str, ...]]]:
    """Every synthetic mistake that fits the shapes of this problem, with the patterns that name it."""
    parts = leaves(problem.x)
    which = int(rng.integers(len(parts)))
    part = parts[which]
    factor = float(rng.choice([2, 0.5, 3, 1 / 3, 1.1, 10, 0.9, 1 / 8]))
    found: dict[str, tuple[Change, tuple[str, ...]]] = {
        "factor": (every(lambda g: g * factor), ("factor",)),
        "sign": (every(lambda g: -g), ("sign", "factor")),
        "small": (every(lambda g: g * (1 + (1e-5 if problem.precise else 2e-3))), ("factor",)),
        "zeros": (every(lambda g: 0 * g), ("missing", "block", "factor")),
        "unrelated": (
            every(lambda g: np.random.default_rng(7).standard_normal(g.shape) * (np.abs(g).max() + 1e-30)),
            (),
        ),
    }
    if problem.entry:
        index = rng.integers(part.size, size=1)
        near = ("entries", "block", "slice", "factor", "missing")
        found["entry"] = (only(which, at(index, lambda g: g * 1.1)), near)
        some = rng.permutation(part.size)[: min(4, part.size)]
        found["few"] = (only(which, at(some, lambda g: g * (1 + 0.5 * np.arange(1, 1 + g.size)))), near)
        found["noise"] = (every(lambda g: g * (1 + 0.01 * np.random.default_rng(3).uniform(-1, 1, g.shape))), ())
    if len(parts) > 1:
        found["block"] = (only(which, lambda g: g * factor), ("block", "factor", "entries"))
        found["block_zero"] = (only(which, lambda g: 0 * g), ("block", "missing", "entries"))
    if part.ndim == 2 and part.shape[0] == part.shape[1] > 2:
        found["transposed"] = (only(which, lambda g: g.T), ("transposed", "permuted"))
    if part.ndim >= 1 and part.shape[0] > 3 and part.size < 2000:
        found["reversed"] = (only(which, lambda g: g[::-1]), ("reversed", "permuted"))
        found["shifted"] = (only(which, lambda g: np.roll(g, 1, 0)), ("shifted", "permuted"))
        order = rng.permutation(part.size)
        if part.size <= 40:
            found["permuted"] = (only(which, lambda g: g.reshape(-1)[order].reshape(g.shape)), ("permuted", "reversed"))
        two = rng.permutation(part.size)[:2]
        found["swapped"] = (only(which, at(two, lambda g: g[::-1])), ("permuted", "entries", "slice", "transposed"))
    if part.ndim == 2 and min(part.shape) > 2:
        row = int(rng.integers(part.shape[0]))
        grid = np.arange(part.size).reshape(part.shape)
        found["row"] = (only(which, at(grid[row], lambda g: g * 1.5)), ("slice", "entries"))
    return found


def visible(problem: Problem, wrong: Problem, least: float) -> bool:
    """Does the mistake change the gradient by `least` of its length, in the entries' own units?"""
    upstream = upstream_of(problem)
    before = flat(problem.gradient(*copies(problem), *upstream))
    after = flat(wrong.gradient(*copies(problem), *upstream))
    units = np.concatenate([unit(leaf) for leaf in leaves(problem.x)])
    if problem.blind is not None:
        units = np.where(problem.blind, 0, units)
    return bool(np.linalg.norm(units * (after - before)) > least * np.linalg.norm(units * before) > 0)


def unit(leaf: np.ndarray) -> np.ndarray:
    size = np.abs(np.ravel(leaf).astype(float))
    spread = size.max() > 1000 * (size[size > 0].min() if (size > 0).any() else 1)
    return np.where(size > 0, size, 1.0) if spread else np.maximum(size, np.median(size) or 1.0)


def copies(problem: Problem) -> tuple[Any, ...]:
    copied = rebuild(problem.x, iter([np.array(leaf) for leaf in leaves(problem.x)]))
    return copied if isinstance(problem.x, tuple) else (copied,)


def upstream_of(problem: Problem) -> tuple[np.ndarray, ...]:
    with np.errstate(all="ignore"):
        out = np.asarray(problem.forward(*copies(problem)))
    return (np.random.default_rng(11).standard_normal(out.shape),) if out.size > 1 else ()


def wrong_entries(problem: Problem, wrong: Problem) -> tuple[np.ndarray, np.ndarray]:
    """The entries that must be named, and those that may be."""
    upstream = upstream_of(problem)
    before = flat(problem.gradient(*copies(problem), *upstream))
    error = np.abs(flat(wrong.gradient(*copies(problem), *upstream)) - before)
    if problem.blind is not None:
        error[problem.blind] = 0
    return error > 1e-3 * error.max(), error > 1e-9 * np.abs(before)


def with_mistakes(problem: Problem, rng: np.random.Generator, count: int) -> Iterator[Problem]:
    """The problem itself, and `count` of its mistakes."""
    yield problem
    small = flat(problem.x).size <= 2  # with two entries everything is a factor
    if not problem.spoilable:
        return
    choices = mistakes(problem, rng)
    names = rng.permutation(sorted(choices))
    least = {"small": 5e-6} if problem.precise else {}
    made = 0
    for name in names:
        change, patterns = choices[name]
        wrong = spoiled(problem, change, str(name), () if small else patterns)
        if visible(problem, wrong, least.get(str(name), 1e-4 if problem.precise else 1.9e-3)):
            if problem.kind not in ("kink", "noisy"):
                mask, touched = wrong_entries(problem, wrong)
                wrong = replace(wrong, mask=mask, touched=touched)
            yield wrong
            made += 1
            if made == count:
                return
