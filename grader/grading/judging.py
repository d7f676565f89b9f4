"""One answer, from its source to its Result: load, ask, judge, find blame, recognise.

Knows: the order of the steps and what each needs of the one before. Does not know how any of them works, nor words
for what was found (`assembling` does). A fault of the grader becomes a Result of status `fault`, never marks.
"""

import time
from collections.abc import Sequence

from grader.course import Chapter, Course, Exercise, Finding, Mistake, Unmet, _, difference, misfit
from grader.course.wording import came
from grader.grading.assembling import Judged, Setting, faulted, judged, refused, timed, unloadable
from grader.grading.blame import find_blame
from grader.grading.convention import carry_conventions
from grader.grading.interview import Outcome, Unforeseen, hold
from grader.grading.naming import name_by_check
from grader.grading.numerical_slope import NumericalSlope, without_numerical_slopes
from grader.grading.recognise import recognise_by_changes
from grader.grading.respondent import Asked, BehindWall, InProcess
from grader.grading.result import Result
from grader.grading.source import definitions, says_nothing
from grader.grading.unchanged import CHECK_ID, judge_unchanged
from grader.submissions import Answer, Refusal
from grader.worker import Account, CallFailed, Limits, Raised, Wall

__all__ = ["judge", "refuse", "seed_of"]


class CourseFault(Exception):
    """A check or an oracle that raises by itself: the course is at fault, not the answer."""


def seed_of(answer: Answer) -> int:
    """The seed that `check` uses: of the answer's bytes, so that asking again without a change draws the same."""
    return int(answer.sha256[:8], 16) % 10**6


def refuse(refusal: Refusal, course: Course, *, lang: str) -> Result:
    """The Result of what is no answer: a sentence, and no marks at all."""
    return refused(refusal, course, lang)


def judge(
    answer: Answer,
    course: Course,
    wall: Wall,
    *,
    seed: int,
    lang: str,
    only: Sequence[str] = (),
    show_expected: bool = False,
) -> Result:
    """Judge one answer. only: ids of checks to be asked alone.

    Never raises but KeyboardInterrupt: a fault of grader or course becomes a Result of status "fault".
    """
    began = time.perf_counter(), time.process_time()
    setting = Setting(answer, course, wall.level, wall.start_method, seed, lang, show_expected)
    account = Account(Limits())
    try:
        exercise = course.exercise(answer.exercise)
        account = Account(Limits.of({**course.limits, **exercise.limits}))
        result = _judge(setting, exercise, wall, account, only)
    except Exception as problem:
        result = faulted(setting, problem)
    spent = time.perf_counter() - began[0], time.process_time() - began[1] + account.cpu
    return timed(result, *spent)


def _judge(setting: Setting, exercise: Exercise, wall: Wall, account: Account, only: Sequence[str]) -> Result:
    answer, chapter = setting.answer, setting.course.chapter_of(exercise.id)

    def open_trusting(trusted: frozenset[str]) -> BehindWall:
        return BehindWall(wall, account, answer.parts, exercise, trusted)

    with open_trusting(frozenset()) as respondent:
        try:
            loaded = respondent.load()
        except CallFailed as problem:
            return unloadable(setting, exercise, problem, respondent.printed)
        if loaded.failures and answer.format == "py":
            return unloadable(setting, exercise, loaded.failures[0], respondent.printed)
        checks = [check for check in exercise.checks.values() if not only or check.id in only]
        held = [hold(check, exercise, chapter, respondent, setting.seed) for check in checks]
        outcomes = [_settled(outcome, exercise, chapter, setting.seed) for outcome, _interview in held]
        interviews = [interview for _outcome, interview in held]
        defined = definitions(answer.parts)
        written = frozenset(name for name in loaded.names if not (name in defined and defined[name].untouched))
        unchanged = None if only else judge_unchanged(exercise, interviews, written, respondent, open_trusting)
        outcomes = without_numerical_slopes(exercise, answer.parts, outcomes, written, respondent, open_trusting)
        respondent.close()
        blame = find_blame(exercise, chapter, outcomes, written, open_trusting, setting.seed)
        carry_conventions(exercise, chapter, outcomes, blame, open_trusting)
        found = Judged(exercise, chapter, outcomes, unchanged, blame, defined, frozenset(loaded.names))
        found.mistakes = _recognised(found, setting.seed)
        found.empty = says_nothing(answer.parts)
        found.failures = tuple(loaded.failures)
        found.printed = respondent.printed
        return judged(setting, found)


def _settled(outcome: Outcome, exercise: Exercise, chapter: Chapter, seed: int) -> Outcome:
    """A check that raised by itself: the answer's values are to blame if the oracle passes it, else the course is."""
    if not isinstance(outcome.ended, Unforeseen):
        return outcome
    oracle, _interview = hold(outcome.check, exercise, chapter, InProcess.oracle(exercise), seed)
    if not oracle.held:
        raise CourseFault(f"{exercise.id}: check {outcome.check.id}: {outcome.ended}")
    return Outcome(outcome.check, outcome.calls, outcome.details, Unmet(_unfit(outcome, exercise)))


def _unfit(outcome: Outcome, exercise: Exercise) -> Finding:
    """The first value that the check could not calculate with: the first of another structure than the oracle's."""
    respondent = InProcess.oracle(exercise)
    for call in outcome.calls:
        if call.ended is not None or call.method is not None:
            continue
        try:
            right, _changed = respondent.call(Asked(call.function, call.args, call.kwargs))
        except Raised:
            continue
        found = misfit(call.value, right) or difference(call.value, right, 1e-3, 1e-6)
        if found is not None:
            return Finding(came=came(found), call=call)
    last = outcome.calls[-1] if outcome.calls else None
    return Finding(came=_("values with which nothing can be calculated."), call=last)


def _recognised(found: Judged, seed: int) -> dict[str, dict[str, list[Mistake]]]:
    """Known mistakes by function and failed check, for every function that is at fault somewhere."""
    guilty: dict[str, list[Outcome]] = {}
    for outcome in found.outcomes:
        if isinstance(outcome.ended, NumericalSlope):
            continue  # its values are right: there is no mistake to be named
        if not outcome.held and outcome.check.id not in found.blame.carried:
            for name in found.blame.at_fault[outcome.check.id]:
                guilty.setdefault(name, []).append(found.blame.again.get((name, outcome.check.id), outcome))
    mistakes = {}
    for name, failed in guilty.items():
        seen = [found.blame.again.get((name, outcome.check.id), outcome) for outcome in found.outcomes]
        mistakes[name] = name_by_check(found.exercise, found.chapter, name, failed, seen, seed)
    if found.unchanged and found.unchanged.finding and found.unchanged.finding.call:
        name = found.unchanged.at_fault[0]
        known = recognise_by_changes(found.exercise, name, found.unchanged.finding.call)
        if known:
            mistakes.setdefault(name, {})[CHECK_ID] = [known]
    return mistakes
