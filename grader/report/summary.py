"""A class on one page: who stands where, which mistakes were met, what could not be judged.

Knows: many Results at once. Does not judge, does not read files.
Students against exercises where there are several exercises, one line an answer where there is one: three hundred
answers are then fifty lines, and still nothing is averaged away.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.console import Console

from grader.grading.result import MistakeFound, Result
from grader.i18n import Text, Translator, _
from grader.report.findings import Row
from grader.report.page import Page
from grader.report.stream import COLOURS
from grader.report.wrapping import crop, pad

NAMED = 6
"""So many students are named beside a mistake; the results hold them all."""
MISTAKES = 15
"""So many mistakes are told; in a large class the rest were made by one or two."""

NARROW = 7
"""Of a column, in cells: "✗ 12/13"."""

WORDS = {"error": _("broken"), "refused": _("refused"), "fault": _("fault")}
"""What never ran has a word in place of points: no points are not the same as none of them."""

Cell = tuple[str, str]
"""A text and its style."""


def print_summary(
    results: Sequence[Result], console: Console, translator: Translator, order: Sequence[str] = ()
) -> None:
    """The table of a class, the mistakes that were met, refusals and faults apart, and the counts.

    order: the course's exercises, in whose order they stand; others come after them as they are met.
    """
    page = Page(console, translator)
    known = [result for result in results if result.exercise]
    met = dict.fromkeys(result.exercise or "" for result in known)
    exercises = [*(exercise for exercise in order if exercise in met), *(name for name in met if name not in order)]
    if len(exercises) == 1:
        _one_exercise(page, known)
    elif known:
        _matrix(page, known, exercises)
    _mistakes(page, results, exercises)
    _apart(page, _("Refused: these are no answers, and got no marks."), results, "refused")
    _apart(page, _("Not judged through a fault of the grader; no marks were given."), results, "fault")
    _counts(page, results)


def student_of(result: Result) -> str:
    return result.student if isinstance(result.student, str) else "-"


def _matrix(page: Page, results: Sequence[Result], exercises: Sequence[str]) -> None:
    """One line a student, one column an exercise; as many tables as the width asks for."""
    cells = {(student_of(result), result.exercise): _cell(page, result) for result in results}
    students = sorted({student for student, _exercise in cells})
    column = min(24, max(cell_len(page.words(name)) for name in [*students, _("all holds")]))
    for block in _blocks(exercises, page.width - column - 4):
        widths = [max(cell_len(page.words(name)), NARROW) for name in block]
        heads = [pad(page.words(name), width) for name, width in zip(block, widths, strict=True)]
        page.put("  ", pad("", column), "  ", ("  ".join(heads), "bold"))
        for student in students:
            row = [cells.get((student, exercise), ("", "")) for exercise in block]
            page.put("  ", _name(page, student, column), "  ", *_columns(row, widths))
        held = [(_held(page, [r for r in results if r.exercise == exercise]), "") for exercise in block]
        page.put("  ", (pad(page.words(_("all holds")), column), "dim"), "  ", *_columns(held, widths))
        page.put("")
    legend = _("{held} holds   {failed} does not   {todo} not started").format(
        held=page.marks["pass"], failed=page.marks["fail"], todo=page.marks["todo"]
    )
    page.put("  ", (page.words(legend), "dim"))
    page.put("")


def _blocks(exercises: Sequence[str], room: int) -> Iterator[list[str]]:
    """The exercises in groups that fit beside each other."""
    block: list[str] = []
    used = 0
    for exercise in exercises:
        width = max(cell_len(exercise), NARROW) + 2
        if block and used + width > room:
            yield block
            block, used = [], 0
        block.append(exercise)
        used += width
    yield block


def _columns(cells: Sequence[Cell], widths: Sequence[int]) -> list[Cell]:
    return [(pad(text, width + 2), style) for (text, style), width in zip(cells, widths, strict=True)]


def _name(page: Page, name: str, width: int) -> str:
    return pad(crop(page.words(name), width, page.ellipsis), width)


def _cell(page: Page, result: Result) -> Cell:
    if result.status in WORDS:
        return page.words(WORDS[result.status]), COLOURS["fail"]
    return f"{page.marks[result.status]} {result.earned}/{result.points}", COLOURS[result.status]


def _held(page: Page, results: Sequence[Result]) -> str:
    judged = [result for result in results if result.earned is not None]
    held = sum(result.status == "pass" for result in judged)
    return page.words(_("{count} of {total}").format(count=held, total=len(judged)))


def _one_exercise(page: Page, results: Sequence[Result]) -> None:
    """One line an answer: student, mark, points, and the first known mistake as far as the line goes."""
    column = min(24, max((cell_len(page.words(student_of(result))) for result in results), default=0))
    points = max((cell_len(_cell(page, result)[0]) for result in results), default=0)
    room = page.width - 2 - column - 2 - points - 2
    for result in sorted(results, key=student_of):
        text, style = _cell(page, result)
        known = crop(page.words(_first(result)), room, page.ellipsis)
        page.put("  ", _name(page, student_of(result), column), "  ", (pad(text, points), style), "  ", known)
    page.put("")


def _first(result: Result) -> str:
    """The first known mistake, else what stands in its place."""
    if result.message:
        return result.message.split("\n")[0]
    failed = ", ".join(function.name for function in result.functions if function.status not in ("pass", "carried"))
    return next((mistake.says for _function, mistake in _met(result)), failed)


def _met(result: Result) -> Iterator[tuple[str, MistakeFound]]:
    for function in result.functions:
        for mistake in function.mistakes:
            yield function.name, mistake


@dataclass
class _Met:
    """One mistake: in which functions it was made, and by whom."""

    says: str
    exercise: str
    functions: list[str] = field(default_factory=list)
    students: list[str] = field(default_factory=list)

    def add(self, function: str, student: str) -> None:
        for names, name in ((self.functions, function), (self.students, student)):
            if name not in names:
                names.append(name)


def _mistakes(page: Page, results: Sequence[Result], exercises: Sequence[str]) -> None:
    """The known mistakes, the most frequent first, with who made them: what the next lesson is about."""
    met: dict[tuple[str, str, str], _Met] = {}
    for result in results:
        exercise = result.exercise or ""
        for function, mistake in _met(result):
            entry = met.setdefault((exercise, mistake.id, mistake.says), _Met(mistake.says, exercise))
            entry.add(function, student_of(result))
    if not met:
        return
    page.put("  ", (page.words(_("Known mistakes")), "bold"))
    for entry in sorted(met.values(), key=lambda met: (-len(met.students), exercises.index(met.exercise)))[:MISTAKES]:
        what = f"× {', '.join(entry.functions)} ({entry.exercise}): {page.words(_names(entry.students))}"
        page.rows([Row(Text(f"{len(entry.students):3}"), what)], 2, 4)
        page.paragraph(entry.says, 8)
    if len(met) > MISTAKES:
        page.paragraph(_("and {count} more, each made by as few: results.jsonl has them.").format(
            count=len(met) - MISTAKES), 4)  # fmt: skip
    page.put("")


def _names(students: Sequence[str]) -> str:
    names = ", ".join(students[:NAMED])
    if len(students) <= NAMED:
        return names
    return _("{names} and {count} more").format(names=names, count=len(students) - NAMED)


def _apart(page: Page, title: str, results: Sequence[Result], status: str) -> None:
    some = [result for result in results if result.status == status]
    if not some:
        return
    page.paragraph(title)
    for result in some:
        page.paragraph(result.answer.path, 4)
        page.rows([Row(_("why"), result.message or "")], 6, 6)
    page.put("")


def _counts(page: Page, results: Sequence[Result]) -> None:
    count = Counter(result.status for result in results)
    students = len({student_of(result) for result in results})
    page.paragraph(
        _(
            "{total} answers of {students} students: {passed} hold, {failed} do not, {todo} not started, "
            "{error} cannot be loaded, {refused} refused, {fault} not judged."
        ).format(
            total=len(results),
            students=students,
            passed=count["pass"],
            failed=count["fail"],
            todo=count["todo"],
            error=count["error"],
            refused=count["refused"],
            fault=count["fault"],
        )
    )
