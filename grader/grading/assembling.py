"""From what was found to the Result: statuses, points and words.

Knows: the rules by which findings become statuses and points, and how a finding reads. Does not ask an answer
anything, and does not decide who is to blame.
"""

import platform
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import msgspec
import numpy as np

import grader
from grader.course import Chapter, Course, Exercise, Finding, Mistake
from grader.course.wording import arguments_text, call_text
from grader.grading.blame import Blame
from grader.grading.endings import Ending, ending
from grader.grading.interview import Outcome
from grader.grading.result import AnswerFile, CheckResult, FunctionResult, MistakeFound, Result, Seconds, Versions
from grader.grading.source import Definition
from grader.grading.unchanged import CHECK_ID, TITLE, Unchanged
from grader.i18n import Text, Translator, _
from grader.submissions import Answer, Refusal
from grader.visible import visible
from grader.worker import CallFailed, PartFailure

PRINTED = 20_000


@dataclass(frozen=True)
class Setting:
    """Under what the answer was judged: everything that a Result repeats so that it can be had again."""

    answer: Answer
    course: Course
    level: str
    start: str
    seed: int
    lang: str
    show_expected: bool

    @cached_property
    def translator(self) -> Translator:
        return self.course.translator(self.lang, self.answer.exercise)

    def base(self) -> dict[str, Any]:
        """The fields that every Result of this answer has."""
        answer = self.answer
        return {
            "exercise": answer.exercise,
            "student": msgspec.UNSET if answer.student is None else visible(answer.student),
            "seed": self.seed,
            "level": self.level,
            "start": self.start,
            "lang": self.lang,
            "answer": AnswerFile(path=visible(answer.path, 400), sha256=answer.sha256, format=answer.format),
            "versions": Versions(
                grader=grader.__version__,
                course=self.course.digest(answer.exercise),
                python=platform.python_version(),
                numpy=np.__version__,
            ),
        }


@dataclass
class Judged:
    """What the steps of judging found about one answer."""

    exercise: Exercise
    chapter: Chapter
    outcomes: list[Outcome]
    unchanged: Unchanged | None
    blame: Blame
    defined: Mapping[str, Definition]
    names: frozenset[str]
    mistakes: dict[str, dict[str, list[Mistake]]] = field(default_factory=dict)
    """By function and by the failed check in which they show."""
    empty: bool = False
    failures: Sequence[PartFailure] = ()
    printed: str = ""

    def mistakes_of(self, name: str) -> list[Mistake]:
        """All known mistakes of one function, each once."""
        shown = [mistake for mistakes in self.mistakes.get(name, {}).values() for mistake in mistakes]
        return list({mistake.id: mistake for mistake in shown}.values())

    def mistakes_in(self, check: str, names: Sequence[str]) -> list[Mistake]:
        """The known mistakes of these functions that show in this check."""
        return [mistake for name in names for mistake in self.mistakes.get(name, {}).get(check, ())]

    def is_untouched(self, name: str) -> bool:
        return name in self.defined and self.defined[name].untouched


def judged(setting: Setting, found: Judged) -> Result:
    """The Result of an answer that was loaded and asked."""
    say = setting.translator
    checks = [_check_result(setting, found, outcome) for outcome in found.outcomes]
    if found.unchanged is not None:
        checks.append(_unchanged_result(setting, found, found.unchanged))
    functions = [_function_result(found, name, checks, say) for name in found.exercise.functions]
    earned, points = sum(check.earned for check in checks), sum(check.points for check in checks)
    status = _status(found, checks)
    return Result(
        **setting.base(),
        title=say(found.exercise.title),
        status=status,
        score=round(earned / points, 4) if points else 0.0,
        earned=earned,
        points=points,
        checks=checks,
        functions=functions,
        next=say(_next(setting, functions, status)),
        printed=visible(found.printed, PRINTED, lines=True),
        notes=[say(note) for note in (*setting.answer.notes, *_cell_notes(setting.answer, found.failures))],
        details={
            outcome.check.id: {say(name): value for name, value in outcome.details.items()}
            for outcome in found.outcomes
            if outcome.details
        },
    )


def unloadable(setting: Setting, exercise: Exercise, problem: CallFailed | PartFailure, printed: str) -> Result:
    """The Result of an answer that cannot be loaded: one message with its line, no points, no checks."""
    say = setting.translator
    path = visible(setting.answer.path, 400)
    points = sum(check.points for check in exercise.checks.values()) + setting.course.points_unchanged
    if isinstance(problem, PartFailure):
        line, message = problem.line, _part_message(problem, path)
    else:
        found = ending(problem, exercise.id, path)
        line, message = found.line, _("{path} cannot be loaded: {came}").format(path=path, came=found.came)
    return Result(
        **setting.base(),
        title=say(exercise.title),
        status="error",
        score=0.0,
        earned=0,
        points=points,
        message=say(message),
        line=line,
        next=say(_("Correct this first, then: grader check {path}").format(path=path)),
        printed=visible(printed, PRINTED, lines=True),
        notes=[say(note) for note in setting.answer.notes],
    )


def refused(refusal: Refusal, course: Course, lang: str) -> Result:
    """The Result of what is no answer."""
    return Result(
        exercise=refusal.exercise,
        student=msgspec.UNSET if refusal.student is None else visible(refusal.student),
        status="refused",
        lang=lang,
        answer=AnswerFile(path=visible(refusal.path, 400), sha256=refusal.sha256),
        message=course.translator(lang)(refusal.reason),
    )


def faulted(setting: Setting, problem: Exception) -> Result:
    """The Result where the grader or the course is at fault: no marks, and a line to report."""
    says = _(
        "A fault of the grader, not of your answer: {problem} No points were taken. "
        "Please report it with the output of: grader doctor"
    )
    line = visible(f"{type(problem).__name__}: {problem}", 300)
    fields = setting.base() if setting.answer.exercise in setting.course.ids else {
        "exercise": setting.answer.exercise,
        "answer": AnswerFile(path=visible(setting.answer.path, 400), sha256=setting.answer.sha256),
    }  # fmt: skip
    return Result(**fields, status="fault", message=setting.translator(says.format(problem=line)))


def timed(result: Result, wall: float, cpu: float) -> Result:
    """The same Result with what it took, in seconds."""
    return msgspec.structs.replace(result, seconds=Seconds(wall=round(wall, 4), cpu=round(cpu, 4)))


def _check_result(setting: Setting, found: Judged, outcome: Outcome) -> CheckResult:
    check, say = outcome.check, setting.translator
    base: dict[str, Any] = {
        "id": check.id,
        "kind": check.kind,
        "of": list(check.of),
        "title": say(check.title),
        "points": check.points,
    }
    if outcome.held:
        return CheckResult(**base, status="pass", earned=check.points)
    guilty = found.blame.at_fault[check.id]
    if check.id in found.blame.carried:
        says = _("Right in itself: what is off comes from {functions}. No points are taken here.")
        message = say(says.format(functions=", ".join(guilty)))
        return CheckResult(**base, status="carried", earned=check.points, message=message)
    told = _told(found, outcome, guilty)
    end = _ending_of(setting, found, told, guilty)
    mistakes = found.mistakes_in(check.id, guilty)
    words = _words(setting, found.exercise, told, end, mistakes)
    return CheckResult(**base, status=end.status, earned=0, **words)


def _told(found: Judged, outcome: Outcome, guilty: Sequence[str]) -> Outcome:
    """The first interview's finding, unless it speaks of another function than the one at fault."""
    call = outcome.finding.call if outcome.finding else (outcome.calls[-1] if outcome.calls else None)
    if call is None or call.function in guilty:
        return outcome
    second = found.blame.again.get((guilty[0], outcome.check.id)) if guilty else None
    return second if second is not None and not second.held else outcome


def _ending_of(setting: Setting, found: Judged, outcome: Outcome, guilty: Sequence[str]) -> Ending:
    assert outcome.ended is not None
    asked = outcome.calls[-1].function if outcome.calls else outcome.check.of[0]
    end = ending(outcome.ended, asked, setting.answer.path)
    if end.status in ("fail", "error") and guilty and all(found.is_untouched(name) for name in guilty):
        return Ending("todo", _("{function} is not written yet.").format(function=guilty[0]))
    return end


def _words(
    setting: Setting, exercise: Exercise, outcome: Outcome, end: Ending, mistakes: Sequence[Mistake]
) -> dict[str, Any]:
    """The finding's parts in the Result's language."""
    say, finding = setting.translator, outcome.finding
    call = finding.call if finding else (outcome.calls[-1] if outcome.calls else None)
    function = exercise.functions.get(call.function) if call else None
    signature = function.signature if function and call and call.method is None else None
    asked = arguments = None
    if call is not None and end.status not in ("todo", "missing"):
        asked = call_text(call, signature)
        arguments = arguments_text(call, signature)
    words: dict[str, Any] = {
        "call": asked,
        "asked": ", ".join(filter(None, (asked, say(arguments) if arguments else None))) if asked else None,
        "came": say(end.came),
        "line": end.line,
    }
    if end.think:
        words["think"] = say(end.think)
    if mistakes:
        words |= {"known": " ".join(say(mistake.says) for mistake in mistakes), "think": say(mistakes[0].ask)}
    if finding is not None and end.status == "fail":
        words |= _finding_words(finding, say, setting.show_expected, bool(mistakes))
    parts = [words.get(key) for key in ("asked", "note", "came", "holds", "known", "think")]
    return words | {"message": " — ".join(part for part in parts if part)}


def _finding_words(finding: Finding, say: Translator, show_expected: bool, known: bool) -> dict[str, Any]:
    open_book = finding.expected_shown or show_expected
    words: dict[str, Any] = {
        "where": list(finding.where) if finding.where else None,
        "got": finding.got,
        "expected": finding.expected if open_book else None,
        "holds": say(finding.holds) if finding.holds and open_book else None,
        "note": say(finding.note) if finding.note else None,
        "pictures": dict(finding.pictures) if finding.pictures and open_book else None,
    }
    if finding.pattern and not known:
        words["known"] = say(finding.pattern)
    return words


def _unchanged_result(setting: Setting, found: Judged, unchanged: Unchanged) -> CheckResult:
    say, points = setting.translator, setting.course.points_unchanged
    of = list(unchanged.at_fault or unchanged.of)
    base: dict[str, Any] = {"id": CHECK_ID, "kind": "edge", "of": of, "title": say(TITLE), "points": points}
    if not unchanged.answered:
        return CheckResult(**base, status="todo", earned=0)
    if unchanged.finding is None:
        return CheckResult(**base, status="pass", earned=points)
    call = unchanged.finding.call
    outcome = Outcome(next(iter(found.exercise.checks.values())), (call,) if call else (), {}, None)
    end = Ending("fail", unchanged.finding.came)
    mistakes = found.mistakes_in(CHECK_ID, of[:1])
    return CheckResult(**base, status="fail", earned=0, **_words(setting, found.exercise, outcome, end, mistakes))


def _function_result(found: Judged, name: str, checks: Sequence[CheckResult], say: Translator) -> FunctionResult:
    """A function's status follows from its checks; `blame` names those at fault, of a carried one the others."""
    mine = [check for check in checks if name in check.of and check.status != "pass" and not _tells_nothing(check)]
    guilty = [check for check in mine if check.status != "carried" and name in _guilty(found, check)]
    carried = [check for check in mine if check.status == "carried"]
    definition = found.defined.get(name)
    line = definition.line if definition else None
    if guilty:
        mistakes = [_mistake(mistake, say) for mistake in found.mistakes_of(name)]
        pattern = None if mistakes else _pattern(found, name, say)
        return FunctionResult(
            name=name, status=_common(guilty), blame=[name], mistakes=mistakes, pattern=pattern, line=line
        )
    if carried:
        others = sorted({other for check in carried for other in found.blame.at_fault[check.id]})
        return FunctionResult(name=name, status="carried", blame=others, mistakes=[], line=line)
    status = "pass" if name in found.names and not found.is_untouched(name) else "missing"
    if found.is_untouched(name):
        status = "todo"
    return FunctionResult(name=name, status=status, blame=[], mistakes=[], line=line)


def _tells_nothing(check: CheckResult) -> bool:
    """The free check is `todo` where nothing answered: that says nothing of any one function."""
    return check.id == CHECK_ID and check.status == "todo"


def _guilty(found: Judged, check: CheckResult) -> Sequence[str]:
    return check.of if check.id == CHECK_ID else found.blame.at_fault[check.id]


def _common(checks: Sequence[CheckResult]) -> str:
    """The one status that all failed checks of a function share where it says more than `fail`."""
    statuses = {check.status for check in checks if check.id != CHECK_ID} or {"fail"}
    return statuses.pop() if len(statuses) == 1 and statuses <= {"todo", "missing", "error"} else "fail"


def _pattern(found: Judged, name: str, say: Translator) -> str | None:
    for outcome in found.outcomes:
        if name in outcome.check.of and outcome.finding and outcome.finding.pattern:
            return say(outcome.finding.pattern)
    return None


def _mistake(mistake: Mistake, say: Translator) -> MistakeFound:
    return MistakeFound(id=mistake.id, says=say(mistake.says), ask=say(mistake.ask))


def _status(found: Judged, checks: Sequence[CheckResult]) -> str:
    if all(check.status == "pass" for check in checks):
        return "pass"
    if found.empty or all(check.status == "todo" for check in checks):
        return "todo"
    return "fail"


def _next(setting: Setting, functions: Sequence[FunctionResult], status: str) -> Text:
    """The next step: the first function to write or to correct, or the next exercise."""
    path = visible(setting.answer.path, 400)
    if status == "pass":
        ids = setting.course.ids
        after = ids[ids.index(setting.answer.exercise) + 1 :]
        if after:
            return _("All of it holds. The next exercise: grader start {exercise}").format(exercise=after[0])
        return _("All of it holds. This was the last exercise of the course.")
    for statuses, says in (
        (("fail", "error"), _("Correct {function}, then: grader check {path}")),
        (("missing",), _("Define {function}, then: grader check {path}")),
        (("todo",), _("Write {function}, then: grader check {path}")),
    ):
        if named := next((function.name for function in functions if function.status in statuses), None):
            return says.format(function=named, path=path)
    return _("Look at the checks above, then: grader check {path}").format(path=path)


def _part_message(failure: PartFailure, path: str) -> Text:
    text = visible(failure.text, 300)
    if failure.type in ("SyntaxError", "IndentationError", "TabError"):
        says = _("{path}, line {line}: Python cannot read this line.")
        first = says.format(path=path, line=failure.line or 1)
        return Text("{first}\n{code}{text}").format(first=first, code=_code(failure), text=text)
    if failure.line is None:
        return _("{path} cannot be loaded: {type}: {text}").format(path=path, type=visible(failure.type), text=text)
    if failure.type == "SystemExit":
        says = _("{path}, line {line}: the file ends Python while it is loaded, before a function can be asked.")
        return says.format(path=path, line=failure.line)
    says = _("{path}, line {line}: loading the file ends here with {type}: {text}")
    return says.format(path=path, line=failure.line, type=visible(failure.type), text=text)


def _code(failure: PartFailure) -> str:
    """The line itself and a caret under the place, both indented; nothing where Python names no line."""
    line = (failure.source or "").rstrip("\r\n")
    code = visible(line.lstrip(), 200)
    if not code:
        return ""
    before = visible(line[: max(0, (failure.offset or 1) - 1)].lstrip(), 200)
    # A Japanese letter is as wide as two others; the caret has to stand below what it means.
    width = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in before)
    return f"    {code}\n    {' ' * width}^\n"


def _cell_notes(answer: Answer, failures: Sequence[PartFailure]) -> list[Text]:
    """A notebook's cells that failed: the other cells count all the same."""
    says = _("{cell}, line {line}: {type}: {text} The other cells were judged all the same.")
    return [
        says.format(
            cell=answer.parts[failure.part].label,
            line=failure.line or 1,
            type=visible(failure.type),
            text=visible(failure.text, 200),
        )
        for failure in failures[:10]
    ]
