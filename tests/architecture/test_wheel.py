"""The package as somebody installs it, far from any checkout."""

import subprocess
import sys
import venv
import zipfile

import pytest


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory, project):
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--wheel-dir", folder, project)
    return next(folder.glob("*.whl"))


@pytest.mark.soak
def test_a_wheel_holds_the_course_and_its_catalogues_as_data(wheel, course):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "grader/locale/ja/LC_MESSAGES/grader.mo" in names
    for id in course.ids:
        for path in (course.reference(id), course.solution(id), course.skeleton(id), course.statement(id, "ja")):
            assert f"grader/bundled/{path.relative_to(course.folder).as_posix()}" in names
        assert f"grader/bundled/locale/ja/LC_MESSAGES/{id}.mo" in names
    assert {name.split("/")[0] for name in names} == {"grader", wheel.name.rsplit("-", 3)[0] + ".dist-info"}


@pytest.mark.soak
def test_the_program_works_where_only_the_wheel_is(wheel, course, tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    python, grader = tmp_path / "venv/bin/python", tmp_path / "venv/bin/grader"
    run(python, "-m", "pip", "install", "-qq", wheel)
    assert all(id in run(grader, "list", "--lang", "en", cwd=tmp_path) for id in course.ids)
    (tmp_path / course.solution(course.ids[0]).name).write_bytes(course.solution(course.ids[0]).read_bytes())
    run(grader, "check", "--lang", "ja", cwd=tmp_path)
