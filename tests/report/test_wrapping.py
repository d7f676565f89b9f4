"""Lines of a given width, in English and Japanese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from grader.report.wrapping import crop, pad, shorten, wrap


def test_english_breaks_at_spaces():
    assert wrap("what holds instead", 10) == ["what holds", "instead"]


def test_japanese_breaks_between_letters_but_not_before_a_full_stop():
    assert wrap("正しい値です。次に", 12) == ["正しい値で", "す。次に"]


def test_an_opening_bracket_does_not_end_a_line():
    assert wrap("添字は（1）です", 8) == ["添字は", "（1）で", "す"]


def test_a_word_longer_than_the_line_is_cut():
    assert wrap("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_no_text_is_one_empty_line():
    assert wrap("", 10) == [""]


@given(st.text(alphabet="ab σ、。（）微分が\u3099", max_size=60), st.integers(4, 30))
def test_no_line_is_too_wide_and_no_letter_is_lost(text, width):
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("text", ["sigmoid.py", "花子のファイル.py", "abc"])
def test_padding_and_shortening_count_cells(text):
    assert cell_len(pad(text, 20)) == 20
    assert cell_len(shorten(text * 5, 9)) <= 9
    assert cell_len(crop(text * 5, 9)) <= 9


def test_of_a_path_the_end_stays_and_of_a_sentence_the_beginning():
    assert shorten("/home/aiko/sigmoid.py", 11) == "…sigmoid.py"
    assert crop("x(1 − x) is the slope", 9) == "x(1 − x)…"
