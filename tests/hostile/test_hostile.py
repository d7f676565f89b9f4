"""Answers that want to be wrong and pass, reach out, hurt or speak in the grader's voice; and honest oddities.

Each file in answers/ says its group and its breach in its docstring. Those of the group `reach` answer rightly only if
the forbidden act worked: a `pass` is the breach, and no log has to be read. That a `pass` would really come is tried
as well, with the layers left out.
"""

import dataclasses
import hashlib
import json
import re
import unicodedata
from pathlib import Path

import pytest

from grader.grading import judge, to_json
from grader.submissions import Answer
from grader.wire import Part
from grader.worker import LEVELS, Account, LevelMissing, open_wall
from grader.worker.template import Build
from grader.worker.wall import Wall

ANSWERS = Path(__file__).parent / "answers"
HONEST = sorted((ANSWERS / "honest").glob("*.py"))
HOSTILE = sorted(set(ANSWERS.glob("*/*.py")) - set(HONEST))
TIGHT = {"load": 0.6, "call": 0.3, "wall": 4.0, "cpu": 4.0, "memory": 256 << 20}


def header(path, field):
    found = re.search(rf"^(?:\"\"\")?{field}: (.*?)\.?$", path.read_text(encoding="utf-8")[:500], re.MULTILINE)
    return found.group(1) if found else None


def stopped_at(level):
    return [path for path in HOSTILE if LEVELS.index(header(path, "stopped from")) <= LEVELS.index(level)]


UNWALLED = [path for path in HOSTILE if header(path, "without a wall") == "pass"]
CASES = [pytest.param(level, path, id=f"{level}-{path.stem}") for level in LEVELS for path in stopped_at(level)]


@pytest.fixture(scope="session")
def walls():
    """One wall for each level that this machine can do, shared by all answers, as in a class."""
    opened = {}
    for level in LEVELS:
        try:
            opened[level] = open_wall(level)
        except LevelMissing:
            continue
    yield opened
    for wall in opened.values():
        wall.close()


@pytest.fixture
def judged(course, walls):
    def on(path, level, limits=None):
        if level not in walls:
            pytest.skip(f"this machine cannot do {level}")
        return verdict(path, course if limits is None else dataclasses.replace(course, limits=limits), walls[level])

    return on


def verdict(path, course, wall):
    source = path.read_text(encoding="utf-8")
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    answer = Answer("sigmoid", (Part("", source),), path.name, sha256, "py")
    return judge(answer, course, wall, seed=11, lang="en")


@pytest.mark.parametrize(("level", "path"), CASES)
def test_no_breach_and_no_fault(judged, level, path):
    result = judged(path, level, TIGHT)
    assert result.status in ("fail", "error", "todo"), header(path, "breach")
    assert result.seconds.wall < 60
    assert unseen(to_json(result)) == [], "characters that command a reader's terminal"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.stem)
def test_honest_oddities_pass_at_every_level(judged, level, path):
    result = judged(path, level)
    assert result.status == "pass", [(check.id, check.message) for check in result.checks if check.status != "pass"]


@pytest.mark.parametrize("path", UNWALLED, ids=lambda path: path.stem)
def test_without_the_layers_the_forbidden_act_works(course, path):
    """Else stopping it would prove nothing. Needs root where the act does."""
    with Wall([("process", Build())], fork=True) as bare:
        result = verdict(path, course, bare)
    if result.status != "pass":
        pytest.skip(f"this act cannot be done here at all: {result.printed[-200:]}")


@pytest.mark.parametrize("level", LEVELS)
def test_the_next_student_notices_nothing(judged, walls, level):
    assert judged(HONEST[0], level).status == "pass"
    with walls[level].answer(Account()) as child:
        assert child.printed == ""


def test_every_file_states_its_group_and_its_breach():
    for path in HOSTILE:
        assert header(path, "group") == path.parent.name, path
        assert header(path, "breach"), path
    assert len(HOSTILE) >= 60
    assert len(HONEST) >= 15


def unseen(line):
    """Control and format characters in any string of one line of JSON, escaped by JSON or not."""
    found = []

    def walk(value):
        if isinstance(value, str):
            found.extend(c for c in value if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t")
        elif isinstance(value, dict):
            for key, entry in value.items():
                walk(key)
                walk(entry)
        elif isinstance(value, list):
            for entry in value:
                walk(entry)

    walk(json.loads(line))
    return found
