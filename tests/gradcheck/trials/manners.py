"""Functions that break the contract, each with the code that must be said, and harmless oddities that must pass."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Case:
    name: str
    forward: Callable[..., Any]
    gradient: Any
    x: Any
    verdict: str
    code: str = ""  # among the violations; none if empty


def f(x):
    return np.sum(np.sin(x))


def raising(*_):
    raise ZeroDivisionError("a fault of the function's own")


def adds_in_place(x):
    x += 1
    return np.sum(np.sin(x - 1))


def gradient_in_place(x):
    out = np.cos(x)
    x *= 0
    return out


def counting(scale):
    calls = itertools.count()
    return lambda x: f(x) + scale * next(calls)


def unsteady_gradient():
    rng = np.random.default_rng(0)
    return lambda x: np.cos(x) * (1 + rng.standard_normal())


def reusing():
    buffer = np.empty(5)

    def gradient(x):
        buffer[:] = np.cos(x)
        return buffer

    return gradient


def frozen_gradient(x):
    out = np.cos(x)
    out.flags.writeable = False
    return out


def cases() -> list[Case]:
    x = np.array([0.3, -1.2, 2.0, 0.7, -0.4])
    cos, two = np.cos, lambda a, b: np.sum(a * b)
    return [
        Case("forward raises", raising, cos, x, "inconclusive", "forward_raises"),
        Case("forward nan", lambda x: np.nan * x[0], cos, x, "inconclusive", "forward_not_finite"),
        Case("forward inf", lambda x: np.inf, cos, x, "inconclusive", "forward_not_finite"),
        Case("forward complex", lambda x: f(x) + 0j, cos, x, "inconclusive", "forward_complex"),
        Case("forward integer", lambda x: int(100 * f(x)), cos, x, "inconclusive", "forward_integer"),
        Case("forward bool", lambda x: f(x) > 0, cos, x, "inconclusive", "forward_integer"),
        Case("forward none", lambda x: None, cos, x, "inconclusive", "forward_not_numeric"),
        Case("forward text", lambda x: "12", cos, x, "inconclusive", "forward_not_numeric"),
        Case("forward empty", lambda x: x[:0], cos, x, "inconclusive", "forward_empty"),
        Case("forward random", counting(0.1), cos, x, "inconclusive", "forward_not_deterministic"),
        Case("forward changes", adds_in_place, cos, x, "right", "forward_changes_argument"),
        Case("gradient raises", f, raising, x, "wrong", "gradient_raises"),
        Case("gradient shape", f, lambda x: np.cos(x)[:, None], x, "wrong", "gradient_wrong_shape"),
        Case("gradient number", f, lambda x: 1.0, x, "wrong", "gradient_wrong_shape"),
        Case("gradient none", f, lambda x: None, x, "wrong", "gradient_not_numeric"),
        Case("gradient text", f, lambda x: "cos", x, "wrong", "gradient_not_numeric"),
        Case("gradient complex", f, lambda x: np.cos(x) + 0j, x, "wrong", "gradient_complex"),
        Case("gradient nan", f, lambda x: np.cos(x) * np.nan, x, "wrong", "gradient_not_finite"),
        Case("gradient random", f, unsteady_gradient(), x, "wrong", "gradient_not_deterministic"),
        Case("gradient changes", f, gradient_in_place, x, "right", "gradient_changes_argument"),
        Case("gradient one of two", two, lambda a, b: b, (x, x + 1), "wrong", "gradient_wrong_structure"),
        Case("gradient other keys", lambda d: f(d["a"]), lambda d: {"b": cos(d["a"])}, {"a": x}, "wrong",
             "gradient_wrong_structure"),
        Case("point empty", f, cos, np.zeros((0, 3)), "inconclusive", "empty"),
        Case("no arguments", lambda: 0.0, lambda: (), (), "inconclusive", "empty"),
        Case("point nan", f, cos, np.array([1, np.nan]), "inconclusive", "point_not_finite"),
        Case("point complex", f, cos, x + 1j, "inconclusive", "point_complex"),
        Case("point text", f, cos, "abc", "inconclusive", "point_not_numeric"),
        Case("point none", f, cos, None, "inconclusive", "point_not_numeric"),
        Case("only one value", lambda x: f(x) if (x == np.abs(x)).all() and x[0] == 1 else np.nan, cos, np.ones(3),
             "inconclusive", "domain"),
        Case("integer point", lambda x: np.sum(x**2), lambda x: 2 * x, np.arange(4), "right"),
        Case("size one", lambda x: np.array([[f(x)]]), cos, x, "right"),
        Case("list of claims", f, lambda x: list(np.cos(x)), x, "right"),
        Case("buffer used again", f, reusing(), x, "right"),
        Case("read-only claim", f, frozen_gradient, x, "right"),
        Case("array as claim", f, np.cos(x), x, "right"),
        Case("list for tuple", two, lambda a, b: [b, a], (x, x + 1), "right"),
        Case("list of arrays", lambda xs: np.sum(xs[0] * xs[1]), lambda xs: [xs[1], xs[0]], [x, x + 1], "right"),
        Case("bool claim", lambda x: np.sum(np.maximum(x, 0)), lambda x: x > 0, x, "right"),
        Case("a number", lambda x: x**3, lambda x: 3 * x**2, 2.0, "right"),
        Case("fortran order", lambda X: np.sum(np.sin(X)), lambda X: np.asfortranarray(np.cos(X)),
             np.asfortranarray(np.ones((2, 3))), "right"),
    ]  # fmt: skip
