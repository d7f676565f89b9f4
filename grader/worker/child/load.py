"""An answer's source becomes a module, part by part. Knows Python; does not know what the functions are for."""

import __future__

import linecache
import sys
import types
from collections.abc import Sequence
from typing import Any

from grader.worker.child import blame, imports

MOST_NAMES = 2000
_FUTURES = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})


class Answer:
    """The module that the source made, and which of its files is which part."""

    def __init__(self, name: str) -> None:
        self.module = types.ModuleType(name)
        self.name = name
        self.files: dict[str, int] = {}
        self.failures: list[tuple[Any, ...]] = []

    def names(self) -> list[str]:
        """Every public global that can be called, defined or imported by the answer."""
        found = [name for name, value in list(vars(self.module).items()) if name[:1] != "_" and callable(value)]
        return [name for name in found if len(name) <= 200][:MOST_NAMES]


def load(parts: Sequence[tuple[str, str]], name: str) -> Answer:
    """Execute the parts in one namespace. One that fails does not stop the others: a cell may be a failed attempt."""
    # A module of the standard library keeps its name: the answer, or numpy, may still want to import it.
    answer = Answer(name if name not in imports.ALLOWED else f"{name}_")
    imports.guard(answer.name)
    sys.modules[answer.name] = answer.module
    flags = 0
    for number, (label, source) in enumerate(parts):
        filename = _filename(answer, label, number)
        lines = source.splitlines(keepends=True)
        linecache.cache[filename] = (
            len(source),
            None,
            lines,
            filename,
        )  # so that inspect.getsource and tracebacks work
        try:
            code = compile(source, filename, "exec", flags, dont_inherit=True)
        except BaseException as error:
            answer.failures.append(_cannot_be_read(error, number))
            continue
        flags |= code.co_flags & _FUTURES
        try:
            exec(code, vars(answer.module))
        except BaseException as error:
            answer.failures.append(_failed(answer, error, number))
    return answer


def _filename(answer: Answer, label: str, number: int) -> str:
    filename = f"{answer.name}, {label}" if label else f"{answer.name}.py"
    if filename in answer.files:
        filename = f"{filename} ({number})"
    answer.files[filename] = number
    if number == 0:
        answer.module.__file__ = filename
    return filename


def _cannot_be_read(error: BaseException, number: int) -> tuple[Any, ...]:
    kind, text = blame.name_of(error), blame.text_of(error)[:1000]
    if not isinstance(error, SyntaxError):  # null bytes, or more brackets than the parser can hold
        return (number, "compile", kind, text, None, None, None)
    line = error.text.rstrip("\n")[:500] if error.text else None
    return (
        number,
        "compile",
        kind,
        blame.clean(error.msg or ""),
        error.lineno,
        error.offset,
        line and blame.clean(line),
    )


def _failed(answer: Answer, error: BaseException, number: int) -> tuple[Any, ...]:
    kind, text, line, part, _ = blame.describe(error, answer.files)
    text = text[:1000]  # a notebook may have many cells that fail, and all have to fit one message
    source = None
    if part == number and line is not None:
        filename = next(file for file, at in answer.files.items() if at == number)
        source = blame.clean(linecache.getline(filename, line).rstrip("\n")[:500])
    return (number, "run", kind, text, line if part == number else None, None, source)
