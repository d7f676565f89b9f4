"""start, hint, list, and what stands everywhere: help, options, languages, exit codes."""

import json

import pytest


def test_start_puts_skeleton_and_statement_into_the_folder(grader, folder):
    ran = grader("start", "sigmoid")
    assert ran.code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["sigmoid.md", "sigmoid.py"]
    assert ran.out == (
        "sigmoid.md: read this first.\nsigmoid.py: write your answer here, then: grader check sigmoid.py\n"
    )


def test_start_never_overwrites(grader, write):
    mine = write("sigmoid.py", "mine")
    ran = grader("start", "sigmoid")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == ("sigmoid.py is already there, and nothing was changed. To judge it: grader check sigmoid.py\n")
    assert mine.read_text() == "mine"
    assert not mine.with_suffix(".md").exists()


def test_start_leaves_a_statement_with_notes_in_it_as_it_is(grader, write):
    mine = write("sigmoid.md", "my notes")
    ran = grader("start", "sigmoid", "--notebook")
    assert ran.code == 0
    assert ran.err == "sigmoid.md was there before and stays as it is.\n"
    assert mine.read_text() == "my notes"
    assert json.loads(mine.with_suffix(".ipynb").read_text(encoding="utf-8"))["nbformat"] == 4


def test_start_speaks_the_language_that_is_asked_for(grader, folder):
    assert grader("start", "sigmoid", "--dir", "仕事", "--lang", "ja").code == 0
    assert "シグモイド" in (folder / "仕事/sigmoid.md").read_text(encoding="utf-8")


def test_a_skeleton_just_started_is_not_begun(grader):
    grader("start", "sigmoid")
    ran = grader("check")
    assert ran.code == 1
    assert "not started" in ran.out
    assert "Nothing is written yet. To write: sigmoid, sigmoid_grad." in ran.out


def test_hints_come_one_at_a_time_and_are_remembered(grader):
    first, second = grader("hint", "sigmoid").out, grader("hint", "sigmoid").out
    assert first.startswith("Hint 1 of ")
    assert second.startswith("Hint 2 of ")
    assert first.split("\n", 1)[1] != second.split("\n", 1)[1]


def test_after_the_last_hint_one_is_told_how_to_read_them_again(grader):
    every = grader("hint", "sigmoid", "--all").out
    count = every.count("Hint ")
    assert grader("hint", "sigmoid").out == (
        f"You have seen all {count} hints. To read them again: grader hint sigmoid --all\n"
    )


def test_list_shows_what_was_done_here(grader, write, right, ids):
    write("sigmoid.py", right)
    grader("check")
    lines = grader("list").out.splitlines()
    assert any(line.startswith("  ✓ sigmoid ") for line in lines)
    assert lines[-1] == f"Next: grader start {next(id for id in ids if id != 'sigmoid')}"


def test_one_goes_on_with_what_was_tried(grader, write, ids):
    write(f"{ids[0]}.py", "x = 1")
    grader("check")
    says = f"Go on with {ids[0]}: grader check {ids[0]}, or a hint: grader hint {ids[0]}"
    assert says in " ".join(grader("list").out.split())


def test_a_wrong_answer_is_tried_and_not_done(grader, write):
    write("sigmoid.py", "def sigmoid(x): return x")
    grader("check")
    out = grader("list").out
    assert "  ✗ sigmoid " in out


@pytest.mark.parametrize("content", ["{", "[]", '{"sigmoid": 1}', '{"sigmoid": {"hints": "x"}}', b"\xff"])
def test_a_broken_memory_is_one_sentence_and_stops_nothing(grader, write, content):
    file = write(".grader/progress.json", content)
    ran = grader("hint", "sigmoid")
    assert ran.code == 0
    assert ran.out.startswith("Hint 1 of ")
    assert ran.err == (
        ".grader/progress.json cannot be read; what you have done is not known. Delete the file to begin a new one.\n"
    )
    assert file.read_bytes() == (content if isinstance(content, bytes) else content.encode())


def test_a_memory_that_cannot_be_written_stops_nothing(grader, write):
    write(".grader", "a file where a folder is needed")
    ran = grader("hint", "sigmoid")
    assert ran.code == 0
    assert ran.out.startswith("Hint 1 of ")
    assert ran.err.startswith(".grader/progress.json cannot be ")


@pytest.mark.parametrize("command", ["list", "start", "check", "hint", "grade", "doctor", "new", "build", "verify"])
def test_every_command_explains_itself(grader, command):
    ran = grader(command, "-h")
    assert ran.code == 0
    assert "--course DIR" in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())


def test_the_programs_help_begins_with_what_to_type(grader, ids):
    out = grader("-h").out
    assert f"  grader start {ids[0]}" in out
    assert "Put an exercise into this folder." in out


def test_the_version_is_told(grader):
    from grader import __version__

    assert grader("--version").out == f"grader {__version__}\n"


def test_a_wrong_option_gets_a_near_name(grader):
    ran = grader("check", "--sed", "3")
    assert ran.code == 2
    assert "'--seed'" in ran.err


def test_options_stand_before_the_command_or_after_it(grader):
    assert grader("--lang", "en", "list").out == grader("list", "--lang", "en").out


def test_a_course_that_is_none_is_input_that_cannot_be_used(grader, folder):
    ran = grader("list", "--course", "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("nowhere holds no course: course.toml cannot be read")


def test_what_nobody_foresaw_is_a_fault_of_the_grader(grader, write, folder):
    write(
        "course.toml",
        '[course]\ntitle = "T"\nlanguages = ["en"]\n[[chapter]]\nid = "c"\ntitle = "C"\nexercises = ["e"]\n',
    )
    ran = grader("start", "e", "--course", ".")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("A fault of the grader, not yours: ")
    assert "Traceback" not in ran.err


def test_somebody_elses_words_cannot_steer_the_terminal(grader):
    ran = grader("check", "\x1b[31mred")
    assert ran.code == 2
    assert "\x1b" not in ran.err
    assert r"\x1b[31mred" in ran.err


def test_the_doctor_says_what_each_level_stops_and_which_is_used(grader):
    ran = grader("doctor")
    assert ran.code == 0
    assert "process: can be had; of " in ran.out
    assert any(line.startswith("Start a process.  ") for line in ran.out.splitlines())
    assert "Answers are judged at the level " in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines()[3:])
