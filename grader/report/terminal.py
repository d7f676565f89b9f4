"""A Result as a person reads it in a terminal.

Knows: Results and the width of a line. Does not judge, does not read files.
"""

from rich.cells import cell_len
from rich.console import Console

from grader.grading.result import CheckResult, Result
from grader.i18n import Text, Translator, _
from grader.report.findings import Row, findings, unwritten
from grader.report.page import Page
from grader.report.stream import COLOURS
from grader.report.wrapping import crop, pad, shorten, wrap

PRINTED_LINES = 12
INDENT = 6


def print_result(result: Result, console: Console, translator: Translator) -> None:
    """Everything a student needs to go on: what holds, what does not and why, and the next step."""
    page = Page(console, translator)
    _heading(page, result)
    if result.message:
        _message(page, result.message)
    if result.status == "todo":
        names = ", ".join(unwritten(result))
        page.paragraph(_("Nothing is written yet. To write: {functions}.").format(functions=names))
    else:
        _checks(page, result)
    _printed(page, result.printed)
    _tail(page, result)


def _heading(page: Page, result: Result) -> None:
    parts = [page.words(part) for part in _standing(result)]
    right = page.words(" · ").join(parts)
    room = page.width - cell_len(right) - 2
    path = shorten(page.words(result.answer.path), room, page.ellipsis)
    page.put((pad(path, room), "bold"), "  ", right)


STANDING = {
    "refused": _("not an answer"),
    "fault": _("not judged"),
    "error": _("cannot be loaded"),
    "todo": _("not started"),
}


def _standing(result: Result) -> list[Text]:
    """What stands at the right of the file's name: how it stands, the points, the draw."""
    parts = [STANDING[result.status]] if result.status in STANDING else []
    if result.earned is not None and result.status != "error":
        parts.insert(0, _("{earned} of {points} points").format(earned=result.earned, points=result.points))
        if result.seed is not None:
            parts.append(_("seed {seed}").format(seed=result.seed))
    return parts


def _message(page: Page, message: str) -> None:
    """Sentences are wrapped; indented lines are code with a caret under it, and stay as they are."""
    for line in page.words(message, lines=True).split("\n"):
        if line.startswith("  "):
            page.put("  " + line)
        else:
            page.paragraph(line)


def _checks(page: Page, result: Result) -> None:
    told = list(findings(result))
    points = [page.words(_points(check)) for check in result.checks]
    column = max(map(cell_len, points), default=0)
    labels = page.label_width([row.label for _check, rows in told for row in rows])
    for (check, rows), earned in zip(told, points, strict=True):
        _title(page, check, earned, column)
        page.rows(rows, INDENT, labels)


def _points(check: CheckResult) -> Text:
    if check.earned == check.points:
        return Text("{points}").format(points=check.points)
    return _("{earned} of {points}").format(earned=check.earned, points=check.points)


def _title(page: Page, check: CheckResult, points: str, column: int) -> None:
    kind = check.status if check.status in page.marks else "fail"
    mark = page.marks[kind]
    indent = 2 + len(mark) + 1
    lines = wrap(page.words(check.title), page.width - indent - column - 2)
    for k, line in enumerate(lines):
        if k == 0:
            right = " " * (column - cell_len(points)) + points
            page.put("  ", (mark, COLOURS[kind]), " ", pad(line, page.width - indent - column), right)
        else:
            page.put(" " * indent + line)


def _printed(page: Page, printed: str) -> None:
    """What the answer printed, behind a bar, so that no line of it can pass for one of the report."""
    if not printed.strip():
        return
    lines = page.words(printed.rstrip("\n"), 20_000, lines=True).split("\n")
    page.put("  ", (page.words(_("printed by the answer")), "dim"))
    bar = page.words("│ ")
    for line in lines[:PRINTED_LINES]:
        page.put("    ", (bar, "dim"), crop(line, page.width - 6, page.ellipsis))
    if (more := len(lines) - PRINTED_LINES) > 0:
        page.put("    ", (page.words(_("and {count} more lines").format(count=more)), "dim"))


def _tail(page: Page, result: Result) -> None:
    rows = [Row(_("note"), note) for note in result.notes]
    if result.next:
        rows.append(Row(_("next"), result.next))
    page.rows(rows, 2, page.label_width([row.label for row in rows]))
