"""A .py file as students' machines write it."""

import hashlib

import pytest

from grader.submissions import Answer, Refusal

SOURCE = 'def sigmoid(x):\n    """シグモイド関数"""\n    return 表(x)\n'


@pytest.mark.parametrize(
    "data",
    [
        SOURCE.encode(),
        b"\xef\xbb\xbf" + SOURCE.encode(),
        SOURCE.replace("\n", "\r\n").encode(),
        SOURCE.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "byte-order mark", "CR LF", "CR"],
)
def test_the_same_text_is_read_however_an_editor_saved_it(read, data):
    answer = read("sigmoid.py", data)
    assert [part.source for part in answer.parts] == [SOURCE]
    assert answer.sha256 == hashlib.sha256(data).hexdigest()
    assert (answer.exercise, answer.format, answer.notes) == ("sigmoid", "py", ())


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "shift-jis", "iso-2022-jp", "latin-1"])
def test_a_coding_line_is_honoured(read, encoding):
    text = f"# -*- coding: {encoding} -*-\nlabel = '{'café' if encoding == 'latin-1' else '表'}'\n"
    assert read("sigmoid.py", text, encoding=encoding).parts[0].source == text


def test_a_coding_line_may_be_the_second_after_a_comment_only(read):
    assert isinstance(read("sigmoid.py", "#!python\n# coding: cp932\ns = '表'\n", encoding="cp932"), Answer)
    assert isinstance(read("sigmoid.py", "x = 1\n# coding: cp932\ns = '表'\n", encoding="cp932"), Refusal)


@pytest.mark.parametrize("encoding", ["utf8", "UTF-8", "utf_8", "utf-8-unix"])
def test_utf8_has_many_names(read, encoding):
    assert isinstance(read("sigmoid.py", f"# coding: {encoding}\ns = '表'\n"), Answer)


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "punycode", "unicode_escape", "hex"])
def test_a_coding_line_that_names_no_charset_is_refused(read, encoding):
    refusal = read("sigmoid.py", f"# coding: {encoding}\nx = 1\n")
    assert f'line 1: "{encoding}" is no encoding of text' in refusal.reason


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_japanese_bytes_without_a_coding_line_are_refused_with_the_line_and_the_cure(read, encoding):
    refusal = read("sigmoid.py", "x = 1\ns = 'を作る'\n", encoding=encoding)
    assert "line 2: byte 6 of this line is not UTF-8" in refusal.reason
    assert f"# coding: {encoding}" in refusal.reason
    assert refusal.exercise == "sigmoid"
    assert refusal.sha256


def test_bytes_that_are_no_text_at_all_are_refused_at_their_place(read):
    refusal = read("sigmoid.py", b"x = 1\r\ny = '\x85'\r\n")
    assert refusal.reason.endswith("line 2: byte 6 of this line is not UTF-8. Save the file as UTF-8.")


def test_bytes_against_the_declared_encoding_are_refused(read):
    assert "is not ASCII" in read("sigmoid.py", b"# coding: ascii\ns = '\xe8\xa1\xa8'\n").reason


def test_nul_bytes_and_utf16_are_refused(read):
    assert "NUL" in read("sigmoid.py", b"x = 1\0\n").reason
    assert "UTF-16" in read("sigmoid.py", "x = 1\n".encode("utf-16")).reason


def test_an_empty_file_is_an_answer_in_which_nothing_is_written_yet(read):
    assert [part.source for part in read("sigmoid.py", b"").parts] == [""]


def test_a_file_of_five_mebibytes_is_read_and_one_byte_more_is_not(read):
    assert isinstance(read("sigmoid.py", b"#" * (5 << 20)), Answer)
    refusal = read("sigmoid.py", b"#" * ((5 << 20) + 1))
    assert "too large: 6 MiB, and at most 5 MiB" in refusal.reason
    assert refusal.sha256 is None
