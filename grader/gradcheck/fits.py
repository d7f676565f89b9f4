"""A residual slope from many coarse steps, for functions so rough that every single difference is noise.

Knows: symmetric pairs of steps, weighted least squares. Does not know: verdicts.
The slope is the constant of an even polynomial fitted to E(t). How rough f is, the fit's own residuals tell; which
window and which degree, the smallest uncertainty decides: what a polynomial cannot follow counts as roughness.
"""

import numpy as np

from grader.gradcheck.ladder import UNKNOWN, Estimate, Trace
from grader.gradcheck.space import Vector

NODES = np.array([1.0, 0.85, 0.7, 0.56, 0.43, 0.31, 0.2, 0.1])  # denser towards 0, so that smaller windows work too


def nodes(rng: np.random.Generator, reach: float) -> Vector:
    """Eight steps up to `reach`, shaken a little: repeatable noise must not repeat along with them."""
    return reach * NODES * rng.uniform(0.95, 1.05, NODES.size)


def fit(trace: Trace, noise: float) -> Estimate:
    """The residual slope with the smallest uncertainty over windows and degrees."""
    odd = (trace.plus - trace.minus) / 2
    good = np.isfinite(odd)
    t, odd = trace.t[good][::-1], odd[good][::-1]  # from small to large
    best = UNKNOWN
    for degree in range(3):
        for count in range(max(4, degree + 3), len(t) + 1):
            best = min(best, fit_once(t[:count], odd[:count], degree, noise), key=lambda e: e.bound)
    return best


def fit_once(t: Vector, odd: Vector, degree: int, noise: float) -> Estimate:
    """odd(t) = t (c0 + c1 t² + …): equal weights, since every value is as rough as the other."""
    reach = t[-1]
    design = (t / reach)[:, None] ** (1 + 2 * np.arange(degree + 1))
    q, r = np.linalg.qr(design)
    inverse = np.linalg.inv(r)
    coefficients = inverse @ (q.T @ odd)
    free = len(t) - degree - 1
    rest = odd - design @ coefficients
    # two more degrees of freedom from what is known beforehand keep a lucky fit from looking exact
    variance = (rest @ rest + 2 * (noise / 2) ** 2) / (free + 2)
    error = np.sqrt(variance * (inverse[0] @ inverse[0]))
    return Estimate(float(coefficients[0] / reach), float(2 * (1 + 2 / free) * error / reach), float(reach))
