"""Right answers in other forms pass: right_forms/<exercise>/<what is particular about it>.py."""

from pathlib import Path

import pytest

FORMS = sorted((Path(__file__).parent / "right_forms").glob("*/*.py"))
SEEDS = 3


def failures(result):
    return [f"{check.id}: {check.message}" for check in result.checks if check.status != "pass"] or result.message


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_right_answer_in_another_form_passes(path, judge):
    for seed in range(1, SEEDS + 1):
        result = judge(path.parent.name, path.read_text(encoding="utf-8"), seed)
        assert result.status == "pass", failures(result)


@pytest.mark.soak
@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_right_answer_in_another_form_passes_with_any_of_two_hundred_seeds(path, judge):
    for seed in range(200):
        result = judge(path.parent.name, path.read_text(encoding="utf-8"), seed)
        assert result.status == "pass", failures(result)
