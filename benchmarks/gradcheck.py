"""The same problems through this checker and through others: found, rejected wrongly, values of f, seconds.

    python benchmarks/gradcheck.py                    five fresh draws, every checker that is installed
    python benchmarks/gradcheck.py --seeds 1,2,3      these draws
    python benchmarks/gradcheck.py --only ours        this checker alone, with location and pattern

The others get flat arguments, one random upstream for a vector output, and the claim through their own doors; each with
its own defaults, or with the threshold in its row. They are asked up to 10,000 entries, those that go entry by entry up
to 1500 (the slow ones up to 200). They were made for smooth float64 functions at ordinary scale, and do well there.
"""

import argparse
import functools
import importlib
import secrets
import sys
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "gradcheck")]

from trials.draw import KINDS, draw  # noqa: E402
from trials.problems import Problem, flat, leaves, rebuild  # noqa: E402

from grader.gradcheck import Result, check_gradient  # noqa: E402

Scalar = Callable[[np.ndarray], float]


@dataclass
class Flat:
    """A problem as the others want it: one flat float64 vector in, one number out."""

    x: np.ndarray
    f: Scalar
    g: Callable[[np.ndarray], np.ndarray]
    values: list[int] = field(default_factory=lambda: [0])


def flattened(problem: Problem) -> Flat:
    parts = leaves(problem.x)
    sizes = np.cumsum([part.size for part in parts])[:-1]
    first = np.asarray(problem.forward(*unflat(problem, flat(problem.x), parts, sizes)))
    upstream = np.random.default_rng(1).standard_normal(first.shape) if first.size > 1 else None
    count = [0]

    def f(x):
        count[0] += 1
        out = problem.forward(*unflat(problem, np.asarray(x, dtype=float), parts, sizes))
        return float(np.sum(np.asarray(out) * (1.0 if upstream is None else upstream)))

    def g(x):
        last = () if upstream is None else (upstream,)
        return flat(problem.gradient(*unflat(problem, np.asarray(x, dtype=float), parts, sizes), *last))

    return Flat(flat(problem.x), f, g, count)


def unflat(problem, x, parts, sizes):
    pieces = [p.reshape(part.shape).astype(part.dtype) for p, part in zip(np.split(x, sizes), parts, strict=True)]
    tree = rebuild(problem.x, iter(pieces))
    return tree if isinstance(problem.x, tuple) else (tree,)


# --- the others: True if the claim is accepted, None without an answer ---------------------------------------------


def by_autograd(p: Flat) -> bool:
    from autograd.extend import defvjp, primitive
    from autograd.test_util import check_grads

    f = primitive(p.f)
    defvjp(f, lambda ans, x: lambda v: v * p.g(x))
    return accepts(lambda: check_grads(f, modes=["rev"], order=1)(p.x))


def by_jax(p: Flat) -> bool:
    import jax
    from jax.test_util import check_vjp

    jax.config.update("jax_enable_x64", True)

    def f(x):
        return np.asarray(p.f(np.asarray(x)))

    def f_vjp(x):
        return f(x), lambda v: (np.asarray(v) * p.g(np.asarray(x)),)

    return accepts(lambda: check_vjp(f, f_vjp, (p.x,)))


def by_torch(p: Flat, fast: bool) -> bool:
    import torch

    class Claimed(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return torch.tensor(p.f(x.detach().numpy()), dtype=torch.float64)

        @staticmethod
        def backward(ctx, v):
            (x,) = ctx.saved_tensors
            return v * torch.from_numpy(np.asarray(p.g(x.detach().numpy())))

    x = torch.tensor(p.x, dtype=torch.float64, requires_grad=True)
    return accepts(lambda: torch.autograd.gradcheck(Claimed.apply, (x,), fast_mode=fast))


def by_scipy(p: Flat, direction: str) -> bool:
    from scipy.optimize import check_grad

    options = {"rng": 0} if direction == "random" else {}
    error = check_grad(p.f, p.g, p.x, direction=direction, **options)
    return bool(error <= 1e-5 * np.linalg.norm(p.g(p.x)))


def by_differentiate(p: Flat) -> bool | None:
    from scipy.differentiate import derivative

    claim = p.g(p.x)
    for i in range(p.x.size):

        def along(t, i=i):
            out = np.empty_like(t)
            for j, tj in np.ndenumerate(t):
                x = p.x.copy()
                x[i] = tj
                out[j] = p.f(x)
            return out

        found = derivative(along, p.x[i])
        if not found.success:
            return None
        if abs(found.df - claim[i]) > 10 * found.error + 1e-6 * abs(claim[i]):
            return False
    return True


def by_numdifftools(p: Flat) -> bool | None:
    import numdifftools

    found = np.atleast_1d(numdifftools.Gradient(p.f)(p.x))
    if not np.isfinite(found).all():
        return None
    claim = p.g(p.x)
    return bool(np.abs(found - claim).max() <= 1e-6 * np.abs(claim).max())


def by_central(p: Flat) -> bool | None:
    claim = p.g(p.x)
    for i in range(p.x.size):
        step = np.zeros_like(p.x)
        step[i] = 1e-5
        slope = (p.f(p.x + step) - p.f(p.x - step)) / 2e-5
        if not np.isfinite(slope):
            return None
        if abs(slope - claim[i]) > 1e-4 * max(abs(slope), abs(claim[i])):
            return False
    return True


def accepts(check: Callable[[], object]) -> bool:
    try:
        return check() is not False
    except AssertionError:
        return False
    except RuntimeError as reason:  # torch's own error for a mismatch
        if "Jacobian mismatch" in str(reason):
            return False
        raise


@dataclass(frozen=True)
class Checker:
    name: str
    needs: str
    most: int
    judge: Callable[[Flat], bool | None]


CHECKERS = [
    Checker("autograd check_grads", "autograd", 10**4, by_autograd),
    Checker("jax check_vjp", "jax", 10**4, by_jax),
    Checker("torch gradcheck", "torch", 1500, functools.partial(by_torch, fast=False)),
    Checker("torch gradcheck, fast", "torch", 1500, functools.partial(by_torch, fast=True)),
    Checker("scipy check_grad, all (1e-5)", "scipy", 1500, functools.partial(by_scipy, direction="all")),
    Checker("scipy check_grad, random (1e-5)", "scipy", 10**4, functools.partial(by_scipy, direction="random")),
    Checker("scipy derivative (10 own errors)", "scipy", 200, by_differentiate),
    Checker("numdifftools Gradient (1e-6)", "numdifftools", 200, by_numdifftools),
    Checker("central, h = 1e-5 (1e-4)", "numpy", 1500, by_central),
]


@dataclass
class Tally:
    """What one checker made of all problems."""

    wrong: int = 0
    right: int = 0
    found: int = 0
    rejected: int = 0
    silent: int = 0
    values: list[int] = field(default_factory=list)
    seconds: float = 0.0
    by_kind: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, problem: Problem, accepted: bool | None, values: int, seconds: float) -> None:
        self.wrong += not problem.right
        self.right += problem.right
        self.found += accepted is False and not problem.right
        self.rejected += accepted is False and problem.right
        self.silent += accepted is None
        self.values.append(values)
        self.seconds += seconds
        kind = self.by_kind[problem.kind]
        kind["right" if problem.right else "wrong"] += 1
        kind["rejected" if problem.right else "found"] += accepted is False

    def row(self, name: str) -> str:
        every = max(1, self.wrong + self.right)
        return (
            f"| {name} | {share(self.found, self.wrong)} | {share(self.rejected, self.right)} "
            f"| {share(self.silent, every)} "
            f"| {np.median(self.values):.0f}, {max(self.values)} | {self.seconds:.1f} |"
        )


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "–"


@dataclass
class Own:
    """What only this checker says: cost by verdict, places, patterns, the same verdict for other seeds."""

    values: dict[bool, list[int]] = field(default_factory=lambda: {True: [], False: []})
    most: int = 0
    placed: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    small: Counter[str] = field(default_factory=Counter)
    seeds: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    missed: list[str] = field(default_factory=list)

    def add(self, p: Problem, r: Result) -> None:
        self.values[p.right].append(r.evaluations)
        self.most = max(self.most, r.evaluations + r.location_evaluations)
        self.slowest = max(self.slowest, r.seconds)
        if r.verdict != ("right" if p.right else "wrong"):
            self.missed.append(f"{p.kind}: {p.name}, {p.mistake or 'right'} -> {r.verdict} ({r.reason})")
        if p.mistake == "small":
            self.small["precise" if p.precise else "single"] += 1
            self.small["precise found" if p.precise else "single found"] += r.verdict == "wrong"
        if not p.right and r.verdict == "wrong" and p.patterns:
            self.named["all"] += 1
            self.named["well"] += r.pattern is not None and r.pattern.kind in p.patterns
        if p.mask is not None and r.verdict == "wrong":
            self.placed["all"] += 1
            self.placed["well"] += placed_well(p, r)
            self.placed["sampled"] += r.located == "sampled" and placed_well(p, r)

    def lines(self) -> Iterator[str]:
        wrong, right = (np.median(self.values[side]) for side in (False, True))
        yield f"values for the verdict, median: wrong {wrong:.0f}, right {right:.0f}"
        yield f"most values, location included: {self.most}; slowest {self.slowest:.2f} s"
        yield f"error of 1e-5 in all entries, float64: {self.small['precise found']} of {self.small['precise']}"
        yield f"error of 2e-3 in all entries, noisy or float32: {self.small['single found']} of {self.small['single']}"
        yield (
            f"places: {share(self.placed['well'], self.placed['all'])} of {self.placed['all']} "
            f"(of these {self.placed['sampled']} by sample)"
        )
        yield f"pattern: {share(self.named['well'], self.named['all'])} of {self.named['all']}"
        if self.seeds["all"]:
            yield f"same verdict for three seeds: {share(self.seeds['same'], self.seeds['all'])} of {self.seeds['all']}"
        yield from self.missed


def placed_well(p: Problem, r: Result) -> bool:
    """Every entry that must be named is, and none that is right."""
    if r.wrong is None or r.located not in ("exact", "sampled"):
        return False
    named = np.concatenate([np.ravel(mask) for mask in r.wrong.values()])
    return bool(named[p.mask].all() and not named[~p.touched].any())


def run_ours(problems: list[Problem], seed: int, tally: Tally, own: Own, three: bool) -> None:
    for i, p in enumerate(problems):
        start = time.perf_counter()
        result = check_gradient(p.forward, p.gradient, p.x, seed=seed + i)
        seconds = time.perf_counter() - start
        answer = {"right": True, "wrong": False, "inconclusive": None}[result.verdict]
        tally.add(p, answer, result.evaluations, seconds)
        own.add(p, result)
        if three and p.kind != "large":
            others = [
                check_gradient(p.forward, p.gradient, p.x, seed=seed + i + k, locate=False) for k in (10**6, 10**7)
            ]
            own.seeds["all"] += 1
            own.seeds["same"] += {r.verdict for r in others} == {result.verdict}


def run_other(checker: Checker, problems: list[Problem], tally: Tally) -> None:
    for p in problems:
        if flat(p.x).size > checker.most:
            continue
        asked = flattened(p)
        asked.values[0] = 0
        start = time.perf_counter()
        try:
            accepted = checker.judge(asked)
        except Exception:  # whatever another tool raises is no answer
            accepted = None
        tally.add(p, accepted, asked.values[0], time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description="Gradient checkers on one set of problems.")
    parser.add_argument("--draws", type=int, default=5, help="how many fresh draws")
    parser.add_argument("--seeds", help="these draws instead, for example 1,2,3")
    parser.add_argument("--only", choices=["ours"], help="this checker alone")
    parser.add_argument("--kinds", default=",".join(KINDS), help="kinds of problems")
    parser.add_argument("--three-seeds", action="store_true", help="ask every problem with two more seeds")
    options = parser.parse_args()
    seeds = (
        [int(s) for s in options.seeds.split(",")]
        if options.seeds
        else [secrets.randbelow(10**6) for _ in range(options.draws)]
    )
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    tallies: dict[str, Tally] = defaultdict(Tally)
    own = Own()
    for seed in seeds:
        problems = draw(seed, tuple(options.kinds.split(",")))
        run_ours(problems, seed, tallies["grader.gradcheck"], own, options.three_seeds)
        for checker in [] if options.only else CHECKERS:
            if installed(checker.needs):
                run_other(checker, problems, tallies[checker.name])
        print(f"draw {seed}: {len(problems)} problems", file=sys.stderr)
    report(seeds, tallies, own)


def installed(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def report(seeds: list[int], tallies: dict[str, Tally], own: Own) -> None:
    ours = tallies["grader.gradcheck"]
    print(f"draws {', '.join(map(str, seeds))}: {ours.wrong} wrong, {ours.right} right problems")
    tools = ["numpy", "autograd", "jax", "torch", "scipy", "numdifftools"]
    print(", ".join(f"{tool} {metadata.version(tool)}" for tool in tools if installed(tool)))
    print("\n| checker | wrong found | right rejected | no answer | values of f: median, largest | seconds |")
    print("|---|---|---|---|---|---|")
    for name, tally in tallies.items():
        print(tally.row(name))
    kinds = list(ours.by_kind)
    print("\nfound / rejected, per cent, by kind\n")
    print("| | " + " | ".join(kinds) + " |\n|" + "---|" * (len(kinds) + 1))
    for name, tally in tallies.items():
        cells = [tally.by_kind[kind] for kind in kinds]
        print(
            f"| {name} | "
            + " | ".join(f"{cell(c, 'found', 'wrong')}/{cell(c, 'rejected', 'right')}" for c in cells)
            + " |"
        )
    print()
    for line in own.lines():
        print(line)


def cell(counted: Counter[str], part: str, whole: str) -> str:
    return f"{100 * counted[part] / counted[whole]:.0f}" if counted[whole] else "–"


if __name__ == "__main__":
    main()
