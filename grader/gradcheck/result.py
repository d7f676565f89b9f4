"""What a check found: Result and Pattern, and the sentences a student reads.

Knows: the closed sets of verdicts, reasons, violations and patterns, and one English sentence for each.
Does not know: how any of it was measured. Sentences are looked up by code, so that others can translate them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Verdict = Literal["right", "wrong", "inconclusive"]
Located = Literal["exact", "sampled", "partial", "none"]

REASONS: Mapping[str, str] = {
    "agrees": "The gradient agrees with how the function changes.",
    "agrees_at_kink": "The function has a kink at this point, and the gradient is the slope of one of its sides.",
    "disagrees": "The gradient does not agree with how the function changes.",
    "kink": "The function has a kink at this point, and the gradient is the slope of none of its sides.",
    "elsewhere": "The gradient agrees at this point, but not at another point nearby.",
    "noise": "The values of the function are too rough to tell whether the gradient is right.",
    "domain": "The function has too few finite values around this point to tell whether the gradient is right.",
    "empty": "The point has no entries, so there is no gradient to check.",
    "point_not_finite": "The point contains nan or inf: a gradient can only be checked at numbers.",
    "point_complex": "The point is complex: only real numbers have a gradient here.",
    "point_not_numeric": "The point contains something that is not a number.",
    "forward_raises": "The function raised an exception at the point itself.",
    "forward_not_finite": "The function gave nan or inf at the point itself.",
    "forward_complex": "The function gave complex numbers; a gradient needs real ones.",
    "forward_integer": "The function gave integers: their steps hide every small change, so no slope can be seen.",
    "forward_not_numeric": "The function gave something that is not a number.",
    "forward_not_scalar": "The function gave several numbers where one was expected.",
    "forward_empty": "The function gave an empty array.",
    "forward_not_deterministic": "The function gave different values for the same point.",
    "forward_changes_argument": "The function changed its argument in place.",
    "gradient_raises": "The gradient raised an exception.",
    "gradient_wrong_shape": "The gradient does not have the shape of the argument it belongs to.",
    "gradient_wrong_structure": "The gradient must come in the same structure as the arguments: one array for each.",
    "gradient_not_numeric": "The gradient contains something that is not a number.",
    "gradient_complex": "The gradient contains complex numbers.",
    "gradient_not_finite": "The gradient contains nan or inf.",
    "gradient_not_deterministic": "The gradient gave different answers for the same point.",
    "gradient_changes_argument": "The gradient changed its argument in place.",
}

PATTERNS: Mapping[str, str] = {
    "factor": "Every wrong entry is {factor} times what it should be.",
    "factor_mean": "Every wrong entry is {factor} times what it should be: a sum where a mean over {length} is meant?",
    "factor_sum": "Every wrong entry is {factor} times what it should be: a mean over {length} where a sum is meant?",
    "sign": "The sign is wrong: every wrong entry is the negative of what it should be.",
    "block": "Only the gradient of argument {block} is wrong; the other arguments are right.",
    "block_factor": "Only the gradient of argument {block} is wrong: it is {factor} times what it should be.",
    "block_missing": "Only the gradient of argument {block} is wrong: it is zero where it should not be.",
    "entries": "Single entries are wrong; all the others are right.",
    "slice": "Only index {index} along axis {axis} is wrong; everything else is right.",
    "missing": "The wrong entries are zero and should not be: is a term of the sum missing?",
    "transposed": "The numbers are those of the transpose: rows and columns are exchanged.",
    "reversed": "The numbers are right but in reverse order along axis {axis}.",
    "shifted": "The numbers are right but shifted by {lag} along axis {axis}: is an index off by one?",
    "permuted": "The numbers are right, but they stand in the wrong places.",
    "side": "The gradient is right where the argument is on one side of zero and wrong on the other.",
    "growing": "The last index along axis {axis} is right, and the error grows with the distance from it.",
    "elsewhere": "The gradient is right at this point only: does it really depend on the point?",
}


@dataclass(frozen=True)
class Pattern:
    """What the error looks like. `factor` is claimed over true, `lag` in entries; None where it has no meaning."""

    kind: str
    sentence: str
    factor: float | None = None
    block: str | None = None
    axis: int | None = None
    lag: int | None = None


@dataclass(frozen=True)
class Result:
    """The verdict on one claimed gradient, what it rests on, and where the gradient is wrong."""

    verdict: Verdict
    reason: str
    message: str
    violations: tuple[str, ...] = ()
    error: float = float("nan")
    bound: float = float("nan")
    resolution: float = float("nan")
    evaluations: int = 0
    location_evaluations: int = 0
    gradient_calls: int = 0
    rounds: int = 0
    wrong: dict[str, NDArray[np.bool_]] | None = None
    located: Located = "none"
    pattern: Pattern | None = None
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Right, and nothing about the two functions to complain of."""
        return self.verdict == "right" and not self.violations

    def text(self) -> str:
        """The result as a few lines to read, most important first."""
        lines = [f"{self.verdict}: {self.message}"]
        if self.verdict != "inconclusive" and np.isfinite(self.error):
            lines.append(f"  error     {self.error:.2g} of the slope, known to within {self.bound:.1g}")
        if self.wrong is not None:
            lines.append(f"  where     {places(self.wrong)}{CERTAINTY[self.located]}")
        if self.pattern is not None:
            lines.append(f"  pattern   {self.pattern.sentence}")
        lines += [f"  also      {REASONS[code]}" for code in self.violations if code != self.reason]
        lines += [f"  note      {note}" for note in self.notes]
        total = self.evaluations + self.location_evaluations
        lines.append(f"  measured  with {total} values of the function and {self.gradient_calls} calls of the gradient")
        return "\n".join(lines)


CERTAINTY: Mapping[str, str] = {
    "exact": "",
    "sampled": " (judged by a sample of the entries)",
    "partial": " (there may be more)",
    "none": " (not certain)",
}


def places(wrong: Mapping[str, NDArray[np.bool_]]) -> str:
    """The wrong entries in words: whole arguments by name, single entries by index, many by number."""
    said = []
    for name, mask in wrong.items():
        count = int(np.count_nonzero(mask))
        if count == mask.size and count > 0:
            said.append(f"{name}: all {count} entries" if count > 1 else name)
        elif 0 < count <= 4:
            said.append(", ".join(name + index_text(index) for index in np.argwhere(mask)))
        elif count:
            first = index_text(np.argwhere(mask)[0])
            said.append(f"{name}: {count} of {mask.size} entries, the first at {first}")
    return "; ".join(said)


def index_text(index: Sequence[int] | NDArray[np.intp]) -> str:
    """[2, 0] as it would be written in Python."""
    return "[" + ", ".join(str(int(i)) for i in index) + "]"


def fraction_text(factor: float) -> str:
    """1/3 rather than 0.333333, where a fraction of small integers it is."""
    near = Fraction(factor).limit_denominator(64)
    # 64: batch sizes and layer widths of examples; the tolerance keeps 1.0001 from being called 1
    if abs(float(near) - factor) <= 1e-6 * abs(factor) and abs(near.numerator) <= 4096:
        return str(near)
    return f"{factor:.6g}"
