"""Every bad answer gets its sentence, and none of them ends the class."""

import json

import pytest

BAD = {
    "syntax_error": "import numpy as np\n\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x)\n",
    "wrong_signature": "def sigmoid():\n    return 0.5\n\ndef sigmoid_grad(x, y):\n    return y\n",
    "wrong_shape": "def sigmoid(x):\n    return x.ravel()\n\ndef sigmoid_grad(x):\n    return x.ravel()\n",
    "nan": "def sigmoid(x):\n    return x * float('nan')\n\ndef sigmoid_grad(x):\n    return x * float('nan')\n",
    "string": "def sigmoid(x):\n    return '0.5'\n\ndef sigmoid_grad(x):\n    return '0.25'\n",
    "none": "def sigmoid(x):\n    1 / (1 + x)\n\ndef sigmoid_grad(x):\n    x\n",
    "exception": "def sigmoid(x):\n    return 1 / 0\n\ndef sigmoid_grad(x):\n    return 1 / 0\n",
    "endless_loop": "def sigmoid(x):\n    while True:\n        pass\n",
    "os_exit": "import os\n\ndef sigmoid(x):\n    os._exit(0)\n",
    "os_exit_at_load": "import os\n\nos._exit(0)\n",
    "sys_exit": "import sys\n\ndef sigmoid(x):\n    sys.exit()\n",
    "crash": "import ctypes\n\ndef sigmoid(x):\n    ctypes.string_at(0)\n",
    "flood": "def sigmoid(x):\n    while True:\n        print('x' * 10_000)\n",
    "skeleton": "def sigmoid(x):\n    raise NotImplementedError\n\n"
    "def sigmoid_grad(x):\n    raise NotImplementedError\n",
    "missing_function": "def sigmoid(x):\n    return 0 * x\n",
}

CAME = {
    "wrong_signature": (
        "error",
        "sigmoid cannot be called like that: sigmoid() takes 0 positional arguments but 1 was given",
    ),
    "wrong_shape": ("fail", "shape (12,), where (4, 3) is asked for."),
    "nan": ("fail", "nan at [0, 0], where x is "),
    "string": ("fail", "the text '0.5', where an array of shape (4, 3) is asked for."),
    "none": ("fail", "None, where an array of shape (4, 3) is asked for."),
    "exception": ("error", "ZeroDivisionError in line 2: division by zero"),
    "endless_loop": (
        "timeout",
        "no answer within the time limit. Does a loop wait for something that never becomes true?",
    ),
    "os_exit": ("crash", "no answer: Python itself ended. Does the code call exit, or a C function?"),
    "sys_exit": ("error", "no value: the code ends Python in line 4. A function gives its value back by return."),
    "crash": ("crash", "no answer: Python itself ended. Does the code call exit, or a C function?"),
    "flood": ("limit", "more output than is read from one answer. Is there a print inside a loop?"),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory, run_in, right):
    """The class of bad answers, judged in one run: the run, and the Results by what is bad."""
    root = tmp_path_factory.mktemp("bad")
    files = {f"{name}/sigmoid.py": source.encode() for name, source in BAD.items()}
    files |= {
        "no_json/sigmoid.ipynb": b"this was a notebook",
        "no_notebook/sigmoid.ipynb": b'{"cells": []}',
        "no_text/sigmoid.py": b"# \xff\xfe\nx = 1\n",
        "unknown/homework.py": b"x = 1\n",
        "zz_right/sigmoid.py": right.encode(),
    }
    for name, content in files.items():
        path = root / "class" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    ran = run_in(root, "grade", "class", "--out", "results", "--seed", 7, "--json")
    return ran, {result["student"]: result for result in map(json.loads, ran.out.splitlines())}


@pytest.mark.parametrize("name", CAME)
def test_what_came_is_said_in_one_sentence(graded, name):
    status, came = CAME[name]
    first = graded[1][name]["checks"][0]
    assert first["status"] == status
    assert first["came"].startswith(came)
    assert graded[1][name]["status"] == "fail"


def test_a_missing_function_is_named_with_its_file(graded):
    came = {check["came"] for check in graded[1]["missing_function"]["checks"] if check["of"] == ["sigmoid_grad"]}
    assert came == {"sigmoid_grad is not defined in missing_function/sigmoid.py."}


def test_a_syntax_error_has_its_line_and_a_caret(graded):
    result = graded[1]["syntax_error"]
    assert (result["status"], result["line"], result["earned"]) == ("error", 4, 0)
    assert result["message"] == (
        "syntax_error/sigmoid.py, line 4: Python cannot read this line.\n"
        "    return 1 / (1 + np.exp(-x)\n"
        "               ^\n"
        "'(' was never closed"
    )


def test_an_answer_that_exits_while_it_is_loaded_cannot_be_loaded(graded):
    result = graded[1]["os_exit_at_load"]
    assert result["status"] == "error"
    assert result["message"] == (
        "os_exit_at_load/sigmoid.py cannot be loaded: no answer: Python itself ended. "
        "Does the code call exit, or a C function?"
    )


def test_a_skeleton_is_not_begun_and_not_wrong(graded):
    result = graded[1]["skeleton"]
    assert (result["status"], result["earned"]) == ("todo", 0)
    assert {check["status"] for check in result["checks"]} == {"todo"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no_json", "no_json/sigmoid.ipynb is not a notebook: this is no JSON. Save it again as a notebook (.ipynb)."),
        ("no_notebook", 'no_notebook/sigmoid.ipynb is not a notebook: it has no "nbformat".'),
        ("no_text", "no_text/sigmoid.py, line 1: byte 3 of this line is not UTF-8"),
        ("unknown", 'There is no exercise "homework". All: grader list'),
    ],
)
def test_what_is_no_answer_is_refused_and_gets_no_marks(graded, name, message):
    result = graded[1][name]
    assert (result["status"], result["score"], result["earned"]) == ("refused", None, None)
    assert result["message"].startswith(message)


def test_none_of_them_ends_the_class(graded):
    ran, results = graded
    assert ran.code == 0
    assert len(results) == len(BAD) + 5
    assert results["zz_right"]["status"] == "pass"
    assert not [name for name, result in results.items() if result["status"] == "fault"]
