"""Results as they come out of grading, and a terminal to read them in."""

import io
from types import SimpleNamespace

import pytest

from grader.grading.result import AnswerFile, CheckResult, FunctionResult, MistakeFound, Result
from grader.i18n import Translator
from grader.report import make_console, print_result, print_summary

SLOPE = MistakeFound(
    id="output_formula_given_the_input",
    says="x(1 − x) is the slope written with the output y = σ(x); the input was put in.",
    ask="In y(1 − y), what is y?",
)


def _check(id, status="pass", *, points=1, title=None, kind="value", of=("sigmoid_grad",), **parts):
    earned = points if status in ("pass", "carried") else 0
    return CheckResult(
        id=id, kind=kind, of=list(of), title=title or id, status=status, points=points, earned=earned, **parts
    )


def _function(name, status="pass", *, mistakes=(), blame=(), pattern=None):
    return FunctionResult(name=name, status=status, blame=list(blame), mistakes=list(mistakes), pattern=pattern)


def _result(*checks, functions=(), exercise="sigmoid", path=None, status=None, **more):
    """A Result of these checks. More fields may be given as they are named there."""
    points, earned = sum(c.points for c in checks), sum(c.earned for c in checks)
    numbers = {} if status in ("refused", "fault") else {"points": points or 10, "earned": earned, "seed": 7}
    return Result(
        exercise=exercise, status=status or ("pass" if earned == points else "fail"), checks=list(checks),
        functions=list(functions), answer=AnswerFile(path=path or f"{exercise}.py"), **{**numbers, **more},
    )  # fmt: skip


@pytest.fixture
def make():
    """make.check, make.function, make.result; make.slope is a known mistake."""
    return SimpleNamespace(check=_check, function=_function, result=_result, slope=SLOPE)


class Terminal:
    """A stream of a given encoding and width, and what was written to it."""

    def __init__(self, encoding="utf-8", width=80):
        self._bytes = io.BytesIO()
        self._encoding = encoding
        self._stream = io.TextIOWrapper(self._bytes, encoding=encoding)
        self.console = make_console(self._stream)
        self.console.width = width

    @property
    def text(self):
        self._stream.flush()
        return self._bytes.getvalue().decode(self._encoding)


@pytest.fixture
def tell():
    """tell(result or list of results, encoding=, width=): the text that a person reads."""

    def read(what, *, order=(), **terminal):
        screen = Terminal(**terminal)
        if isinstance(what, list):
            print_summary(what, screen.console, Translator("en"), order)
        else:
            print_result(what, screen.console, Translator("en"))
        return screen.text

    return read
