"""Which exercise a name means, and files that cannot be opened."""

import os

import pytest

from grader.submissions import Answer, Refusal, read_answer
from grader.submissions.names import exercise_named


@pytest.mark.parametrize(
    "name",
    [
        "sigmoid(1).py",
        "sigmoid (2).ipynb",
        "Sigmoid.py",
        "SIGMOID.PY",
        "sigmoid - Copy.py",
        "sigmoid - Copy (2).py",
        "sigmoid - コピー.py",
        "sigmoid のコピー.py",
        "sigmoidのコピー2.py",
        "sigmoid copy.py",
        "sigmoid copy 2.py",
        "sigmoid-Copy1.ipynb",
        "Copy of sigmoid.ipynb",
        "Copy_of_sigmoid.ipynb",
        "sigmoid.ipynb のコピー.ipynb",
        "sigmoid-1.py",
        "sigmoid（1）.py",
        "\uff33igmoid.py",  # a full-width S
        "sigmoid.ja.ipynb",
        "sigmoid.ja (1).ipynb",
    ],
)
def test_a_renamed_download_keeps_its_exercise(name, known):
    assert exercise_named(name, known) == "sigmoid"


@pytest.mark.parametrize("name", ["LSTM-CEC.py", "lstm cec.py", "lstm_cec(1).py"])
def test_blanks_and_hyphens_stand_for_underscores(name, known):
    assert exercise_named(name, known) == "lstm_cec"


@pytest.mark.parametrize("name", ["__init__.py", "sigmoid2.py", "my_sigmoid.py", "(1).py", ".py", "lstm.py", " .py"])
def test_a_name_that_only_resembles_an_exercise_means_none(name, known):
    assert exercise_named(name, known) is None


def test_a_new_name_is_said_and_the_names_that_the_course_gives_are_not(read, notebook):
    assert read("sigmoid(1).py").notes == ("sigmoid(1).py was read as the answer to sigmoid.",)
    assert read("Sigmoid.py").notes
    assert not read("sigmoid.py").notes
    assert not read("sigmoid.ja.ipynb", notebook("x = 1")).notes


def test_an_unknown_exercise_is_refused_with_the_nearest_name(read):
    refusal = read("sigmiod.py")
    assert refusal.reason == 'There is no exercise "sigmiod". Did you mean "sigmoid"? All: grader list'
    assert refusal.exercise is None
    assert "Did you mean" not in read("zzz.py").reason


def test_a_file_of_another_kind_is_not_judged(read):
    assert read("notes.txt").reason.endswith("notes.txt is neither a .py nor a .ipynb file; it was not judged.")


def test_a_folder_named_like_an_answer_is_refused(tmp_path, known):
    (tmp_path / "sigmoid.py").mkdir()
    assert "is a folder" in read_answer(tmp_path / "sigmoid.py", known).reason


def test_a_file_that_is_not_there_and_a_link_to_one_are_told_apart(tmp_path, known):
    (tmp_path / "sigmoid.py").symlink_to("nowhere.py")
    assert "is a link to a file that does not exist" in read_answer(tmp_path / "sigmoid.py", known).reason
    assert "There is no file" in read_answer(tmp_path / "init.py", known).reason


def test_a_link_is_followed_for_oneself_and_not_in_a_class(write, tmp_path, known):
    (tmp_path / "sigmoid.py").symlink_to(write("elsewhere.py", "x = 1\n"))
    assert isinstance(read_answer(tmp_path / "sigmoid.py", known), Answer)
    assert "is a link" in read_answer(tmp_path / "sigmoid.py", known, student="mallory").reason


def test_a_pipe_is_refused_and_not_waited_for(tmp_path, known):
    os.mkfifo(tmp_path / "sigmoid.py")
    assert "is not an ordinary file" in read_answer(tmp_path / "sigmoid.py", known).reason


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_a_file_without_permission_is_refused(write, known):
    path = write("sigmoid.py")
    path.chmod(0)
    assert "cannot be read (Permission denied)" in read_answer(path, known).reason


def test_a_name_too_long_for_the_system_is_refused(tmp_path, known):
    refusal = read_answer(tmp_path / ("x" * 300) / "sigmoid.py", known)
    assert isinstance(refusal, Refusal)
    assert "cannot be read" in refusal.reason


def test_a_name_cannot_steer_the_terminal(read):
    refusal = read("\x1b[31msigmiod.py")
    assert "\x1b" not in refusal.path + refusal.reason
    assert "\x1b" not in read("sigmoid\u202e.py").reason


def test_bytes_in_a_name_that_are_no_utf8_are_written_out(tmp_path, known):
    path = tmp_path / os.fsdecode("課題".encode("cp932") + b".py")
    path.write_text("x = 1\n")
    refusal = read_answer(path, known)
    refusal.path.encode("utf-8")
    refusal.reason.encode("utf-8")
