"""What an answer wrote reaches a reader as harmless text."""

import pytest

from grader.visible import visible


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("\x1b[2J\x1b[31mred", r"\x1b[2J\x1b[31mred"),
        ("a\rb\nc\td", r"a\rb\nc\td"),
        ("pass\u202elaif", r"pass\u202elaif"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("\ud800 alone", r"\ud800 alone"),
        ("\x9b31m", r"\x9b31m"),
        ("\ue000 private, \u2028 line", r"\ue000 private, \u2028 line"),
    ],
)
def test_what_cannot_be_seen_is_written_out(written, seen):
    assert visible(written) == seen


def test_ordinary_text_stays_as_it_is():
    text = "σ(x) と 'naïve' [bold]x[/bold] が\u3099 ê\u0323"
    assert visible(text) == text


def test_a_tower_of_marks_cannot_cover_other_lines():
    assert visible("e" + "\u0301" * 5) == "e\u0301\u0301" + r"\u0301" * 3


def test_a_text_is_never_longer_than_its_limit():
    assert visible("a" * 200, 200) == "a" * 200
    assert visible("a" * 201, 200) == "a" * 199 + "…"
    assert len(visible("\x1b" * 10**7, 50)) <= 50


def test_no_escape_is_cut_in_half():
    assert visible("abc\x1bdef", 6) == "abc…"


def test_a_block_keeps_its_lines():
    assert visible("a\n\tb\r\n", lines=True) == "a\n    b\\r\n"
