"""Which of an exercise's known mistakes a function at fault has made, by whichever evidence there is.

Knows: the kinds of evidence and their order. Does not know how any of them compares, nor who is at fault.
"""

from collections.abc import Sequence

from grader.course import Chapter, Exercise, Mistake
from grader.grading.interview import Outcome
from grader.grading.recognise import recognise, recognise_by_replay, recognise_by_statistics


def name_mistakes(
    exercise: Exercise, chapter: Chapter, function: str, failed: Sequence[Outcome], seen: Sequence[Outcome], seed: int
) -> list[Mistake]:
    """The known mistakes of this function. failed: its failed checks; seen: all checks, as far as they ask for it."""
    named = name_by_check(exercise, chapter, function, failed, seen, seed)
    return _once([mistake for mistakes in named.values() for mistake in mistakes])


def name_by_check(
    exercise: Exercise, chapter: Chapter, function: str, failed: Sequence[Outcome], seen: Sequence[Outcome], seed: int
) -> dict[str, list[Mistake]]:
    """The same by failed check (its id): what a check shows of one mistake says nothing of another check.

    One mistake that explains every answer is named alone and everywhere. Where none does, each failed check is looked
    at by itself: two mistakes in one function show in different checks. Then what a failed judgement says that it
    reveals.
    """
    if any(declared.is_class or declared.keeps for declared in exercise.functions.values()):
        others = [outcome for outcome in seen if outcome not in failed]
        known = recognise_by_replay(exercise, chapter, function, [*failed, *others], seed)
        if known is not None:
            return _everywhere(failed, [known])
        replayed = [recognise_by_replay(exercise, chapter, function, [outcome], seed) for outcome in failed]
        return _each(failed, replayed) or _revealed(exercise, function, failed)
    if exercise.functions[function].draws:
        return _of_draws(exercise, function, failed)
    known = recognise(exercise, function, [call for outcome in seen for call in outcome.calls])
    if known is not None:
        return _everywhere(failed, [known])
    each = [recognise(exercise, function, outcome.calls) for outcome in failed]
    return _each(failed, each) or _revealed(exercise, function, failed)


def _of_draws(exercise: Exercise, function: str, failed: Sequence[Outcome]) -> dict[str, list[Mistake]]:
    """Draws differ from answer to answer: equal numbers first, as some draw alike, then statistics, then judgements.

    One distribution is drawn from in every check, so that what one of them shows is said of all.
    """
    equal = [recognise(exercise, function, outcome.calls) for outcome in failed]
    statistics = [
        recognise_by_statistics(exercise, function, outcome)
        for outcome in failed
        if outcome.finding and outcome.finding.statistics
    ]
    revealed = [mistake for mistakes in _revealed(exercise, function, failed).values() for mistake in mistakes]
    return _everywhere(failed, _once(equal) or _once(revealed) or _once(statistics))


def _revealed(exercise: Exercise, function: str, failed: Sequence[Outcome]) -> dict[str, list[Mistake]]:
    """What the failed judgements themselves reveal, in the author's order."""
    return {
        outcome.check.id: [mistake]
        for mistake in exercise.mistakes_of(function)
        for outcome in failed
        if outcome.finding and outcome.finding.reveals == mistake.id
    }


def _everywhere(failed: Sequence[Outcome], known: list[Mistake]) -> dict[str, list[Mistake]]:
    return {outcome.check.id: known for outcome in failed} if known else {}


def _each(failed: Sequence[Outcome], known: Sequence[Mistake | None]) -> dict[str, list[Mistake]]:
    return {outcome.check.id: [mistake] for outcome, mistake in zip(failed, known, strict=True) if mistake is not None}


def _once(mistakes: Sequence[Mistake | None]) -> list[Mistake]:
    return list({mistake.id: mistake for mistake in mistakes if mistake is not None}.values())
