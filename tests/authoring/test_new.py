"""An author's first minute with a new exercise."""

import pytest

from grader.authoring import build, new, stray_files, verify
from grader.course import CourseError, load_course
from grader.worker import open_wall


def test_a_new_exercise_is_five_files_and_a_line_for_the_author_to_write(small):
    created = new(small, "cubes", "first")
    assert sorted(path.relative_to(small.folder).as_posix() for path in created.paths) == [
        "exercises/first/cubes.ja.md",
        "exercises/first/cubes.md",
        "locale/ja/LC_MESSAGES/cubes.po",
        "reference/first/cubes.py",
        "solutions/first/cubes.py",
    ]
    assert created.todo.endswith('exercises = ["squares", "cubes"]')
    assert load_course(small.folder).ids == ("squares",)


def test_what_the_templates_say_holds(small):
    build(small)
    with open_wall("process") as wall:
        [verified] = verify(small, small.ids, wall, seeds=3)
    assert verified.faults == ()
    assert stray_files(small) == []


def test_nothing_is_overwritten_and_nothing_half_done(small):
    before = small.reference("squares").read_bytes()
    small.solution("squares").unlink()
    with pytest.raises(CourseError, match="exists; nothing was written"):
        new(small, "squares")
    assert small.reference("squares").read_bytes() == before
    assert not small.solution("squares").exists()


@pytest.mark.parametrize("id", ["", "Softmax", "2nd", "a-b", "../evil", "lambda", "random", "numpy", "あ"])
def test_a_name_that_cannot_be_a_file_of_python_is_refused(small, id):
    with pytest.raises(CourseError, match="cannot name an exercise"):
        new(small, id)


def test_an_unknown_chapter_is_refused_and_so_is_another_than_the_courses(small):
    with pytest.raises(CourseError, match=r'no chapter "last"\. There are: first'):
        new(small, "cubes", "last")
    with pytest.raises(CourseError, match="stands in the chapter first"):
        new(small, "squares", "last")
