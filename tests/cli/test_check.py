"""grader check: what a student types most."""

import json
import os

import pytest

WRONG = """\
import numpy as np

def sigmoid(x):
    return 0.5 * (1 + np.tanh(x / 2))

def sigmoid_grad(x):
    return x * (1 - x)
"""


def test_a_right_answer_ends_with_0_and_the_next_exercise(grader, write, right, ids):
    write("sigmoid.py", right)
    ran = grader("check")
    assert ran.code == 0
    assert ran.out.splitlines()[0].startswith("sigmoid.py  ")
    assert "13 of 13 points" in ran.out
    assert f"grader start {ids[ids.index('sigmoid') + 1]}" in ran.words
    assert ran.err == ""


def test_a_wrong_answer_ends_with_1_and_a_question(grader, write):
    write("sigmoid.py", WRONG)
    ran = grader("check", "sigmoid.py", "--seed", 7)
    assert ran.code == 1
    assert "In y(1 − y), what is y?" in ran.out
    assert "Correct sigmoid_grad, then: grader check sigmoid.py" in ran.words


def test_the_same_answer_gets_the_same_questions_until_it_changes(grader, write):
    write("sigmoid.py", WRONG)
    first, second = (json.loads(grader("check", "--json").out) for _ in range(2))
    write("sigmoid.py", WRONG + "# changed\n")
    third = json.loads(grader("check", "--json").out)
    assert first["seed"] == second["seed"] != third["seed"]
    assert {**first, "seconds": None} == {**second, "seconds": None}


def test_one_check_can_be_asked_alone(grader, write):
    write("sigmoid.py", WRONG)
    result = json.loads(grader("check", "--json", "--only", "own_slope").out)
    assert [check["id"] for check in result["checks"]] == ["own_slope"]


def test_a_check_that_is_not_there_is_answered_with_those_that_are(grader, write, right):
    write("sigmoid.py", right)
    ran = grader("check", "--only", "own_slop")
    assert ran.code == 2
    assert ran.err.startswith('There is no check "own_slop" to be asked alone; there are: ordinary_points, own_slope')


def test_right_values_are_shown_only_when_asked_for(grader, write):
    write("sigmoid.py", WRONG)
    hidden, shown = (
        json.loads(grader("check", "--json", "--only", "ordinary_slopes", *more).out)["checks"][0]
        for more in ((), ("--show-expected",))
    )
    assert (hidden["expected"], hidden["holds"]) == (None, None)
    assert shown["expected"] == pytest.approx(float(shown["holds"].rstrip(".")), rel=1e-3)


def test_a_folder_without_answers_says_how_to_begin(grader, ids):
    ran = grader("check")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"There is no answer in this folder. An answer has the name of its exercise, as {ids[0]}.py. "
        f"To begin: grader start {ids[0]}\n"
    )


def test_an_unknown_exercise_gets_a_near_name(grader):
    ran = grader("check", "sigmiod")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == 'There is no exercise "sigmiod". Did you mean "sigmoid"? All: grader list\n'


def test_an_unknown_exercise_without_a_near_name_gets_the_list(grader):
    assert grader("check", "qqqq").err == 'There is no exercise "qqqq". All: grader list\n'


def test_an_exercise_without_an_answer_here_says_how_to_begin(grader):
    ran = grader("check", "sigmoid")
    assert ran.code == 2
    assert ran.err == ("There is no sigmoid.py or sigmoid.ipynb in this folder. To begin: grader start sigmoid\n")


def test_a_file_that_is_not_there_gets_a_near_name(grader, write, right):
    write("sigmoid.py", right)
    ran = grader("check", "sigmod.py")
    assert ran.code == 2
    assert ran.err == 'There is no file "sigmod.py". Did you mean "sigmoid.py"?\n'


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_refused(grader, write, right):
    write("sigmoid.py", right).chmod(0)
    assert grader("check", "sigmoid.py").code == 2


def test_a_link_that_leads_nowhere_is_refused(grader, folder):
    (folder / "sigmoid.py").symlink_to("nowhere")
    ran = grader("check", "sigmoid.py")
    assert ran.code == 2
    assert "sigmoid.py is a link to a file that does not exist." in ran.out


def test_what_is_no_answer_is_refused_with_2(grader, write):
    write("notes.txt", "log(0)?")
    ran = grader("check", "notes.txt")
    assert ran.code == 2
    assert "not an answer" in ran.out
    assert "notes.txt is neither a .py nor a .ipynb file" in ran.words


def test_the_worst_of_several_answers_is_the_exit_code(grader, write, right):
    write("sigmoid.py", right)
    write("adam.ipynb", "no notebook")
    ran = grader("check")
    assert ran.code == 2
    assert ran.out.index("sigmoid.py") < ran.out.index("adam.ipynb")


def test_a_file_elsewhere_is_judged_and_nothing_is_left_there(grader, write, right, folder):
    write("work/sigmoid.py", right)
    assert grader("check", "work/sigmoid.py").code == 0
    assert not (folder / ".grader").exists()
    assert not (folder / "work/.grader").exists()


@pytest.mark.parametrize("encoding", ["ascii", "cp932"])
def test_a_terminal_with_another_encoding_can_be_read(grader, write, encoding):
    write("sigmoid.py", WRONG)
    ran = grader("check", PYTHONIOENCODING=encoding)
    assert ran.code == 1
    assert "\n  ok " in ran.out
    assert "\n  no " in ran.out
    assert ran.err == ""


def test_json_is_ascii_where_the_stream_is_not_utf_8(grader, write, right):
    write("sigmoid.py", right)
    out = grader("check", "--json", PYTHONIOENCODING="cp932").out
    assert out.isascii()
    assert "σ" in json.loads(out)["title"] + json.loads(out)["checks"][0]["title"]


def test_colours_are_for_terminals(grader, write, right):
    write("sigmoid.py", right)
    assert "\x1b" not in grader("check").out
    assert "\x1b" in grader("check", FORCE_COLOR="1", TERM="xterm").out


def test_a_level_that_is_no_level_is_refused_by_name(grader, write, right):
    write("sigmoid.py", right)
    ran = grader("check", GRADER_LEVEL="total")
    assert ran.code == 2
    assert ran.err == 'GRADER_LEVEL is "total" in the environment; there are: process, confined, full.\n'


def test_less_than_the_required_level_is_no_verdict(grader, write, right):
    write("sigmoid.py", right)
    ran = grader("check", "--require", "full", GRADER_LEVEL="process")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "The level full is required; this machine can do process. More: grader doctor\n"


def test_a_fresh_interpreter_for_each_answer_judges_alike(grader, write):
    write("sigmoid.py", WRONG)
    forked, fresh = (json.loads(grader("check", "--json", GRADER_START=start).out) for start in ("fork", "fresh"))
    assert fresh["start"] == "fresh"
    assert forked["checks"] == fresh["checks"]
