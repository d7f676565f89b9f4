"""What tests of several rooms share: the course in this checkout, and a student's file made from a string."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course import Course, load_course

PROJECT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pin", action="store_true", help="rewrite the texts that tests pin; review the diff")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long runs only where it is asked for: `pytest -m soak`."""
    if "soak" not in config.getoption("-m"):
        skip = pytest.mark.skip(reason="takes long: make soak")
        for item in items:
            if item.get_closest_marker("soak"):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def course() -> Course:
    """The course that this checkout holds."""
    return load_course(PROJECT)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """write("aiko/sigmoid.py", source) makes a file; source is text, dedented, or bytes, taken as they are."""

    def make(name: str, source: str | bytes = "", *, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = source if isinstance(source, bytes) else textwrap.dedent(source).encode(encoding)
        path.write_bytes(data)
        return path

    return make
