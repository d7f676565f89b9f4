"""What is said about each check, and what is said only once.

Knows: Results. Does not know terminals or pages. Five checks that fail for one mistake would otherwise tell it five
times, and a beginner who reads the same sentence five times looks for five faults.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.grading.result import CheckResult, FunctionResult, MistakeFound, Result
from grader.i18n import Text, _

ABOVE = _("as above")


@dataclass(frozen=True)
class Row:
    """One labelled sentence. text is a `Text` where the report says it, a str where the Result already did."""

    label: Text
    text: str


def findings(result: Result) -> Iterator[tuple[CheckResult, list[Row]]]:
    """Every check in its order with what there is to say about it; nothing about one that holds."""
    teller = _Teller(result)
    for check in result.checks:
        yield check, [*teller.rows(check), *_shown(result.details.get(check.id))]


def unwritten(result: Result) -> list[str]:
    """The functions that are still to be written."""
    return [function.name for function in result.functions if function.status in ("todo", "missing")]


class _Teller:
    """Remembers what was said while it goes through the checks."""

    def __init__(self, result: Result) -> None:
        self._functions = {function.name: function for function in result.functions}
        self._named = {check.known for check in result.checks if check.known}
        self._said: set[tuple[str, ...]] = set()
        self._under: dict[tuple[str, str | None], str] = {}
        """Under which check a mistake or an exception was told."""
        self._latest: dict[str, str | None] = {}

    def rows(self, check: CheckResult) -> list[Row]:
        if check.status == "pass":
            return []
        if check.status == "todo":
            return self._unwritten(check)
        if check.status == "carried":
            return [Row(_("carried"), self._carried(check))]
        if check.status != "fail" and (said := self._said_before("came", check.came or check.message, check)):
            return [Row(_("came"), said)]
        self._latest["came"] = check.came
        parts = [(_("asked"), check.asked), (_("case"), check.note), (_("came"), check.came or check.message),
                 (_("holds"), check.holds)]  # fmt: skip
        return [*(Row(label, text) for label, text in parts if text), *self._reasons(check)]

    def _carried(self, check: CheckResult) -> Text:
        of = [self._functions[name] for name in check.of if name in self._functions]
        blamed = [name for function in of for name in function.blame if name not in check.of]
        if not blamed:
            return _("error carried forward: no points are lost.")
        names = ", ".join(dict.fromkeys(blamed))
        if self._repeats("carried", names):
            return _("from {functions}: no points are lost.").format(functions=names)
        return _("the error lies in {functions}: it is carried forward, no points are lost.").format(functions=names)

    def _unwritten(self, check: CheckResult) -> list[Row]:
        of = self._of(check)
        names = ", ".join(function.name for function in of if function.status == "todo")
        if of and not names:
            return [Row(_("to do"), _("not asked yet: first a function has to give a value."))]
        names = names or ", ".join(check.of)
        if self._repeats("todo", names):
            return []
        return [Row(_("to do"), _("not written yet: {functions}.").format(functions=names))]

    def _reasons(self, check: CheckResult) -> list[Row]:
        """The known mistake and what to think about; where none is known, the pattern of the error if it has one."""
        known, think = check.known, check.think
        if not known and (mistake := self._mistake(check)):
            known, think = mistake.says, mistake.ask
        patterns = [function.pattern for function in self._of(check) if function.pattern]
        label = _("pattern") if known in patterns else _("known")
        if known and (said := self._said_before("known", known, check)):
            return [Row(label, said)]
        rows = [Row(label, known)] if known else []
        return [*rows, Row(_("think"), think)] if think and not self._repeats("think", think) else rows

    def _said_before(self, kind: str, text: str | None, check: CheckResult) -> Text | None:
        """Where the same was told; "as above" only where nothing of its kind was since, or two would be confused."""
        latest, self._latest[kind] = self._latest.get(kind), text
        if (kind, text) not in self._under:
            self._under[kind, text] = check.title
            return None
        return ABOVE if text == latest else _('as in "{check}"').format(check=self._under[kind, text])

    def _mistake(self, check: CheckResult) -> MistakeFound | None:
        """A mistake of the function that no check names; one that a check names is told in that check alone."""
        at_fault = (function for function in self._of(check) if function.status == "fail")
        mistakes = [mistake for function in at_fault for mistake in function.mistakes]
        return None if any(mistake.says in self._named for mistake in mistakes) else next(iter(mistakes), None)

    def _of(self, check: CheckResult) -> list[FunctionResult]:
        return [self._functions[name] for name in check.of if name in self._functions]

    def _repeats(self, *what: str | None) -> bool:
        key = tuple(str(part) for part in what)
        if key in self._said:
            return True
        self._said.add(key)
        return False


def _shown(details: Any) -> list[Row]:
    """The numbers of an experiment, a line each; a long curve by its ends."""
    if not isinstance(details, dict):
        return []
    parts = [f"{name}: {text}" for name, value in details.items() if (text := _number(value))]
    return [Row(_("shown") if k == 0 else Text(""), part) for k, part in enumerate(parts)]


def _number(value: Any) -> str:
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, int | str):
        return str(value)
    entries = [_number(entry) for entry in value]
    if not all(entries):
        return ""
    return ", ".join(entries if len(entries) <= 6 else [*entries[:3], "…", entries[-1]])
