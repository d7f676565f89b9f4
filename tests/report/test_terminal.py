"""What a student reads about one answer."""

import pytest
from rich.cells import cell_len


@pytest.fixture
def wrong_slope(make):
    """An answer whose sigmoid_grad returns x(1 − x)."""
    asked = {"asked": "sigmoid_grad(x), x: (2, 5)", "known": make.slope.says, "think": make.slope.ask}
    return make.result(
        make.check("ordinary", points=2, title="σ(x) at ordinary points", of=["sigmoid"]),
        make.check(
            "own_slope", "fail", points=2, title="the derivative is the slope of your own σ", kind="gradient",
            came="−1.975 at [1, 0], where x is −0.9916 (all 10 entries differ)",
            holds="0.1974, the slope of your own sigmoid there, by numerical differentiation", **asked,
        ),
        make.check("even", "fail", title="σ′ is even", came="2 at 1 and −2 at −1.", **asked),
        functions=[make.function("sigmoid"), make.function("sigmoid_grad", "fail", mistakes=[make.slope])],
        next="correct sigmoid_grad, then: grader check sigmoid --seed 7",
    )  # fmt: skip


def test_a_wrong_answer_is_told_check_by_check(wrong_slope, tell):
    assert (
        tell(wrong_slope)
        == """\
sigmoid.py                                                2 of 5 points · seed 7
  ✓ σ(x) at ordinary points                                                    2
  ✗ the derivative is the slope of your own σ                             0 of 2
      asked   sigmoid_grad(x), x: (2, 5)
      came    −1.975 at [1, 0], where x is −0.9916 (all 10 entries differ)
      holds   0.1974, the slope of your own sigmoid there, by numerical
              differentiation
      known   x(1 − x) is the slope written with the output y = σ(x); the input
              was put in.
      think   In y(1 − y), what is y?
  ✗ σ′ is even                                                            0 of 1
      asked   sigmoid_grad(x), x: (2, 5)
      came    2 at 1 and −2 at −1.
      known   as above
  next    correct sigmoid_grad, then: grader check sigmoid --seed 7
"""
    )


def test_a_mistake_that_fails_several_checks_is_told_once(wrong_slope, tell):
    text = tell(wrong_slope)
    assert text.count("x(1 − x) is the slope") == 1
    assert text.count("what is y?") == 1


def test_a_second_mistake_is_not_taken_for_the_first(make, tell):
    answer = make.result(
        make.check("a", "fail", came="1.", known="First."),
        make.check("b", "fail", came="2.", known="Second."),
        make.check("c", "fail", came="3.", known="First."),
        make.check("d", "fail", came="3.", known="Second."),
    )
    assert 'known   as in "a"' in tell(answer)
    assert 'known   as in "b"' in tell(answer)


def test_a_mistake_of_the_function_is_told_where_the_check_does_not_name_it(make, tell):
    bare = make.result(
        make.check("a", "fail", came="1."), make.check("b", "fail", came="2."),
        functions=[make.function("sigmoid_grad", "fail", mistakes=[make.slope])],
    )  # fmt: skip
    assert tell(bare).count("In y(1 − y), what is y?") == 1


def test_the_pattern_speaks_where_no_mistake_is_known(make, tell):
    answer = make.result(
        make.check("a", "fail", kind="gradient", came="1.", known="Every entry has the wrong sign."),
        functions=[make.function("sigmoid_grad", "fail", pattern="Every entry has the wrong sign.")],
    )
    assert "      pattern Every entry has the wrong sign.\n" in tell(answer)


def test_an_error_carried_forward_is_said_to_cost_nothing(make, tell):
    answer = make.result(
        make.check("a", "carried", points=2),
        functions=[make.function("sigmoid_grad", "carried", blame=["sigmoid"])],
    )
    assert "  → a" in tell(answer)
    assert "the error lies in sigmoid: it is carried forward, no points are lost." in " ".join(tell(answer).split())
    assert "0 of" not in tell(answer)


def test_an_error_that_is_carried_twice_is_explained_once(make, tell):
    answer = make.result(
        make.check("a", "carried"),
        make.check("b", "carried"),
        functions=[make.function("sigmoid_grad", "carried", blame=["sigmoid"])],
    )
    assert tell(answer).count("it is carried forward") == 1
    assert "carried from sigmoid: no points are lost." in tell(answer)


def test_a_check_that_nothing_answered_is_not_called_unwritten(make, tell):
    answer = make.result(make.check("a", "todo"), make.check("b"), functions=[make.function("sigmoid_grad", "error")])
    assert "to do   not asked yet: first a function has to give a value." in tell(answer)


def test_an_unwritten_function_is_named_once_and_marked_each_time(make, tell):
    answer = make.result(make.check("a", of=["sigmoid"]), make.check("b", "todo"), make.check("c", "todo"))
    assert tell(answer).count("□") == 2
    assert tell(answer).count("not written yet: sigmoid_grad.") == 1


def test_the_same_exception_is_told_once(make, tell):
    says = "NameError at line 3: name 'exp' is not defined."
    answer = make.result(make.check("a", "error", came=says), make.check("b", "error", came=says))
    assert tell(answer).count("NameError") == 1
    assert tell(answer).count("as above") == 1


def test_an_exception_is_not_taken_for_another(make, tell):
    told = [("a", "KeyError: 1."), ("b", "IndexError: 2."), ("c", "KeyError: 1.")]
    answer = make.result(*(make.check(id, "error", came=came) for id, came in told))
    assert 'came    as in "a"' in tell(answer)


def test_an_answer_not_begun_is_told_what_is_to_be_written(make, tell):
    answer = make.result(
        make.check("a", "todo"), status="todo", next="read sigmoid.md",
        functions=[make.function("sigmoid", "todo"), make.function("sigmoid_grad", "todo")],
    )  # fmt: skip
    assert (
        tell(answer)
        == """\
sigmoid.py                                  0 of 1 points · not started · seed 7
  Nothing is written yet. To write: sigmoid, sigmoid_grad.
  next    read sigmoid.md
"""
    )


def test_a_line_that_python_cannot_read_stands_over_its_caret(make, tell):
    code = "    return 1 / (1 + x\n               ^"
    message = f"sigmoid.py, line 6: Python cannot read this line.\n{code}\n'(' was never closed"
    assert (
        tell(make.result(status="error", message=message, line=6))
        == """\
sigmoid.py                                                      cannot be loaded
  sigmoid.py, line 6: Python cannot read this line.
      return 1 / (1 + x
                 ^
  '(' was never closed
"""
    )


def test_a_refused_file_is_no_answer_and_has_no_points(make, tell):
    message = "notes.txt is neither a .py nor a .ipynb file; it was not judged."
    text = tell(make.result(status="refused", path="notes.txt", exercise=None, message=message))
    assert text.splitlines()[0].endswith("not an answer")
    assert message in text
    assert "points" not in text


def test_a_fault_of_the_grader_speaks_of_no_points_but_that_none_were_taken(make, tell):
    message = "A fault of the grader, not of your answer: KeyError: 'x'. No points were taken."
    heading, *rest = tell(make.result(status="fault", message=message)).splitlines()
    assert heading.split() == ["sigmoid.py", "not", "judged"]
    assert " ".join(" ".join(rest).split()) == message


def test_an_experiment_shows_its_numbers_even_where_it_holds(make, tell):
    details = {"slopes": {"largest slope": 0.25, "by layer": [0.25**n for n in range(1, 21)], "table": {"no": 1}}}
    text = tell(make.result(make.check("slopes", kind="experiment"), details=details))
    assert "      shown   largest slope: 0.25\n              by layer: 0.25, 0.0625, 0.01562, …, 9.095e-13\n" in text


def test_what_the_answer_printed_stands_behind_a_bar(make, tell):
    text = tell(make.result(make.check("a"), printed="\n".join(["sigmoid.py 10 of 10 points", "x" * 200, *"abc" * 9])))
    assert "    │ sigmoid.py 10 of 10 points\n" in text
    assert "  and 17 more lines\n" in text
    assert max(map(len, text.splitlines())) == 80


def test_nothing_an_answer_wrote_can_colour_or_break_the_report(make, tell):
    evil = "[red]x[/red] \x1b[2J\x1b[31m\r\u202e :smile: \ud800 {x}"
    answer = make.result(
        make.check("a", "fail", came=evil, asked=evil), printed=evil, path=evil, notes=[evil], message=evil
    )
    text = tell(answer)
    assert "\x1b" not in text
    assert "\r" not in text
    assert "\u202e" not in text
    assert text.count(r"[red]x[/red] \x1b[2J\x1b[31m\r\u202e :smile: \ud800 {x}") >= 4


@pytest.mark.parametrize("encoding", ["ascii", "cp932", "euc_jp", "cp1252"])
def test_a_stream_without_the_marks_gets_words(wrong_slope, tell, encoding):
    lines = tell(wrong_slope, encoding=encoding).splitlines()
    assert lines[1].startswith("  ok ")
    assert lines[2].startswith("  no ")
    assert all(cell_len(line) <= 80 for line in lines)


def test_in_ascii_letters_have_names_and_the_rest_is_escaped(make, tell):
    text = tell(make.result(make.check("a", title="σ′(−x) ≈ Σ 微 ²")), encoding="ascii")
    assert r"sigma'(-x) ~ sum \u5fae ^2" in text


def test_a_japanese_report_is_padded_by_cells_and_wrapped_without_lone_marks(make, tell):
    came = "添字 [1, 0]（x は −0.9916）で −1.975。10 個の要素すべてが異なります。" * 2
    answer = make.result(make.check("a", "fail", title="導関数と、自分で書いた σ の傾きとの一致", came=came))
    lines = tell(answer).splitlines()
    assert cell_len(lines[1]) == 80
    assert all(cell_len(line) <= 80 for line in lines)
    assert not any(line.strip()[:1] in "、。）" for line in lines)


def test_a_narrow_terminal_loses_nothing(wrong_slope, tell):
    text = tell(wrong_slope, width=40)
    assert max(map(cell_len, text.splitlines())) <= 40
    assert " ".join(text.split()).count("the derivative is the slope of your own σ") <= 1
    assert "differentiation" in text


def test_a_wide_terminal_gets_no_longer_lines(wrong_slope, tell):
    assert tell(wrong_slope, width=200) == tell(wrong_slope, width=80)


def test_a_long_path_keeps_its_end(make, tell):
    first = tell(make.result(make.check("a"), path="/home/students/" * 9 + "sigmoid.py")).splitlines()[0]
    assert first.startswith("…")
    assert "/sigmoid.py  1 of 1 points" in first


def test_a_mistake_that_one_check_names_is_not_told_in_another(make, tell):
    answer = make.result(
        make.check("a", "fail", came="1.", known=make.slope.says, think=make.slope.ask),
        make.check("b", "fail", came="2."),
        functions=[make.function("sigmoid_grad", "fail", mistakes=[make.slope])],
    )
    assert tell(answer).count("known") == 1
