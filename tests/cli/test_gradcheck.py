"""`grader gradcheck` judges the gradient of anybody's own function, in files, behind the wall."""

import json

import numpy as np
import pytest

NET = """
import numpy as np
def loss(w): return np.sum(np.tanh(w) ** 2)
def right(w): return 2 * np.tanh(w) * (1 - np.tanh(w) ** 2)
def wrong(w): return 2 * np.tanh(w)
def layer(w): return np.tanh(w)
def layer_backward(w, dy): return dy * (1 - np.tanh(w) ** 2)
def endless(w):
    while True: pass
def raising(w): raise ZeroDivisionError("no")
"""


@pytest.fixture
def net(write):
    return write("net.py", NET)


@pytest.mark.parametrize(("forward", "backward"), [("loss", "right"), ("layer", "layer_backward")])
def test_a_right_gradient_ends_with_code_0(grader, net, forward, backward):
    ran = grader("gradcheck", f"{net}:{forward}", f"{net}:{backward}", "--shape", "3,4")
    assert (ran.code, ran.out.split(":")[0]) == (0, "right")


def test_a_wrong_gradient_ends_with_code_1_and_says_where(grader, net):
    ran = grader("gradcheck", f"{net}:loss", f"{net}:wrong", "--shape", "3,4", "--json")
    said = json.loads(ran.out)
    assert (ran.code, said["verdict"], np.sum(said["wrong"]["x"])) == (1, "wrong", 12)


def test_the_point_may_come_from_a_file(grader, net, tmp_path):
    np.save(tmp_path / "w.npy", np.ones(3))
    assert grader("gradcheck", f"{net}:loss", f"{net}:right", "--at", tmp_path / "w.npy").code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["net.py", "net.py:right"], "net.py names no function. Write it as FILE:FUNCTION"),
        (["net.py:loss", "net.py:nothing"], "nothing is not defined in net.py."),
        (["gone.py:loss", "net.py:right"], "There is no file gone.py."),
        (["net.py:loss", "net.py:right", "--shape", "3,x"], "3,x is no shape."),
        (["net.py:loss", "net.py:right", "--at", "net.py"], "net.py is no array that numpy can read"),
        (["net.py:loss", "net.py:endless"], "could not be asked to the end"),
        (["net.py:endless", "net.py:right"], "could not be asked to the end"),
    ],
)
def test_a_call_that_cannot_be_used_gets_one_sentence(grader, net, arguments, says):
    ran = grader("gradcheck", *arguments, cwd=net.parent)
    assert ran.code == 2
    assert says in ran.err.replace("\n", " ")


def test_a_forward_that_raises_is_told_and_is_no_pass(grader, net):
    ran = grader("gradcheck", f"{net}:raising", f"{net}:right")
    assert (ran.code, ran.out.split(":")[0]) == (1, "inconclusive")


def test_the_verdict_is_told_in_japanese(grader, net):
    out = grader("gradcheck", f"{net}:loss", f"{net}:wrong", "--lang", "ja").out
    assert "誤り" in out
    assert "slope" not in out
