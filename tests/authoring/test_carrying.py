"""A capstone's skeleton takes over what the student has written of earlier exercises."""

import json

from grader.authoring import carried_over, into_file, into_notebook
from grader.submissions import Answer
from grader.wire import Part

SKELETON = '''"""A capstone."""

import numpy as np


def sigmoid(x):
    """The curve."""
    raise NotImplementedError("sigmoid: not written yet")


def train(x, t):
    """The training."""
    raise NotImplementedError("train: not written yet")
'''
EARLIER = """
import math
import numpy as np

HALF = 0.5

def stable(x):
    return HALF * (1 + np.tanh(HALF * x))

def sigmoid(x):
    return stable(x)

def train(x):
    return math.pi
"""


def answer(source, path="sigmoid.py"):
    return Answer(exercise="sigmoid", parts=(Part("", source),), path=path, sha256="0", format="py")


def test_a_function_of_the_same_name_and_parameters_is_taken_over_with_what_it_mentions():
    text = into_file(SKELETON, carried_over(SKELETON, [answer(EARLIER)]))
    assert "# from your sigmoid.py\ndef sigmoid(x):\n    return stable(x)" in text
    assert "HALF = 0.5" in text
    namespace = {}
    exec(compile(text, "capstone.py", "exec"), namespace)
    assert namespace["sigmoid"](0.0) == 0.5


def test_other_parameters_are_another_function():
    assert "train" not in carried_over(SKELETON, [answer(EARLIER)])


def test_an_unwritten_function_is_not_taken_over():
    source = "def sigmoid(x):\n    raise NotImplementedError('sigmoid')\n"
    assert carried_over(SKELETON, [answer(source)]) == {}


def test_of_two_answers_the_later_counts():
    later = answer("def sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n", "mlp.py")
    assert carried_over(SKELETON, [answer(EARLIER), later])["sigmoid"].path == "mlp.py"


def test_a_source_that_python_cannot_read_is_passed_over():
    assert carried_over(SKELETON, [answer("def sigmoid(x:")]) == {}


def test_a_notebooks_cell_is_replaced():
    cell = {"cell_type": "code", "id": "function-sigmoid", "source": ["def sigmoid(x):\n", "    raise"]}
    notebook = json.dumps({"cells": [cell, {"cell_type": "markdown", "source": []}]})
    cells = json.loads(into_notebook(notebook, carried_over(SKELETON, [answer(EARLIER)])))["cells"]
    assert "".join(cells[0]["source"]).startswith("# from your sigmoid.py\ndef sigmoid(x):\n    return stable(x)")
