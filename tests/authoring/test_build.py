"""Generated files: what they hold, and that they say when they are stale."""

import json

import nbformat
import pytest

from grader.authoring import build
from grader.course import CourseError


def names(paths):
    return [path.name for path in paths]


def test_build_writes_skeleton_notebooks_and_catalogues_once(small):
    generated = ["squares.mo", "squares.py", "squares.ipynb", "squares.ja.ipynb", "README.md"]
    assert names(build(small, check=True)) == generated
    assert not small.skeleton("squares").exists()
    assert names(build(small)) == generated
    assert build(small) == []
    assert build(small, check=True) == []


@pytest.mark.parametrize("stale", ["skeleton", "notebook"])
def test_an_edited_file_is_stale_and_written_anew(small, stale):
    build(small)
    path = small.skeleton("squares") if stale == "skeleton" else small.notebook("squares", "ja")
    good = path.read_bytes()
    path.write_bytes(good + b"\n")
    assert build(small, check=True) == [path]
    assert path.read_bytes() != good
    assert build(small) == [path]
    assert path.read_bytes() == good


def test_the_page_of_the_course_names_every_exercise_with_its_source(small):
    build(small)
    assert "[`squares`]" in (small.folder / "exercises" / "README.md").read_text()


def test_a_new_sentence_in_a_catalogue_makes_it_stale(small):
    build(small)
    catalogue = small.folder / "locale" / "ja" / "LC_MESSAGES" / "squares.po"
    catalogue.write_text(catalogue.read_text() + '\nmsgid "new"\nmsgstr "新しい"\n')
    assert names(build(small)) == ["squares.mo"]
    assert small.translator("ja", "squares")(small.exercise("squares").title) == "二乗とその導関数"


def test_a_notebook_is_valid_and_has_a_cell_for_each_function(small):
    build(small)
    for language in ("en", "ja"):
        notebook = nbformat.read(small.notebook("squares", language), as_version=4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert [cell.id for cell in code] == ["imports", "function-squares", "function-squares_grad"]
        assert "grader check squares" in notebook.cells[-1].source
        headings = [cell.source.splitlines()[0] for cell in notebook.cells if cell.id.startswith("statement")]
        assert "\n\n".join(headings).count("## ") == 3


def test_a_notebook_is_as_nbformat_would_write_it(small):
    build(small)
    text = small.notebook("squares", "en").read_text(encoding="utf-8")
    assert nbformat.writes(nbformat.reads(text, as_version=4)) == text.rstrip("\n")
    assert json.loads(text)["metadata"]["grader"] == {"exercise": "squares"}


@pytest.mark.parametrize(
    ("missing", "fault"),
    [
        ("exercises/first/squares.ja.md", "squares.ja.md cannot be read"),
        ("solutions/first/squares.py", "squares.py cannot be read"),
        ("reference/first/squares.py", "squares.py is missing"),
    ],
)
def test_a_missing_source_is_named(small, missing, fault):
    (small.folder / missing).unlink()
    with pytest.raises(CourseError, match=fault):
        build(small)


def test_a_solution_or_catalogue_that_cannot_be_used_is_named(small):
    catalogue = small.folder / "locale" / "ja" / "LC_MESSAGES" / "squares.po"
    good = catalogue.read_text()
    catalogue.write_text(good + "\nmsgid what\n")
    with pytest.raises(CourseError, match=r"squares\.po cannot be read"):
        build(small)
    catalogue.write_text(good)
    small.solution("squares").write_text('def squares(x):\n    """x."""\n    return x\n')
    with pytest.raises(CourseError, match="squares_grad is not defined"):
        build(small)
