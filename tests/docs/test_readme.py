"""What the README shows is what the program prints: `pytest tests/docs --pin` rewrites it, and the diff is reviewed.

A comment `<!-- output: COMMAND -->` stands before a block that shows the command's output.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path("README.md")
BLOCK = re.compile(r"<!-- output: (?P<command>[^>]*) -->\n```\n(?P<shown>.*?)```\n", re.DOTALL)
BLOCKS = [match["command"] for match in BLOCK.finditer(README.read_text(encoding="utf-8"))]


def printed(command: str, folder: Path) -> str:
    """What the command prints on an 80 column terminal, with times and machine-dependent ends of lines left out."""
    program, *arguments = command.split()
    assert program == "grader"
    (folder / "examples").symlink_to(Path("examples").resolve())
    environment = {**os.environ, "COLUMNS": "80", "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    path = Path(sys.executable).with_name("grader")
    done = subprocess.run(
        [path, *arguments], capture_output=True, text=True, cwd=folder, env=environment, check=False, timeout=300
    )
    return re.sub(r"level (process|confined|full)", "level full", done.stdout).rstrip("\n") + "\n"


@pytest.mark.parametrize("command", BLOCKS)
def test_the_readme_shows_what_the_command_prints(command, tmp_path, request):
    text = README.read_text(encoding="utf-8")
    shown = next(match["shown"] for match in BLOCK.finditer(text) if match["command"] == command)
    now = printed(command, tmp_path)
    if request.config.getoption("--pin"):
        before, after = (f"<!-- output: {command} -->\n```\n{block}```" for block in (shown, now))
        README.write_text(text.replace(before, after, 1), encoding="utf-8")
        return
    assert now == shown, "pytest tests/docs --pin rewrites it"


def test_the_readme_shows_a_student_and_a_class():
    assert [command.split()[1] for command in BLOCKS] == ["check", "grade"]
