"""grader grade: a class, its results, and the folders that they are kept in."""

import json

import pytest

from grader.grading import open_results


@pytest.fixture
def a_class(write, right):
    """Two students, one right and one who wrote only half."""
    write("class/aiko/sigmoid.py", right)
    write("class/ben/week 1/sigmoid.py", right.split("def sigmoid_grad")[0])


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_class_is_judged_kept_and_shown(grader, folder, a_class):
    ran = grader("grade", "class", "--out", "results", "--seed", 7)
    assert ran.code == 0
    assert "  aiko  ✓ 13/13\n" in ran.out
    assert "2 answers of 2 students: 1 hold, 1 do not," in ran.words
    assert [result["student"] for result in read(folder / "results/results.jsonl")] == ["aiko", "ben"]
    assert "1/2 aiko/sigmoid.py: pass 13/13\n" in ran.err


def test_a_second_run_judges_only_what_changed(grader, write, right, folder, a_class):
    first = grader("grade", "class", "--out", "results")
    write("class/ben/week 1/sigmoid.py", right)
    second = grader("grade", "class", "--out", "results")
    assert "aiko" in first.err
    assert "aiko" not in second.err
    assert "2/2 ben/week 1/sigmoid.py: pass 13/13\n" in second.err
    assert "2 hold" in second.words
    assert len(read(folder / "results/results.jsonl")) == 2


def test_again_judges_all_anew(grader, a_class):
    grader("grade", "class", "--out", "results", "--seed", 7)
    ran = grader("grade", "class", "--out", "results", "--again", "--json")
    assert "aiko" in ran.err
    assert "ben" in ran.err
    seeds = {json.loads(line)["seed"] for line in ran.out.splitlines()}
    assert len(seeds) == 1


def test_a_folder_with_other_things_is_refused_and_left_alone(grader, write, folder, a_class):
    write("results/thesis.tex", "five years of work")
    ran = grader("grade", "class", "--out", "results")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "results holds other files and no results of this class; nothing in it was touched. Choose another --out.\n"
    )
    assert [path.name for path in (folder / "results").iterdir()] == ["thesis.tex"]


def test_a_class_without_answers_is_told_how_one_looks(grader, folder, ids):
    (folder / "class").mkdir()
    ran = grader("grade", "class", "--out", "results")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"There is no answer in class. A class is a folder with a folder for each student, as class/aiko/{ids[0]}.py.\n"
    )
    assert not (folder / "results").exists()


def test_a_class_that_is_not_there_is_a_sentence(grader):
    ran = grader("grade", "nowhere", "--out", "results")
    assert (ran.code, ran.err) == (2, "nowhere cannot be read (No such file or directory).\n")


def test_a_file_in_place_of_a_class_is_sent_to_check(grader, write, right):
    write("sigmoid.py", right)
    ran = grader("grade", "sigmoid.py", "--out", "results")
    assert ran.code == 2
    assert ran.err == "sigmoid.py is a file; a class is a folder. For one answer: grader check sigmoid.py\n"


def test_what_was_passed_over_is_named(grader, write, a_class):
    write("class/ben/notes.txt", "log(0)?")
    ran = grader("grade", "class", "--out", "results")
    assert "passed over: class/ben/notes.txt: neither a .py nor a .ipynb file\n" in ran.err


def test_a_class_of_refusals_alone_has_nothing_judged(grader, write):
    write("class/aiko/homework.py", "x = 1")
    ran = grader("grade", "class", "--out", "results")
    assert ran.code == 2
    assert "1 refused" in ran.words


def test_out_has_to_be_named(grader, a_class):
    ran = grader("grade", "class")
    assert ran.code == 2
    assert "--out" in ran.err


def test_again_loses_no_result_until_its_own_are_there(grader, folder, a_class):
    grader("grade", "class", "--out", "results", "--seed", 7)
    file = open_results(folder / "results", ["aiko/sigmoid.py", "ben/week 1/sigmoid.py"])
    file.forget()
    assert (list(file.results()), len(read(file.path))) == ([], 2)
    ran = grader("grade", "class", "--out", "results", "--seed", 7, "--again", "--json")
    assert len(ran.out.splitlines()) == len(read(file.path)) == 2
