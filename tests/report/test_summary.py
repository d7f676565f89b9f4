"""What an instructor reads about a class."""

import msgspec
import pytest


@pytest.fixture
def one(make):
    """one(student, exercise, status, earned=, mistakes=): the Result of an answer worth ten points."""

    def build(student, exercise, status, *, earned=None, mistakes=(), **more):
        numbers = {} if status in ("refused", "fault") else {"earned": earned or 10 * (status == "pass"), "points": 10}
        functions = [make.function("sigmoid_grad", "fail", mistakes=mistakes)] if status == "fail" else []
        return make.result(
            exercise=exercise, status=status, student=student, functions=functions,
            **{"path": f"{student}/{exercise}.py", **numbers, **more},
        )  # fmt: skip

    return build


def test_a_class_is_a_table_of_students_and_exercises(one, make, tell):
    results = [
        one("aiko", "init", "pass"),
        one("aiko", "sigmoid", "pass"),
        one("ben", "sigmoid", "fail", earned=7, mistakes=[make.slope]),
        one("花子", "sigmoid", "todo"),
        one("花子", "init", "error"),
    ]
    assert (
        tell(results, order=["sigmoid", "init"])
        == """\
             sigmoid  init
  aiko       ✓ 10/10  ✓ 10/10
  ben        ✗ 7/10
  花子       □ 0/10   broken
  all holds  1 of 3   1 of 2

  ✓ holds   ✗ does not   □ not started

  Known mistakes
    1 × sigmoid_grad (sigmoid): ben
        x(1 − x) is the slope written with the output y = σ(x); the input was
        put in.

  5 answers of 3 students: 2 hold, 1 do not, 1 not started, 1 cannot be loaded,
  0 refused, 0 not judged.
"""
    )


def test_answers_to_one_exercise_are_lines_with_the_first_known_mistake(one, make, tell):
    results = [
        one("ben", "sigmoid", "fail", mistakes=[make.slope]),
        one("aiko", "sigmoid", "error", message="sigmoid.py, line 3: Python cannot read this line.\n  x ="),
        one("chen", "sigmoid", "fail"),
    ]
    assert tell(results).splitlines()[:3] == [
        "  aiko  broken  sigmoid.py, line 3: Python cannot read this line.",
        "  ben   ✗ 0/10  x(1 − x) is the slope written with the output y = σ(x); the inp…",
        "  chen  ✗ 0/10  sigmoid_grad",
    ]


def test_refusals_and_faults_stand_apart_and_count_in_no_column(one, tell):
    results = [
        one("aiko", "sigmoid", "pass"),
        one("ben", "sigmoid", "fault", message="A fault of the grader."),
        one("chen", None, "refused", message="It holds no text.", path="chen/notes.txt"),
        one("dai", "init", "pass"),
    ]
    text = tell(results)
    assert "all holds  1 of 1   1 of 1" in text
    assert "Refused: these are no answers, and got no marks.\n    chen/" in text
    assert "Not judged through a fault of the grader; no marks were given.\n    ben/" in text
    assert "1 refused, 1 not judged." in " ".join(text.split())


def test_a_mistake_is_told_once_with_those_who_made_it(one, make, tell):
    results = [one(f"s{k:02}", "sigmoid", "fail", mistakes=[make.slope]) for k in range(11)]
    text = tell(results)
    assert "   11 × sigmoid_grad (sigmoid): s00, s01, s02, s03, s04, s05 and 5 more" in text


def test_one_mistake_in_two_functions_of_one_student_is_one_mistake(one, make, tell):
    twice = one("aiko", "sigmoid", "fail")
    functions = [make.function(name, "fail", mistakes=[make.slope]) for name in ("sigmoid", "sigmoid_grad")]
    assert "    1 × sigmoid, sigmoid_grad (sigmoid): aiko\n" in tell(
        [msgspec.structs.replace(twice, functions=functions)]
    )


def test_three_hundred_answers_are_fifty_lines_and_fit_the_width(one, tell):
    exercises = ["sigmoid", "cross_entropy", "backprop", "init", "adam", "bptt"]
    results = [one(f"student{k:02}", exercise, "pass") for k in range(50) for exercise in exercises]
    lines = tell(results).splitlines()
    assert len(lines) < 60
    assert max(map(len, lines)) <= 80


def test_more_exercises_than_fit_stand_in_several_tables(one, tell):
    exercises = [f"an_exercise_{k}" for k in range(9)]
    lines = tell([one("aiko", exercise, "pass") for exercise in exercises]).splitlines()
    assert sum(line.startswith("  aiko") for line in lines) == 3
    assert max(map(len, lines)) <= 80


def test_a_students_name_cannot_colour_the_table(one, tell):
    text = tell([one("\x1b[31m[red]", "sigmoid", "pass"), one("\x1b[31m[red]", "init", "pass")])
    assert r"\x1b[31m[red]" in text
    assert "\x1b" not in text


def test_a_class_without_answers_is_only_counted(tell):
    assert tell([]).startswith("  0 answers of 0 students")


def test_who_made_a_mistake_is_told_however_many_functions_it_was_made_in(one, make, tell):
    functions = [make.function(f"a_function_of_a_long_name_{k}", "fail", mistakes=[make.slope]) for k in range(4)]
    result = msgspec.structs.replace(one("aiko", "sigmoid", "fail"), functions=functions)
    assert "(sigmoid): aiko" in " ".join(tell([result]).split())
