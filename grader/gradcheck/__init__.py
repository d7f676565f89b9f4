"""Judge a claimed gradient of anybody's function: right, wrong or inconclusive, with a reason and a bound.

Knows: two functions and a point. Does not know: who wrote them, the course, the rest of the grader.
The door; behind it `verdict` decides what is measured, `asking` calls, `ladder` measures, `locate` finds the place.
"""

from grader.gradcheck.door import assert_gradient, check_gradient
from grader.gradcheck.result import PATTERNS, REASONS, Pattern, Result

__all__ = ["PATTERNS", "REASONS", "Pattern", "Result", "assert_gradient", "check_gradient"]
