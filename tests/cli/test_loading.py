"""A command loads what it needs and no more: what is loaded is time before the first word."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = str(Path(__file__).resolve().parents[2])
HEAVY = ("rich", "nbformat", "sqlite3", "jinja2", "numpy", "autograd", "msgspec", "babel", "pytest", "IPython")


@pytest.fixture
def loaded(folder):
    """loaded("check", "-h"): the heavy packages that a command line loads, and how many modules in all."""

    def ask(*arguments):
        code = (
            "import json, sys; from grader.cli import run\n"
            f"run({list(arguments)!r})\n"
            "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=folder, env={"PYTHONPATH": ROOT, "PATH": "", "LC_ALL": "C.UTF-8"},
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        modules = json.loads(done.stderr.splitlines()[-1])
        return {name for name in HEAVY if name in modules}, len(modules)

    return ask


def test_help_loads_nothing_heavy(loaded):
    heavy, count = loaded("check", "-h")
    assert heavy <= {"numpy"}
    assert count < 330


def test_check_loads_no_notebooks_no_database_and_no_pages(loaded, write, right):
    write("sigmoid.py", right)
    heavy, count = loaded("check", "sigmoid.py")
    assert heavy == {"rich", "numpy", "autograd", "msgspec"}
    assert count < 700


def test_json_needs_no_terminal(loaded, write, right):
    write("sigmoid.py", right)
    assert "rich" not in loaded("check", "sigmoid.py", "--json")[0]


def test_a_notebook_brings_its_reader(loaded, write, right):
    cells = [{"cell_type": "code", "source": right, "metadata": {}, "outputs": [], "execution_count": None, "id": "a"}]
    write("sigmoid.ipynb", json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}))
    assert "sqlite3" not in loaded("check", "sigmoid.ipynb")[0]
