"""One wall for all tests of this room that leave it standing, and a way to ask a few lines of an answer."""

import textwrap
from contextlib import contextmanager

import pytest

from grader.wire import Part
from grader.worker import Account, Limits, open_wall


@pytest.fixture(scope="session")
def wall():
    with open_wall("process") as wall:
        yield wall


@pytest.fixture
def loaded(wall):
    """with loaded(source, call=0.5) as child: a child that has executed the source."""

    @contextmanager
    def load(source, account=None, on=wall, **limits):
        with on.answer(account or Account(Limits(**limits))) as child:
            child.load([Part("", textwrap.dedent(source))], "answer")
            yield child

    return load
