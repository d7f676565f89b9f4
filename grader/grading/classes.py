"""A class: every answer judged in turn on one warm wall, and kept as it comes.

Knows: which answers still have to be judged. Does not know how one is, nor how results are shown.
"""

from collections.abc import Iterator

from grader import __version__
from grader.course import Course, CourseError
from grader.grading.judging import judge, refuse
from grader.grading.result import Result
from grader.grading.results_file import Key, ResultsFile
from grader.submissions import Answer, ClassFolder, Refusal
from grader.worker import Wall


def judge_class(
    folder: ClassFolder,
    course: Course,
    wall: Wall,
    *,
    seed: int,
    lang: str,
    results: ResultsFile,
    show_expected: bool = False,
) -> Iterator[Result | None]:
    """Judge what is missing or changed, and append it. Yields each new Result; None where the old one stands.

    One broken submission never ends a class: whatever happens to an answer is its Result. Raises OSError where the
    results cannot be written.
    """
    for student, path in folder.items:
        shown_as, read = folder.name_of(path), folder.read(student, path)
        if results.done.get(shown_as) == _key(read, shown_as, course, seed, lang, wall.level):
            yield None
            continue
        result = (
            refuse(read, course, lang=lang)
            if isinstance(read, Refusal)
            else judge(read, course, wall, seed=seed, lang=lang, show_expected=show_expected)
        )
        results.append(result)
        yield result
    results.tidy()


def _key(read: Answer | Refusal, shown_as: str, course: Course, seed: int, lang: str, level: str) -> Key | None:
    if isinstance(read, Refusal):
        return Key(shown_as, read.sha256, None, None, None, lang, None)
    try:
        return Key(shown_as, read.sha256, seed, course.digest(read.exercise), __version__, lang, level)
    except (OSError, CourseError):
        return None
