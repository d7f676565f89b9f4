"""verify: the course proves that it judges rightly, exercise by exercise, and names the exact fault where it does not.

Knows: which proofs there are. Does not know how a table is printed. What holds: the oracle and the model answer pass
with every seed, the skeleton does not, every known mistake is caught in its function and told from the others, every
sentence has its forms, statements exist in every language, and no file lies about that belongs to nothing.
"""

import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.marked import marked_sentences, unmarkable
from grader.authoring.proofs import prove_mistakes, prove_oracle, prove_skeleton, prove_solution
from grader.authoring.texts import missing_forms, sentences
from grader.course import Course, CourseError, Exercise, load_course
from grader.worker import Wall, open_wall

SEEDS = 20
CAPSTONE_SHARE = 10


@dataclass(frozen=True)
class Verified:
    """One line of the table: what the exercise has, and every fault found in it."""

    exercise: str
    checks: int
    points: int
    mistakes: int
    seeds: int
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    seconds: float


def verify(
    course: Course, ids: Sequence[str], wall: Wall, *, seeds: int = SEEDS, lanes: int | None = None
) -> Iterator[Verified]:
    """Prove each of these exercises, on all cores where there are several of both, and yield them in this order.

    Each lane is a process of its own with its own wall, of the level and start of the one that is given.
    """
    lanes = min(lanes or os.cpu_count() or 1, len(ids))
    if lanes < 2:
        yield from (verify_exercise(course, id, wall, seeds) for id in ids)
        return
    # Spawned, not forked: this process may hold threads (a progress bar), and a fork takes along only one.
    with ProcessPoolExecutor(lanes, multiprocessing.get_context("spawn")) as pool:
        proofs = [pool.submit(_prove, course.folder, id, seeds, wall.level, wall.start_method) for id in ids]
        for proof in proofs:
            yield proof.result()


def _prove(folder: Path, id: str, seeds: int, level: str, start: str) -> Verified:
    with open_wall(level, start) as wall:
        return verify_exercise(load_course(folder), id, wall, seeds)


def verify_exercise(course: Course, id: str, wall: Wall, seeds: int) -> Verified:
    """Prove one exercise with seeds 1 … seeds; a capstone, which trains whole networks, with a tenth of them."""
    began = time.perf_counter()
    try:
        exercise = course.exercise(id)
    except CourseError as problem:
        return Verified(id, 0, 0, 0, seeds, (str(problem),), (), time.perf_counter() - began)
    seeds = max(2, seeds // CAPSTONE_SHARE) if exercise.capstone else seeds
    draws = range(1, seeds + 1)
    faults = [
        *_faults_of_form(course, exercise),
        *prove_oracle(course, exercise, draws),
        *prove_solution(course, exercise, wall, draws),
        *prove_skeleton(course, exercise, wall),
        *prove_mistakes(course, exercise, draws),
    ]
    notes = [
        f"{other}, which it builds on, is not in this course." for other in exercise.after if other not in course.ids
    ]
    points = sum(check.points for check in exercise.checks.values()) + course.points_unchanged
    took = time.perf_counter() - began
    return Verified(
        id, len(exercise.checks) + 1, points, len(exercise.mistakes), seeds, tuple(faults), tuple(notes), took
    )


def _faults_of_form(course: Course, exercise: Exercise) -> Iterator[str]:
    if not exercise.hints:
        yield "it has no hint; a student who is stuck needs one that leads."
    for language in course.languages:
        statement = course.statement(exercise.id, language)
        if not statement.is_file() or not statement.read_text(encoding="utf-8").strip():
            yield f"the statement {statement.name} is missing or empty."
    if not course.solution(exercise.id).is_file():
        yield f"the solution {course.solution(exercise.id).name} is missing."
    for name in exercise.functions:
        if not any(name in check.of for check in exercise.checks.values()):
            yield f"no check is of {name}."
    path = course.reference(exercise.id)
    yield from unmarkable(path)
    marked = {template: where for where, template in sentences(exercise)}
    yield from missing_forms(course, exercise.id, marked_sentences(path) | marked)


def faults_of_shared_texts(course: Course) -> list[str]:
    """Sentences that several references share (reference/*.py) and that lack a form in the course's own catalogue."""
    shared = sorted((course.folder / "reference").glob("*.py"))
    marked = {template: where for path in shared for template, where in marked_sentences(path).items()}
    return list(missing_forms(course, "course", marked)) if marked else []


def stray_files(course: Course) -> list[str]:
    """Files in the course's folders that belong to no exercise of course.toml, as paths within the course."""
    known = {course.reference(id) for id in course.ids} | {course.solution(id) for id in course.ids}
    for id in course.ids:
        known |= {course.reference(id).with_name(f"{id}_test.py"), course.skeleton(id)}
        for language in course.languages:
            known |= {course.statement(id, language), course.notebook(id, language)}
    known |= set((course.folder / "reference").glob("*.py"))
    known |= set((course.folder / "exercises").glob("*.md"))
    found = [path for folder in ("exercises", "solutions", "reference") for path in _files(course.folder / folder)]
    catalogues = [path for path in _files(course.folder / "locale") if path.suffix == ".po"]
    lost = [path for path in catalogues if path.stem not in (*course.ids, "course")]
    return sorted(str(path.relative_to(course.folder)) for path in [*(set(found) - known), *lost])


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
