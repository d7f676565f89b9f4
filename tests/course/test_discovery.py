"""A course on disk, and one sentence for its author where it cannot be used."""

import sys

import pytest

from grader.course import CourseError, load_course
from tests.course.conftest import COURSE, REFERENCE


def test_the_bundled_course_loads_every_exercise():
    course = load_course()
    assert [course.exercise(id).id for id in course.ids] == list(course.ids)


def test_a_course_of_somebody_else_is_loaded_from_its_folder(write_course):
    course = load_course(write_course())
    assert list(course.exercise("double").checks) == ["doubles"]


def test_loading_a_reference_leaves_no_module_of_its_name_behind(write_course):
    load_course(write_course()).exercise("double")
    assert not [name for name in sys.modules if name.split(".")[0] == "reference"]


def test_two_courses_have_each_their_own_common_module(write_course, tmp_path):
    for name in ("a", "b"):
        folder = tmp_path / name
        (folder / "reference" / "one").mkdir(parents=True)
        (folder / "reference" / "common.py").write_text(f"NAME = {name!r}")
        said = REFERENCE.replace(
            "exercise =", f"from reference.common import NAME\nassert NAME == {name!r}\nexercise =", 1
        )
        (folder / "reference" / "one" / "double.py").write_text(said)
        (folder / "course.toml").write_text(COURSE)
        assert load_course(folder).exercise("double").functions


def test_an_unknown_exercise_is_answered_with_a_near_name(write_course):
    with pytest.raises(CourseError, match=r'There is no exercise "duble"\. Did you mean "double"'):
        load_course(write_course()).exercise("duble")


@pytest.mark.parametrize(
    ("course", "says"),
    [
        ("[course", "this is no TOML"),
        ('[course]\ntitle = "x"\nlanguages = ["en"]', r"needs at least one \[\[chapter\]\]"),
        (COURSE.replace('title = "A small course"', ""), r"\[course\] needs title"),
        (COURSE.replace('["en"]', '["xx"]'), "no language 'xx'"),
        (COURSE.replace('["double"]', '["double", "double"]'), 'the exercise "double" stands there twice'),
    ],
)
def test_a_course_file_that_cannot_be_used_gets_one_sentence(write_course, course, says):
    with pytest.raises(CourseError, match=says):
        load_course(write_course(course=course))


@pytest.mark.parametrize(
    ("replaced", "by", "says"),
    [
        ('check("value"', 'check("valve"', '"valve" is no kind of check'),
        ('of="double", title', 'of="triple", title', "check doubles is of triple, which is no @exercise.function"),
        ('of="double", says', 'of="triple", says', "mistake squared is of triple"),
        ('title=_("double(x) is 2x")', 'points=0, title=_("")', "points are a whole number, at least 1, not 0"),
        ("2.0 * x", "2.0 * )", "cannot be loaded: SyntaxError"),
    ],
)
def test_a_reference_that_cannot_be_used_gets_one_sentence(write_course, replaced, by, says):
    course = load_course(write_course(REFERENCE.replace(replaced, by, 1)))
    with pytest.raises(CourseError, match=says):
        course.exercise("double")


def test_a_folder_without_course_is_said_to_hold_none(tmp_path):
    with pytest.raises(CourseError, match=r"holds no course: course\.toml cannot be read"):
        load_course(tmp_path)
