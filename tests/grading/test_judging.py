"""From a source to a Result: statuses, points, blame, mistakes."""

import pytest

from grader.grading import from_json, to_json

RIGHT = """
def cube(x): return x * x * x
def cube_grad(x): return 3 * x * x
"""


def test_a_right_answer_passes_with_all_points(judge):
    result = judge(RIGHT)
    assert (result.status, result.earned, result.points, result.score) == ("pass", 9, 9, 1.0)


def test_the_same_seed_gives_the_same_result_but_for_the_times(judge):
    def told(result):
        return to_json(result.result).split('"seconds"')[0]

    assert told(judge(RIGHT)) == told(judge(RIGHT))


def test_a_result_survives_being_written_and_read(judge):
    result = judge("def cube(x): return x / 0.0\ndef cube_grad(x): return x * np.nan").result
    assert from_json(to_json(result)).status == "fail"


def test_an_error_in_the_cube_is_not_counted_again_in_its_slope(judge):
    result = judge("""
        def cube(x): return x ** 2
        def cube_grad(x): return 3 * cube(x)
    """)
    assert result.function("cube").status == "fail"
    assert result.mistakes("cube") == ["squared"]
    assert result.function("cube_grad").status == "fail"  # 3x² is no slope of x³ with a right cube either: 3·x³


def test_a_right_slope_of_a_wrong_cube_is_judged_against_that_cube(judge):
    result = judge("def cube(x): return x ** 2\ndef cube_grad(x): return 2 * x")
    assert result.check("own_slope").status == "pass"
    assert result.check("slope").status == "carried"
    assert result.function("cube_grad").blame == ["cube"]


def test_a_slope_that_is_wrong_where_its_cube_is_right_has_its_own_fault(judge):
    result = judge("""
        def cube(x): return x ** 3 if np.ndim(x) else 7.0
        def cube_grad(x): return 3 * x ** 2 if np.ndim(x) == 2 else x
    """)
    assert result.check("own_slope").status == "pass"
    assert result.check("slope").status == "fail"
    assert result.function("cube").status == "fail"


def test_a_function_that_calls_a_wrong_one_is_carried(judge):
    result = judge("""
        def cube(x): return x ** 2
        def cube_grad(x): return 3 * cube(x) / x
    """)
    assert result.function("cube_grad").status == "carried"
    assert result.function("cube_grad").blame == ["cube"]
    assert {result.check(id).status for id in ("own_slope", "slope")} == {"carried"}
    assert result.check("slope").earned == 1


def test_a_law_between_two_functions_is_carried_where_the_other_is_wrong(judge):
    result = judge("def cube(x): return x ** 2\ndef cube_grad(x): return 3 * x ** 2")
    assert result.check("homogeneous").status == "carried"
    assert result.check("own_slope").status == "carried"
    assert result.function("cube_grad").blame == ["cube"]


def test_a_known_mistake_is_named_by_equal_answers(judge):
    result = judge("def cube(x): return x ** 3\ndef cube_grad(x): return x * x")
    assert result.mistakes("cube_grad") == ["exponent_kept"]
    assert result.check("own_slope").think == "What becomes of the 3?"


def test_a_wrong_gradient_that_is_no_known_mistake_gets_its_pattern(judge):
    result = judge("def cube(x): return x ** 3\ndef cube_grad(x): return -3 * x * x")
    assert result.mistakes("cube_grad") == []
    assert result.function("cube_grad").pattern == "Every entry has the wrong sign."


def test_a_gradient_shows_the_slope_of_the_answers_own_forward(judge):
    check = judge("def cube(x): return x ** 3\ndef cube_grad(x): return 2 * x * x").check("own_slope")
    assert check.got / check.expected == pytest.approx(2 / 3, rel=1e-3)
    assert "by numerical differentiation" in check.holds


def test_the_oracles_value_is_withheld_unless_it_is_asked_for(judge):
    source = "def cube(x): return x + 1\ndef cube_grad(x): return 3 * x * x"
    assert judge(source).check("ordinary").expected is None
    assert judge(source).check("of_ten").expected == 1000.0
    assert judge(source, show_expected=True).check("ordinary").expected is not None


def test_an_argument_that_was_changed_costs_the_free_check_alone(judge):
    result = judge("""
        def cube(x):
            if isinstance(x, float): return x ** 3
            x **= 3
            return x
        def cube_grad(x): return 3 * x * x
    """)
    assert [check.id for check in result.checks if check.status != "pass"] == ["unchanged"]
    assert result.mistakes("cube") == ["arguments_changed"]


def test_a_cache_that_leaks_shows_in_the_free_check(judge):
    result = judge("""
        seen = []
        def cube(x):
            seen.append(x)
            return x ** 3 if len(seen) < 3 else np.zeros_like(x)
        def cube_grad(x): return 3 * x * x
    """)
    assert result.check("unchanged").status == "fail"


def test_an_untouched_skeleton_is_todo_and_nothing_is_taken_for_wrong(judge):
    result = judge("""
        def cube(x):
            '''The cube.'''
            raise NotImplementedError("cube: not written yet")
        def cube_grad(x):
            '''Its slope.'''
            raise NotImplementedError("cube_grad: not written yet")
    """)
    assert result.status == "todo"
    assert {check.status for check in result.checks} == {"todo"}


def test_a_half_written_answer_fails_and_its_unwritten_function_is_todo(judge):
    result = judge("def cube(x): return x ** 3\ndef cube_grad(x): pass")
    assert result.status == "fail"
    assert result.function("cube").status == "pass"
    assert result.function("cube_grad").status == "todo"
    assert result.next == "Write cube_grad, then: grader check cube.py"


def test_a_slope_that_needs_an_unwritten_cube_is_carried(judge):
    result = judge("""
        def cube(x): raise NotImplementedError
        def cube_grad(x): return 3 * cube(x) / x
    """)
    assert result.function("cube").status == "todo"
    assert result.function("cube_grad").status == "carried"


def test_a_function_that_is_not_there_is_missing_and_the_others_are_judged(judge):
    result = judge("def cube(x): return x ** 3")
    assert result.function("cube_grad").status == "missing"
    assert result.check("own_slope").message == "cube_grad is not defined in cube.py."
    assert result.function("cube").status == "pass"


def test_a_wrong_signature_says_how_the_function_is_called(judge):
    message = judge("def cube(): return 1.0\ndef cube_grad(x): return 3 * x * x").check("ordinary").message
    assert "cube cannot be called like that" in message
    assert "takes 0 positional arguments but 1 was given" in message


@pytest.mark.parametrize(
    ("value", "came"),
    [
        ("None", "None, where an array of shape (2, 3) is asked for."),
        ("'abc'", "the text 'abc', where an array of shape (2, 3) is asked for."),
        ("np.ones(4)", "shape (4,), where (2, 3) is asked for."),
        ("1.5", "a single number, where shape (2, 3) is asked for."),
        ("x * np.nan", "nan at [0, 0], where x is"),
        ("(x, x)", "a tuple of 2, where an array of shape (2, 3) is asked for."),
        ("object()", "a value of the type object, which is neither a number nor an array of numbers."),
        ("x.astype(complex)", "complex"),
    ],
)
def test_a_value_of_another_kind_is_said_to_be_one(judge, value, came):
    check = judge(f"def cube(x): return {value}\ndef cube_grad(x): return 3 * x * x").check("ordinary")
    assert check.status == "fail"
    assert came in check.came


def test_an_exception_is_told_with_its_line(judge):
    check = judge("def cube(x):\n    return x[17]\ndef cube_grad(x): return 3 * x * x").check("ordinary")
    assert (check.status, check.line) == ("error", 3)
    assert check.came.startswith("IndexError in line 3: index 17 is out of bounds")


def test_an_endless_loop_costs_its_checks_and_no_more_than_two_waits(judge):
    result = judge("def cube(x):\n    while True: pass\ndef cube_grad(x): return 3 * x * x")
    assert result.check("ordinary").status == "timeout"
    assert "Does a loop wait" in result.check("ordinary").came


@pytest.mark.parametrize("leave", ["import os; os._exit(0)", "import sys; sys.exit()", "raise SystemExit(0)"])
def test_leaving_python_is_never_a_pass(judge, leave):
    result = judge(f"def cube(x):\n    {leave}\ndef cube_grad(x): return 3 * x * x")
    assert result.check("ordinary").status in ("crash", "error")
    assert result.check("slope").status == "pass"


def test_a_crash_of_the_interpreter_ends_one_check(judge):
    result = judge("""
        import ctypes
        def cube(x): return ctypes.string_at(0)
        def cube_grad(x): return 3 * x * x
    """)
    assert result.check("ordinary").status in ("crash", "error")
    assert result.check("slope").status == "pass"


def test_a_flood_of_output_is_a_limit_and_prints_alone_cost_nothing(judge):
    printing = judge("def cube(x):\n    print('hello', x)\n    return x ** 3\ndef cube_grad(x): return 3 * x * x")
    assert printing.status == "pass"
    assert "hello" in printing.printed
    flood = judge("def cube(x):\n    while True: print('x' * 10**6)\ndef cube_grad(x): return 3 * x * x")
    assert flood.check("ordinary").status == "limit"


def test_a_syntax_error_is_told_with_file_and_line(judge):
    result = judge("def cube(x:\n    return x")
    assert (result.status, result.line) == ("error", 2)
    assert result.message.startswith("cube.py, line 2: Python cannot read this line.")


def test_a_module_that_raises_cannot_be_loaded(judge):
    result = judge(RIGHT + "\nprint(cube('a'))")
    assert result.status == "error"
    assert result.earned == 0
    assert "TypeError" in result.message


def test_a_failed_experiment_shows_its_numbers(judge):
    result = judge("def cube(x): return x ** 3\ndef cube_grad(x): return -3 * x * x")
    assert result.check("downhill").status == "fail"
    assert result.details["downhill"]["end"][0] > 1


def test_one_check_can_be_asked_alone_and_draws_the_same(judge):
    source = "def cube(x): return x ** 2\ndef cube_grad(x): return x"
    whole, alone = judge(source).check("slope"), judge(source, only=["slope"])
    assert [check.id for check in alone.checks] == ["slope"]
    assert alone.check("slope").came == whole.came


def test_what_an_answer_writes_cannot_colour_or_break_the_result(judge):
    result = judge("def cube(x): raise ValueError('\\x1b[31m[bold]\\u202e')\ndef cube_grad(x): return x")
    assert "\x1b" not in to_json(result.result)
    assert "\u202e" not in result.check("ordinary").came


def test_an_oracle_that_raises_is_a_fault_of_the_grader_and_takes_no_marks(judge, cubes, monkeypatch):
    def broken(student, rng):
        student.cube(1.0)
        raise ZeroDivisionError("in the course")

    exercise = cubes.exercise("cube")
    check = exercise.checks["of_ten"]
    monkeypatch.setitem(exercise.checks, "of_ten", type(check)("of_ten", "edge", ("cube",), 1, check.title, broken))
    result = judge(RIGHT)
    assert (result.status, result.score, result.earned) == ("fault", None, None)
    assert result.message.startswith("A fault of the grader, not of your answer")


def test_values_that_a_check_cannot_calculate_with_are_the_answers_fault(judge):
    result = judge("def cube(x): return None\ndef cube_grad(x): return 3 * x * x")
    assert result.check("homogeneous").status in ("fail", "carried")
    assert result.status == "fail"


@pytest.mark.parametrize("check", ["ordinary", "slope"])
def test_a_generator_where_an_array_is_asked_for_is_named(judge, check):
    result = judge("def cube(x): return (v ** 3 for v in x)\ndef cube_grad(x): return (v for v in x)")
    assert result.check(check).status == "fail"
    assert result.check(check).came.startswith("a value of the type generator, where an array of shape (")


def test_an_experiment_that_rests_on_a_carried_function_is_carried_by_its_root(judge):
    result = judge("""
        def cube(x): return x ** 2 if np.ndim(x) == 2 else -x ** 3
        def cube_grad(x): return 3 * cube(x) / x
    """)
    assert result.check("downhill").status == "carried"
    assert result.function("cube_grad").blame == ["cube"]
