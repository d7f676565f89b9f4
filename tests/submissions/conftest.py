"""A reader that knows four exercises, and notebooks made from their cells."""

import json

import pytest

from grader.submissions import read_answer

KNOWN = ("perceptron", "sigmoid", "init", "lstm_cec")


@pytest.fixture
def known():
    return KNOWN


@pytest.fixture
def read(write):
    """read("sigmoid.py", source): the file is written and read."""

    def answer(name, source="", **more):
        return read_answer(write(name, source, **more), KNOWN)

    return answer


@pytest.fixture
def notebook():
    """notebook("x = 1", ("markdown", "# title")): the JSON of a notebook of these cells; a str is code."""

    def make(*cells, **fields):
        pairs = [("code", cell) if isinstance(cell, str) else cell for cell in cells]
        raw = [{"cell_type": kind, "metadata": {}, "source": source, "outputs": []} for kind, source in pairs]
        return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": raw} | fields)

    return make


@pytest.fixture
def cells(read, notebook):
    """cells("%%time\\nx = 1"): {label: source} of the parts that these cells come to."""

    def parts(*sources):
        return {part.label: part.source for part in read("sigmoid.ipynb", notebook(*sources)).parts}

    return parts
