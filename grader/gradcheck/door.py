"""The two public verbs: check_gradient and assert_gradient.

Knows: how a call is read, and that whatever the two functions do ends in a Result.
Does not know: how a gradient is judged.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.gradcheck.asking import Caller, Spent, drive
from grader.gradcheck.locate import locate as find
from grader.gradcheck.patterns import say
from grader.gradcheck.result import REASONS, Result
from grader.gradcheck.scene import Finding, Scene, Stop
from grader.gradcheck.search import Location
from grader.gradcheck.space import Space, Unusable
from grader.gradcheck.verdict import begin, check


def check_gradient(
    forward: Callable[..., Any] | None,
    gradient: Any,
    x: Any,
    *,
    vjp: bool | None = None,
    seed: int = 0,
    rtol: float | None = None,
    neighbours: bool = True,
    locate: bool = True,
    max_evaluations: int = 300,
    evaluate: Callable[[list[tuple[Any, ...]]], Sequence[Any]] | None = None,
) -> Result:
    """Is `gradient` the gradient of `forward` at x?

    x: an array or number; a tuple for several arguments; a dict or list for one argument of several arrays.
    gradient: a function of the same arguments (and of the upstream, if the output is an array), or its value at x.
    vjp: whether gradient takes the upstream as last argument; None: if the output has more than one entry.
    rtol: the tolerance, instead of 1e-6 (float64) or 1e-4 (float32).
    evaluate: takes a list of argument tuples and gives a list of outputs (an exception where a point failed); it is
        called instead of forward, once a round.
    Raises TypeError or ValueError for a call that makes no sense; whatever the two functions do ends in the Result.
    """
    start = time.perf_counter()
    if not callable(forward) and evaluate is None:
        raise TypeError(f"forward must be a function, but it is a {type(forward).__name__}.")
    if rtol is not None and not 0 < rtol < 1:
        raise ValueError(f"rtol must lie between 0 and 1, but it is {rtol}.")
    if max_evaluations < 2:
        raise ValueError(f"max_evaluations must be at least 2, but it is {max_evaluations}.")
    try:
        space = Space(x)
    except Unusable as fault:
        return Result(
            "inconclusive", fault.code, REASONS[fault.code], (fault.code,), seconds=time.perf_counter() - start
        )
    stored = not callable(gradient)
    caller = Caller(space, forward, (lambda *_: gradient) if stored else gradient, evaluate, max_evaluations)
    rng = np.random.default_rng(seed)
    scene: Scene | None = None
    where = Location()
    spent = 0
    try:
        with np.errstate(all="ignore"):
            scene = drive(begin(space, caller, rng, vjp, rtol, stored), caller)
            finding = drive(check(scene, neighbours), caller)
            spent = caller.values
            if locate and scene.accused is not None:
                where = drive(find(scene, scene.accused), caller)
            elif finding.reason == "elsewhere":
                where = Location(pattern=say("elsewhere"))
    except Stop as stop:
        finding = stop.finding
    except Spent:
        finding = Finding("inconclusive", "noise", "The limit of evaluations was reached.")
    return assemble(finding, where, scene, caller, spent or caller.values, start)


def assemble(
    finding: Finding, where: Location, scene: Scene | None, caller: Caller, spent: int, start: float
) -> Result:
    """The Result of a finding, with what was seen of the two functions' manners on the way."""
    codes = list(caller.violations)
    if finding.reason.startswith(("forward_", "gradient_")) and finding.reason not in codes:
        codes.insert(0, finding.reason)
    return Result(
        verdict=finding.verdict,
        reason=finding.reason,
        message=" ".join(filter(None, [REASONS[finding.reason], finding.detail])),
        violations=tuple(codes),
        error=finding.error,
        bound=finding.bound,
        resolution=finding.resolution,
        evaluations=spent,
        location_evaluations=caller.values - spent,
        gradient_calls=caller.gradient_calls,
        rounds=caller.rounds,
        wrong=None if where.wrong is None else caller.space.split(where.wrong),
        located=where.located,
        pattern=where.pattern,
        notes=[] if scene is None else scene.notes,
        seconds=time.perf_counter() - start,
    )


def assert_gradient(forward: Callable[..., Any] | None, gradient: Any, x: Any, **options: Any) -> None:
    """Raise AssertionError with the text of the Result, unless the gradient is right and nothing is to complain of."""
    __tracebackhide__ = True  # pytest shows the caller's line
    result = check_gradient(forward, gradient, x, **options)
    if not result.ok:
        raise AssertionError("\n" + result.text())
