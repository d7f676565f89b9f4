"""What a course must prove about an exercise before its verdicts can be believed.

Knows: how to put the oracle, the model answer, the skeleton and every known mistake through the checks. Does not know
files beyond those of the exercise, nor how faults are printed. Each proof yields sentences, one a fault.
"""

import ast
from collections.abc import Iterator, Sequence

from grader.course import Chapter, Check, Course, Exercise, Mistake
from grader.grading import judge
from grader.grading.interview import Interview, Outcome, hold
from grader.grading.naming import name_mistakes
from grader.grading.recognise import recognise_by_changes
from grader.grading.respondent import InProcess
from grader.submissions import Answer, Refusal, read_answer
from grader.worker import Raised, Wall

BROKEN = ("AttributeError", "NameError", "ImportError", "ModuleNotFoundError")


def prove_oracle(course: Course, exercise: Exercise, seeds: Sequence[int]) -> Iterator[str]:
    """The oracle passes every check, the gradient checks among them: autograd agrees with numerical differentiation."""
    chapter = course.chapter_of(exercise.id)
    for check in exercise.checks.values():
        for seed in seeds:
            outcome, interview = hold(check, exercise, chapter, InProcess.oracle(exercise), seed)
            if not outcome.held:
                yield f"the oracle fails {check.id} with seed {seed}: {outcome.ended}"
                break
            if interview.changed:
                yield f"the oracle changes an argument in {check.id}."
                break


def prove_solution(course: Course, exercise: Exercise, wall: Wall, seeds: Sequence[int]) -> Iterator[str]:
    """The model answer passes every check with every seed, behind the wall like anybody's."""
    answer = read_answer(course.solution(exercise.id), frozenset(course.ids))
    if isinstance(answer, Refusal):
        yield f"the solution cannot be read: {answer.reason}"
        return
    yield from _prove_signatures(exercise, answer)
    for seed in seeds:
        result = judge(answer, course, wall, seed=seed, lang="en")
        if result.status == "pass":
            continue
        failed = next((f"{check.id}: {check.message}" for check in result.checks if check.status != "pass"), "")
        yield f"the solution does not pass with seed {seed}: {failed or result.message}"
        return


def prove_skeleton(course: Course, exercise: Exercise, wall: Wall) -> Iterator[str]:
    """The skeleton is an answer that has not been begun: `todo`, and nothing of it passes."""
    path = course.skeleton(exercise.id)
    if not path.is_file():
        yield f"the skeleton {path.name} is missing; grader build writes it."
        return
    answer = read_answer(path, frozenset(course.ids))
    if isinstance(answer, Refusal):
        yield f"the skeleton cannot be read: {answer.reason}"
        return
    result = judge(answer, course, wall, seed=1, lang="en")
    if result.status != "todo":
        passed = ", ".join(check.id for check in result.checks if check.status == "pass")
        yield f"the skeleton is judged {result.status}, not todo ({passed or result.message})."


def prove_mistakes(course: Course, exercise: Exercise, seeds: Sequence[int]) -> Iterator[str]:
    """Every known mistake is caught in its function and named by its own id, with every seed."""
    for mistake in exercise.mistakes:
        for seed in seeds:
            fault = _fault_of(course, exercise, mistake, seed)
            if fault:
                yield f"the mistake {mistake.id} of {mistake.of} {fault} (seed {seed})."
                break


def _fault_of(course: Course, exercise: Exercise, mistake: Mistake, seed: int) -> str:
    """Nothing where the mistake is caught and named by its own id.

    Checks are held until one names it: what more of them would be asked can rule out other mistakes, never this one.
    """
    chapter = course.chapter_of(exercise.id)
    respondent = InProcess.oracle(exercise, **{mistake.of: mistake.wrong})
    outcomes: list[Outcome] = []
    interviews: list[Interview] = []
    failed: list[Outcome] = []
    for check in _cheapest_first(exercise, mistake.of):
        outcome, interview = hold(check, exercise, chapter, respondent, seed)
        outcomes.append(outcome)
        interviews.append(interview)
        if not outcome.held:
            failed.append(outcome)
            if _is_named(mistake, outcomes, failed, exercise, chapter, seed):
                return ""
    if broken := _broken(mistake, outcomes):
        return f"is itself broken: {broken}"
    if not failed:
        return _fault_of_changes(exercise, mistake, interviews)
    # Checks that held show numbers as well: two of them may tell the mistake where one did not.
    if _is_named(mistake, outcomes, failed, exercise, chapter, seed):
        return ""
    named = name_mistakes(exercise, chapter, mistake.of, failed, outcomes, seed)
    if named:
        return f"is taken for {named[0].id}"
    return f"is caught by {', '.join(outcome.check.id for outcome in failed)}, but not named"


def _is_named(
    mistake: Mistake,
    outcomes: Sequence[Outcome],
    failed: Sequence[Outcome],
    exercise: Exercise,
    chapter: Chapter,
    seed: int,
) -> bool:
    named = name_mistakes(exercise, chapter, mistake.of, failed, outcomes, seed)
    return mistake.id in [known.id for known in named] and not _broken(mistake, outcomes)


def _broken(mistake: Mistake, outcomes: Sequence[Outcome]) -> str:
    """What a mistake raises at every call where its own code is at fault: it would be caught, and equal itself."""
    calls = [call for outcome in outcomes for call in outcome.calls if call.function == mistake.of]
    ended = [call.ended for call in calls if isinstance(call.ended, Raised) and call.ended.type in BROKEN]
    return str(ended[0]) if ended and len(ended) == len(calls) else ""


def _cheapest_first(exercise: Exercise, function: str) -> list[Check]:
    order = {kind: place for place, kind in enumerate(("value", "edge", "law", "gradient", "experiment"))}
    return sorted(
        (check for check in exercise.checks.values() if function in check.of), key=lambda check: order[check.kind]
    )


def _fault_of_changes(exercise: Exercise, mistake: Mistake, interviews: Sequence[Interview]) -> str:
    for interview in interviews:
        for place in interview.changed:
            known = recognise_by_changes(exercise, mistake.of, interview.calls[place])
            if known is not None:
                return "" if known.id == mistake.id else f"is taken for {known.id}"
    return f"is not caught by any check of {mistake.of}"


def _prove_signatures(exercise: Exercise, answer: Answer) -> Iterator[str]:
    """The model answer's parameters are the oracle's: they become the skeleton's, and so the contract."""
    nodes = {
        node.name: node
        for part in answer.parts
        for node in ast.parse(part.source).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    for name, function in exercise.functions.items():
        node = nodes.get(name)
        if node is None:
            yield f"the solution does not define {name}."
        elif isinstance(node, ast.FunctionDef) and not function.is_class:
            written = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
            if written != list(function.signature.parameters):
                wanted = ", ".join(function.signature.parameters)
                yield f"{name} takes ({', '.join(written)}) in the solution and ({wanted}) in the reference."
