"""The program as its users start it: a process with arguments, a folder, two streams and an exit code."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.course import load_course

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """How a run of the program ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def words(self):
        """Standard output with every run of spaces and line ends as one space: for sentences that are wrapped."""
        return " ".join(self.out.split())


def start(*arguments, folder, **environment):
    """Run the program in a folder. environment: variables beside the usual ones; None takes one away."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "PYTHONUTF8": None, "COLUMNS": None}
    variables = {name: value for name, value in {**variables, **environment}.items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-m", "grader.cli", *map(str, arguments)],
        cwd=folder, env=variables, capture_output=True, encoding="utf-8", errors="surrogateescape", timeout=300,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def folder(tmp_path):
    """A student's empty folder."""
    return tmp_path


@pytest.fixture
def grader(folder):
    """grader("check", "sigmoid.py"): the program run in the student's folder."""

    def run(*arguments, **environment):
        return start(*arguments, folder=folder, **environment)

    return run


@pytest.fixture
def write(folder):
    """write("sigmoid.py", text): a file in the student's folder; bytes are written as they are."""

    def put(name, content):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


RIGHT = """\
import numpy as np

def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1.0, e) / (1.0 + e)

def sigmoid_grad(x):
    y = sigmoid(x)
    return y * (1.0 - y)
"""


@pytest.fixture(scope="session")
def right():
    """A right answer to the exercise sigmoid, as text."""
    return RIGHT


@pytest.fixture(scope="session")
def ids():
    """The exercises of the bundled course, in order: help and advice name the first or the next."""
    return load_course().ids


@pytest.fixture(scope="session")
def run_in():
    """run_in(folder, *arguments, **environment), for folders that several tests share."""
    return lambda folder, *arguments, **environment: start(*arguments, folder=folder, **environment)
