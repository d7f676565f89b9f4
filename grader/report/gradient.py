"""The verdict on a gradient of one's own, as a person reads it in a terminal.

Knows: results of the gradient checker. Does not measure. The checker speaks English and in codes; its sentences are
keys of the catalogue like any other.
"""

import math

import numpy as np
from numpy.typing import NDArray

from grader.course import pattern_text
from grader.gradcheck import REASONS, Result
from grader.i18n import Text, _
from grader.report.findings import Row
from grader.report.page import Page

VERDICTS = {"right": _("right"), "wrong": _("wrong"), "inconclusive": _("inconclusive")}
SHOWN = 4


def print_gradient(result: Result, page: Page) -> None:
    """The verdict with its reason, then where, what it looks like, how sure, and what it cost."""
    page.paragraph(_("{verdict}: {reason}").format(verdict=VERDICTS[result.verdict], reason=_reason(result)), 0)
    rows = [Row(label, text) for label, text in _parts(result) if text]
    page.rows(rows, 2, page.label_width([row.label for row in rows]))


def _reason(result: Result) -> Text:
    return Text(REASONS[result.reason])


def _parts(result: Result) -> list[tuple[Text, str | None]]:
    error = None
    if result.verdict != "inconclusive" and math.isfinite(result.error):
        error = _("{error} of the slope, known to within {bound}.").format(
            error=f"{result.error:.2g}", bound=f"{result.bound:.1g}"
        )
    evaluations = result.evaluations + result.location_evaluations
    also = [Text(REASONS[code]) for code in result.violations if code != result.reason]
    return [
        (_("error"), error),
        (_("where"), _where(result)),
        (_("pattern"), pattern_text(result)),
        *((_("also"), sentence) for sentence in also),
        (_("measured"), _("{values} values of the function, {calls} of the gradient.").format(
            values=evaluations, calls=result.gradient_calls)),
    ]  # fmt: skip


def _where(result: Result) -> str | None:
    """The wrong entries: a few by their index, many by their number."""
    said: list[str] = []
    for name, mask in (result.wrong or {}).items():
        places = [index for index, wrong in _entries(mask) if wrong]
        if places:
            shown = ", ".join(f"{name}{list(index) if index else ''}" for index in places[:SHOWN])
            said.append(f"{shown}{' …' if len(places) > SHOWN else ''} ({len(places)}/{mask.size})")
    return "; ".join(said) or None


def _entries(mask: NDArray[np.bool_]) -> list[tuple[tuple[int, ...], bool]]:
    return [(tuple(int(k) for k in index), bool(wrong)) for index, wrong in np.ndenumerate(mask)]
