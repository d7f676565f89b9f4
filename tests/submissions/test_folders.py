"""A student's folder and a class's."""

import os

import pytest

from grader.submissions import Refusal, find_answers, read_class


def test_the_answers_of_a_folder_are_the_files_that_an_exercise_names(write, tmp_path, known):
    for name in ("sigmoid.py", "init.py", "__init__.py", "scratch.py", "sigmoid.md", ".sigmoid.py", "deep/sigmoid.py"):
        write(name)
    for name in (".grader/sigmoid.py", "__pycache__/sigmoid.py", ".ipynb_checkpoints/sigmoid.ipynb"):
        write(name)
    (tmp_path / "perceptron.py").mkdir()
    assert [path.name for path in find_answers(tmp_path, known)] == ["init.py", "sigmoid.py"]


def test_answers_lie_at_any_depth_below_their_student(write, tmp_path, known):
    write("aiko/sigmoid.py")
    write("aiko/week 1/final/init.py")
    write("山田 太郎/sigmoid.ipynb/sigmoid.ipynb")
    items = [(student, path.relative_to(tmp_path).as_posix()) for student, path in read_class(tmp_path, known).items]
    assert items == [
        ("aiko", "aiko/sigmoid.py"),
        ("aiko", "aiko/week 1/final/init.py"),
        ("山田 太郎", "山田 太郎/sigmoid.ipynb/sigmoid.ipynb"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "__MACOSX/sigmoid.py",
        "aiko/.grader/sigmoid.py",
        "aiko/.ipynb_checkpoints/sigmoid-checkpoint.ipynb",
        "aiko/__pycache__/sigmoid.py",
        "aiko/__init__.py",
        "aiko/._sigmoid.py",
        "aiko/notes.txt",
        "sigmoid.py",
    ],
)
def test_what_nobody_meant_as_an_answer_is_passed_over_with_a_reason(write, tmp_path, known, name):
    write(name)
    folder = read_class(tmp_path, known)
    assert folder.items == ()
    assert len(folder.ignored) == 1
    assert folder.ignored[0][1]


def test_a_file_under_an_unknown_name_is_refused_and_not_lost(write, tmp_path, known):
    write("aiko/sigmiod.py")
    [refusal] = read_class(tmp_path, known)
    assert (refusal.student, refusal.path) == ("aiko", "aiko/sigmiod.py")
    assert 'Did you mean "sigmoid"' in refusal.reason


def test_no_link_leads_out_of_a_class(write, tmp_path, known):
    secret = write("elsewhere/sigmoid.py", "x = 1\n")
    (tmp_path / "class/mallory").mkdir(parents=True)
    (tmp_path / "class/mallory/sigmoid.py").symlink_to(secret)
    (tmp_path / "class/mallory/more").symlink_to(secret.parent)
    (tmp_path / "class/eve").symlink_to(secret.parent)
    folder = read_class(tmp_path / "class", known)
    assert [type(answer) for answer in folder] == [Refusal]
    assert [path.name for path, _ in folder.ignored] == ["eve", "more"]


def test_of_two_answers_to_one_exercise_both_are_read_and_the_older_is_told(write, notebook, tmp_path, known):
    os.utime(write("aiko/sigmoid.py"), (100, 100))
    os.utime(write("aiko/sigmoid.ipynb", notebook("x = 1")), (200, 200))
    write("aiko/init.py")
    notes = {answer.path: answer.notes for answer in read_class(tmp_path, known)}
    assert notes == {
        "aiko/init.py": (),
        "aiko/sigmoid.ipynb": (),
        "aiko/sigmoid.py": ("aiko/sigmoid.ipynb is newer and counts for sigmoid; this file does not.",),
    }


def test_a_bottomless_folder_ends(write, tmp_path, known):
    write("aiko/" + "d/" * 40 + "sigmoid.py")
    folder = read_class(tmp_path, known)
    assert folder.items == ()
    assert folder.ignored[0][1] == "too many folders inside each other"


def test_one_name_in_two_normal_forms_is_one_student(write, tmp_path, known):
    write("ガガ/sigmoid.py")
    assert [student for student, _ in read_class(tmp_path, known).items] == ["ガガ"]
