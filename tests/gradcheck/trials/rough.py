"""The hard kinds: kinks, noise, edges of the domain, claims right at one point only, a million entries."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from trials.problems import Problem


def kink(rng):
    """Entries that are exactly zero sit at a kink."""
    for problem in kinks(rng):
        x = problem.x
        yield problem if isinstance(x, tuple) else replace(problem, blind=np.ravel(x == 0) | ties(x))


def ties(x) -> np.ndarray:
    top = x == x.max(-1, keepdims=True)
    return np.ravel(top & (top.sum(-1, keepdims=True) > 1))


def kinks(rng) -> Iterator[Problem]:
    wrong = partial(Problem, right=False, mistake="own", spoilable=False)
    n = int(rng.integers(5, 40))
    a, x = rng.standard_normal(n), rng.standard_normal(n)
    x[:2] = np.abs(x[:2]) + 0.1  # so that a relu is alive
    x[2] = -abs(x[2]) - 0.1
    on = x.copy()
    on[rng.integers(3, n)] = 0.0

    def relu(x):
        return np.sum(a * np.maximum(x, 0))

    yield Problem("kink", "relu, one entry on", relu, lambda x: a * (x > 0), on)
    yield Problem("kink", "relu, on, the other side", relu, lambda x: a * (x >= 0), on)
    yield Problem("kink", "relu, on, half", relu, lambda x: a * (np.sign(x) + 1) / 2, on)
    yield Problem("kink", "abs, on", lambda x: np.sum(a * np.abs(x)), lambda x: a * np.sign(x), on)
    yield Problem("kink", "relu layer, on", lambda x: np.maximum(x, 0), lambda x, v: v * (x > 0), on)
    several = x.copy()
    several[3 + rng.permutation(n - 3)[: max(2, n // 2)]] = 0.0
    yield Problem("kink", "relu layer, many on", lambda x: np.maximum(x, 0), lambda x, v: v * (x > 0), several)
    yield Problem("kink", "abs layer, many on", lambda x: np.abs(x), lambda x, v: v * np.sign(x), several)
    yield wrong("kink", "relu layer, slope forgotten", lambda x: np.maximum(x, 0), lambda x, v: v + 0 * x, several)
    yield wrong("kink", "relu, on, twice the slope there", relu, lambda x: a * (x > 0) + 2 * a * (x == 0), on)
    yield wrong("kink", "leaky forgotten", lambda x: np.sum(np.where(x > 0, x, 0.1 * x)), lambda x: 1.0 * (x > 0), x)
    for distance in 10 ** rng.uniform(-10, -3, 3):
        near = x.copy()
        near[rng.integers(3, n)] = distance * rng.choice([-1, 1])
        yield Problem("kink", f"relu, {distance:.0e} from", relu, lambda x: a * (x > 0), near)
    near = x * 10 ** rng.uniform(-10, -3, n)
    some = np.where(rng.uniform(size=n) < 0.3, near, x)
    yield Problem(
        "kink", "abs, several near", lambda x: np.sum(a * np.abs(x) + x**2), lambda x: a * np.sign(x) + 2 * x, some
    )
    tied = rng.standard_normal((4, 6))
    tied[:, 1] = tied[:, 3] = tied.max() + 1

    def first_wins(X, v):
        out = np.zeros_like(X)
        out[np.arange(len(X)), X.argmax(1)] = v
        return out

    yield Problem("kink", "max pool, ties, first wins", lambda X: X.max(1), first_wins, tied)
    yield Problem("kink", "max pool, no ties", lambda X: X.max(1), first_wins, rng.standard_normal((4, 6)))
    yield wrong(
        "kink",
        "max pool, ties, all win",
        lambda X: X.max(1),
        lambda X, v: v[:, None] * (X.max(1, keepdims=True) == X),
        tied,
    )
    y = rng.standard_normal(n)
    x[:2] = 0.5 / y[:2]
    yield Problem("kink", "hinge", lambda w: np.sum(np.maximum(0, 1 - y * w)), lambda w: -y * (y * w < 1), x)
    yield Problem(
        "kink", "l1 at zero", lambda x: np.abs(x).sum() + (x - 1) @ (x - 1), lambda x: np.sign(x) + 2 * (x - 1), on
    )
    m = int(rng.integers(3, 10))
    W, X, t = rng.standard_normal((m, m)), rng.standard_normal((6, m)), rng.standard_normal((6, m))
    X[0] = 0

    def dead(W, b):
        return 0.5 * np.sum((np.maximum(X @ W + b, 0) - t) ** 2)

    def dead_back(W, b):
        z = X @ W + b
        d = (np.maximum(z, 0) - t) * (z > 0)
        return X.T @ d, d.sum(0)

    yield Problem("kink", "relu network, bias zero", dead, dead_back, (W, np.zeros(m)))


def hashed(x) -> float:
    """Repeatable noise in [-1, 1]: another number for every other x."""
    bits = int.from_bytes(np.ascontiguousarray(x).tobytes()[:4096], "little") % (2**61 - 1)
    return 2 * ((bits * 6364136223846793005 + 1442695040888963407) % 2**53) / 2**53 - 1


def noisy(rng) -> Iterator[Problem]:
    make = partial(Problem, precise=False, entry=False)
    n = int(rng.integers(1, 30))
    a, x = rng.standard_normal(n) + 3, rng.standard_normal(n)

    def f(x):
        return float(np.sum(a * np.sin(x)))

    def g(x):
        return a * np.cos(x)

    digits = int(rng.integers(5, 9))
    yield make("noisy", f"rounded to {digits}", lambda x: round(f(x), digits), g, x)
    for size in 10 ** rng.uniform(-10, -6, 2):
        yield make("noisy", f"repeatable {size:.0e}", lambda x, s=size: f(x) + s * hashed(x), g, x)
    jitter = np.random.default_rng(int(rng.integers(1 << 30)))
    size = 10 ** rng.uniform(-10, -6)
    yield make("noisy", f"jitter {size:.0e}", lambda x: f(x) + size * jitter.standard_normal(), g, x)
    large = 10 ** rng.uniform(4, 9)
    yield make("noisy", f"constant {large:.0e}", lambda x: f(x) + large, g, x)
    A = rng.standard_normal((n + 1, n + 1))
    yield make(
        "noisy", "layer, repeatable", lambda x: np.tanh(A @ x) + 1e-9 * hashed(x),
        lambda x, v: A.T @ (v * (1 - np.tanh(A @ x) ** 2)), rng.standard_normal(n + 1),
    )  # fmt: skip


def domain(rng) -> Iterator[Problem]:
    n = int(rng.integers(1, 20))
    a = rng.uniform(0.5, 2, n)
    tiny = 10 ** rng.uniform(-7, -1, n)

    def log_raising(x):
        if (x <= 0).any():
            raise ValueError("log of a number that is not positive")
        return np.sum(a * np.log(x))

    yield Problem("domain", "log near 0", lambda x: np.sum(a * np.log(x)), lambda x: a / x, tiny)
    yield Problem("domain", "log, raising", log_raising, lambda x: a / x, tiny)
    yield Problem("domain", "sqrt near 0", lambda x: np.sum(a * np.sqrt(x)), lambda x: a / (2 * np.sqrt(x)), tiny)
    one = 1 - 10 ** rng.uniform(-6, -2, n)
    yield Problem("domain", "arccos near 1", lambda x: np.sum(a * np.arccos(x)), lambda x: -a / np.sqrt(1 - x**2), one)
    p = rng.uniform(0.001, 0.999, n)
    y = rng.integers(0, 2, n)
    yield Problem(
        "domain", "cross-entropy of probabilities", lambda p: -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)),
        lambda p: -y / p + (1 - y) / (1 - p), p,
    )  # fmt: skip

    def guarded(x):
        return np.sum(a * np.exp(x) + x**2) if (x >= 0).all() else np.nan

    edge = np.where(rng.uniform(size=n) < 0.5, 0.0, rng.uniform(0.1, 1, n))
    edge[0] = 0.0
    yield Problem("domain", "at the edge, one-sided", guarded, lambda x: a * np.exp(x) + 2 * x, edge)
    yield Problem(
        "domain", "x to 1.5 at 0", lambda x: np.sum(a * x**1.5 + x), lambda x: 1.5 * a * np.sqrt(x) + 1, edge,
        precise=False,
    )  # fmt: skip
    inside = rng.uniform(-1, 1, n)
    inside *= (1 - 10 ** rng.uniform(-6, -1)) / np.linalg.norm(inside)
    yield Problem("domain", "inside a ball", lambda x: -np.log(1 - x @ x), lambda x: 2 * x / (1 - x @ x), inside)


def point(rng) -> Iterator[Problem]:
    wrong = partial(Problem, right=False, mistake="own", spoilable=False, patterns=("elsewhere",))
    n = int(rng.integers(2, 30))
    a, x = rng.standard_normal(n), rng.standard_normal(n)
    stored = a * np.cos(x)
    yield wrong("point", "stored", lambda x: np.sum(a * np.sin(x)), lambda y: stored.copy(), x)
    zero = np.zeros(n)
    yield wrong("point", "term vanishing at zero", lambda x: np.sum(a * x + x**2), lambda x: a + 0 * x, zero)
    equal = np.full(n, rng.uniform(0.5, 2))
    yield wrong(
        "point", "where all are equal", lambda x: np.sum((x - x.mean()) ** 2) + a @ x, lambda x: a + 0 * x, equal
    )
    yield wrong(
        "point", "a branch", lambda x: np.sum(a * np.sin(x)),
        lambda y: a * np.cos(y) if np.allclose(y, x, rtol=1e-3) else 0.9 * a * np.cos(y), x,
    )  # fmt: skip
    X = rng.standard_normal((3, 4))
    v0 = np.tanh(X)
    yield wrong("point", "upstream fine, slope stored", np.tanh, lambda X, v: v * (1 - v0**2), X)


def large(rng) -> Iterator[Problem]:
    """f of ten to twenty milliseconds at most at a million entries."""
    for n in (10_000, 100_000, 1_000_000):
        a, x = rng.standard_normal(n), rng.standard_normal(n)
        yield Problem(
            "large", f"quartic {n}", lambda x, a=a: float(np.sum(a * x + x**2 * x**2)), lambda x, a=a: a + 4 * x**3, x
        )
        yield Problem(
            "large",
            f"bilinear {n}",
            lambda x, a=a: float(x @ a) ** 2 / len(a) + float(x @ x),
            lambda x, a=a: 2 * float(x @ a) * a / len(a) + 2 * x,
            x,
        )
