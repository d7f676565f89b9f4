"""The bundled course, one warm wall, and an answer to any of its exercises from a file or a string."""

import pytest

from grader.course import load_course
from grader.grading import judge as judge_answer
from grader.submissions import Answer, read_answer
from grader.worker import open_wall


@pytest.fixture(scope="session")
def course():
    return load_course()


@pytest.fixture(scope="session")
def wall():
    with open_wall("process") as wall:
        yield wall


@pytest.fixture
def judge(course, wall, tmp_path):
    """`judge(exercise id, source, seed)`: the Result of an answer of this text."""

    def judge(id, source, seed=1, lang="en"):
        path = tmp_path / f"{id}.py"
        path.write_text(source, encoding="utf-8")
        answer = read_answer(path, frozenset(course.ids), shown_as=f"{id}.py")
        assert isinstance(answer, Answer), answer
        return judge_answer(answer, course, wall, seed=seed, lang=lang)

    return judge
