"""What the gradient checker found, in a student's words and language.

Knows: the checker's codes. Does not know numbers of its own: every figure comes from the checker's result.
"""

from fractions import Fraction

from grader.gradcheck import Result
from grader.i18n import Text, _

PATTERNS = {
    "factor": _("Every entry is {factor} times what it should be."),
    "sign": _("Every entry has the wrong sign."),
    "block": _("Only the gradient of {block} is off."),
    "missing": _("The gradient of {block} lacks a part: it is zero where something should arrive."),
    "transposed": _("The numbers are right, but rows and columns have changed places."),
    "reversed": _("The numbers are right, but stand in reverse order."),
    "shifted": _("The numbers are right, but stand one place off."),
    "permuted": _("The right numbers stand in the wrong places."),
    "slice": _("Only one row, column or time step is off."),
    "side": _("It is right on one side of 0 and wrong on the other."),
    "growing": _("It is right at the end of the sequence, and further off the further back one goes."),
    "elsewhere": _("It is right at this point only: beside it the claim no longer fits the function."),
}
REASONS = {
    "elsewhere": _("The gradient is right at this point only: beside it it no longer fits the function."),
    "noise": _("The forward's values are too noisy to tell a slope from them."),
    "domain": _("The forward gives no numbers beside this point, so that no slope can be measured."),
    "forward_not_deterministic": _("The forward gives another value when it is asked again for the same point."),
    "forward_not_finite": _("The forward gives nan or inf here, so that no slope can be measured."),
    "forward_complex": _("The forward gives complex numbers; real ones are asked for."),
    "forward_integer": _("The forward gives whole numbers, which have no slope."),
    "forward_not_numeric": _("The forward gives something that is no number."),
    "gradient_not_deterministic": _("The gradient is another one when it is asked again for the same point."),
    "gradient_not_finite": _("The gradient has nan or inf in it."),
    "gradient_complex": _("The gradient has complex numbers in it; real ones are asked for."),
    "gradient_not_numeric": _("The gradient has something in it that is no number."),
}


def pattern_text(result: Result) -> Text | None:
    """What the error looks like, None where it looks like nothing in particular."""
    pattern = result.pattern
    if pattern is None or pattern.kind not in PATTERNS:
        return None
    factor = fraction(pattern.factor) if pattern.factor is not None else ""
    if factor == "1" or (pattern.kind == "missing" and not pattern.block):
        return None if factor == "1" else _("A part of the gradient is zero where something should arrive.")
    if pattern.kind == "block" and pattern.factor:
        return _("Only the gradient of {block} is off: it is {factor} times what it should be.").format(
            block=pattern.block, factor=factor
        )
    return PATTERNS[pattern.kind].format(factor=factor, block=pattern.block or "")


def fraction(factor: float) -> str:
    """1/5 rather than 0.2 where the factor is a fraction of small whole numbers: it is often a batch's size."""
    near = Fraction(factor).limit_denominator(64)
    close = abs(float(near) - factor) <= 1e-4 * abs(factor) and abs(near.numerator) <= 4096
    return str(near) if close else f"{factor:.4g}"


def verdict_text(result: Result) -> Text:
    """Why no single entry can be shown: what is wrong with the claim or the forward as a whole."""
    return REASONS.get(result.reason, _("The gradient does not fit the slope of your own forward."))
