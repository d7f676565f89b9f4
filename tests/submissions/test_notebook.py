"""Notebooks as Jupyter, Colab and accidents leave them."""

import json

import nbformat
import pytest

from grader.submissions import Answer, Refusal


def test_code_cells_become_parts_numbered_as_a_reader_counts_all_cells(cells):
    assert cells(("markdown", "# title"), "import numpy as np", ("raw", "x"), "y = 1") == {
        "cell 2": "import numpy as np",
        "cell 4": "y = 1",
    }


def test_a_cell_may_be_a_list_of_lines(cells):
    assert cells(("code", ["x = 1\n", "y = 2"])) == {"cell 1": "x = 1\ny = 2"}


def test_cells_without_code_are_no_parts(cells):
    assert cells("", "  \n", ("code", None), "x = 1") == {"cell 4": "x = 1"}


def test_a_notebook_of_format_3_is_read(read):
    v3 = nbformat.v3
    code, heading = v3.new_code_cell(input="x = 1"), v3.new_heading_cell("title")
    book = v3.new_notebook(worksheets=[v3.new_worksheet(cells=[heading, code])])
    assert [part.source for part in read("sigmoid.ipynb", nbformat.writes(book)).parts] == ["x = 1"]


@pytest.mark.parametrize("fields", [{"nbformat_minor": 0}, {"nbformat_minor": 9}, {"metadata": {"colab": {"x": []}}}])
def test_formats_4_of_any_program_are_read(read, notebook, fields):
    assert isinstance(read("sigmoid.ipynb", notebook("x = 1", **fields)), Answer)


def test_a_byte_order_mark_and_nan_in_an_output_do_no_harm(read, notebook):
    book = json.loads(notebook("x = 1"))
    book["cells"][0]["outputs"] = [float("nan"), float("inf")]
    answer = read("sigmoid.ipynb", b"\xef\xbb\xbf" + json.dumps(book).encode())
    assert [part.source for part in answer.parts] == ["x = 1"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("import numpy as np\n", "this is no JSON"),
        ('{"nbformat": 4, "cells": [', "this is no JSON"),
        ("[" * 100_000, "is not a notebook"),
        ('{"nbformat": 4, "x": ' + "[" * 100_000, "this is no JSON"),
        ("[]", "is not a notebook"),
        ("5", "is not a notebook"),
        ("{}", 'has no "nbformat"'),
        ('{"cells": [{"cell_type": "code", "source": "x = 1"}]}', 'has no "nbformat"'),
        ('{"nbformat": 4}', "has no cells"),
        ('{"nbformat": 4, "cells": null}', "has no cells"),
        ('{"nbformat": 3}', "has no cells"),
        ('{"nbformat": 5, "cells": []}', "format 5"),
        ('{"nbformat": 4, "cells": [5]}', "not a notebook that can be read"),
        ('{"nbformat": 4, "cells": [{}]}', "not a notebook that can be read"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": 5}]}', "not a notebook that can be read"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": "\\u0000"}]}', "cell 1: NUL"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": "\\ud800"}]}', "cell 1: half of a character"),
    ],
)
def test_what_is_no_notebook_is_refused_with_the_reason(read, data, reason):
    refusal = read("sigmoid.ipynb", data)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason
    assert refusal.sha256


def test_emptied_sources_are_an_answer_without_code_and_it_is_said(read, notebook):
    answer = read("sigmoid.ipynb", notebook("", "", ("markdown", "")))
    assert answer.parts == ()
    assert answer.notes[0].endswith("sigmoid.ipynb holds code.")


def test_a_notebook_under_the_name_of_a_py_file_is_told_what_it_is(read, notebook):
    assert "Give it the ending .ipynb" in read("sigmoid.py", notebook("x = 1")).reason


def test_large_outputs_are_skipped_and_large_code_is_refused(read, notebook):
    book = json.loads(notebook("x = 1"))
    book["cells"][0]["outputs"] = ["#" * (6 << 20)]
    assert isinstance(read("sigmoid.ipynb", json.dumps(book)), Answer)
    assert "6 MiB of code" in read("sigmoid.ipynb", notebook("#" * (3 << 20), "#" * (3 << 20))).reason


def test_too_many_cells_and_too_large_a_file_are_refused(read, notebook):
    assert "5001 cells" in read("sigmoid.ipynb", notebook(*["x = 1"] * 5001)).reason
    assert "at most 50 MiB" in read("sigmoid.ipynb", b" " * ((50 << 20) + 1)).reason


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install torch\nx = 1", "pass\nx = 1"),
        ("!pip install \\\n  torch\nx = 1", "pass\n\nx = 1"),
        ("!echo \"it's (open\nx = 1", "pass\nx = 1"),
        ("?np.sum\nnp.sum??\nx = 1", "pass\npass\nx = 1"),
        ("files = !ls\nx = 1", "files = None\nx = 1"),
        ("t = %timeit -o f()\nx = 1", "t = None\nx = 1"),
        ("if x:\n    %time f()\ny = 1", "if x:\n    pass\ny = 1"),
        ("%%time\nx = 1", "\nx = 1"),
        ("\n%%capture out\n%%time\nx = 1", "\n\n\nx = 1"),
    ],
)
def test_what_only_ipython_understands_leaves_and_lines_keep_their_numbers(cells, cell, python):
    assert cells(cell) == {"cell 1": python}


@pytest.mark.parametrize(
    "cell",
    [
        "y = (a\n     % b)",
        "y = [\n% not code",
        'text = """\n%matplotlib inline\n!ls\n"""',
        "text = '''it\\'''s\n%x\n'''",
        "s = 'a\\\n%b'",
        "y = a \\\n  % b",
        "# what is this?",
        "s = 'why?'  # (",
        "x != y",
        "d = {'%': 1}\nprint('%d' % 5)",
        'f"""{x}\n!{y}"""',
        '"""never closed\n%x\\',
        "'open\\",
    ],
)
def test_python_that_only_looks_like_a_magic_stays_as_it_is(cells, cell):
    assert cells(cell) == {"cell 1": cell}


def test_a_cell_in_another_language_is_left_out_and_it_is_said(read, notebook):
    answer = read("sigmoid.ipynb", notebook("%%bash\nrm -rf x", "x = 1\n!ls"))
    assert [part.label for part in answer.parts] == ["cell 2"]
    assert answer.notes == (
        "Cell 1 begins with %%bash and was left out.",
        "Lines that only a notebook understands (%, !, ?) were left out: 1.",
    )


def test_a_cell_that_writes_the_answer_comes_first_so_that_all_else_goes_over_it(read, notebook):
    answer = read("sigmoid.ipynb", notebook("a = 2", "%%writefile sigmoid.py\na = 1", "%%writefile other.py\na = 0"))
    assert [(part.label, part.source) for part in answer.parts] == [("cell 2", "\na = 1"), ("cell 1", "a = 2")]
    assert answer.notes[0] == "Cell 2 writes a file: its text is read before the other cells."
    assert answer.notes[1] == "Cell 3 begins with %%writefile and was left out."


@pytest.mark.parametrize("piece", ["'", '"""', "(", "\\", "a\\", "#", "%", "x = ", "?", "'\\\n"])
def test_a_long_cell_of_anything_is_read_whole(cells, piece):
    source = "x" + piece * 100_000
    assert cells(source)["cell 1"].count("\n") == source.count("\n")
