"""A course on disk: course.toml, the references, and where everything of an exercise lies.

Knows: the folders of a course. Does not know any exercise by name, nor what is done with one.
"""

import contextlib
import hashlib
import importlib.util
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.course.exercise import CourseError, Exercise
from grader.i18n import LANGUAGES, MACHINE, Translator

SOURCES = "reference"
"""The package that references of a course import from each other (`from reference.common import …`)."""


@dataclass(frozen=True)
class Chapter:
    """One chapter: its exercises in order, and the tolerances of `expect` where a check gives none."""

    id: str
    title: str
    exercises: tuple[str, ...]
    rtol: float = 1e-7
    atol: float = 1e-9


@dataclass(frozen=True)
class Course:
    """A course as its course.toml says. Exercises are loaded when they are asked for."""

    folder: Path
    title: str
    languages: tuple[str, ...]
    version: str
    chapters: tuple[Chapter, ...]
    points_unchanged: int = 1
    limits: Mapping[str, Any] = field(default_factory=dict)
    _loaded: dict[str, Exercise] = field(default_factory=dict, repr=False, compare=False)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(id for chapter in self.chapters for id in chapter.exercises)

    def chapter_of(self, id: str) -> Chapter:
        """The chapter of an exercise. Raises CourseError, with a near name, where there is none."""
        for chapter in self.chapters:
            if id in chapter.exercises:
                return chapter
        near = get_close_matches(id, self.ids, 1)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        raise CourseError(f'There is no exercise "{id}".{hint} All: grader list')

    def exercise(self, id: str) -> Exercise:
        """The exercise with its oracle and checks. Raises CourseError where its reference cannot be used."""
        if id not in self._loaded:
            chapter = self.chapter_of(id)
            self._loaded[id] = _load_exercise(self, chapter.id, id)
        return self._loaded[id]

    def reference(self, id: str) -> Path:
        return self.folder / SOURCES / self.chapter_of(id).id / f"{id}.py"

    def solution(self, id: str) -> Path:
        return self.folder / "solutions" / self.chapter_of(id).id / f"{id}.py"

    def skeleton(self, id: str) -> Path:
        return self.folder / "exercises" / self.chapter_of(id).id / f"{id}.py"

    def statement(self, id: str, language: str) -> Path:
        return self.skeleton(id).with_name(f"{id}.md" if language == "en" else f"{id}.{language}.md")

    def notebook(self, id: str, language: str) -> Path:
        return self.skeleton(id).with_name(f"{id}.ipynb" if language == "en" else f"{id}.{language}.ipynb")

    def translator(self, language: str, id: str | None = None) -> Translator:
        """The machine's sentences and the course's own; those of an exercise first where one is named."""
        translator = Translator(language, (MACHINE,)).also(self.folder / "locale", "course")
        return translator.also(self.folder / "locale", id) if id else translator

    def digest(self, id: str) -> str:
        """A fingerprint of all that a verdict on this exercise depends on within the course."""
        common = sorted((self.folder / SOURCES).glob("*.py"))
        files = [self.folder / "course.toml", *common, self.reference(id)]
        whole = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files))
        return f"sha256:{whole.hexdigest()}"


def bundled_course() -> Path:
    """The folder of the course that comes with the program: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent


def load_course(folder: Path | None = None) -> Course:
    """The course in this folder, the bundled one where none is named. Raises CourseError in one sentence."""
    root = bundled_course() if folder is None else folder
    path = root / "course.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise CourseError(f"{root} holds no course: {path.name} cannot be read ({problem.strerror}).") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise CourseError(f"{path}: this is no TOML ({problem}).") from problem
    return _course(root.resolve(), path, raw)


def _course(root: Path, path: Path, raw: Mapping[str, Any]) -> Course:
    about, chapters = _table(raw, "course", path), raw.get("chapter", [])
    if not isinstance(chapters, list) or not chapters:
        raise CourseError(f"{path}: a course needs at least one [[chapter]].")
    languages = tuple(_needed(about, "languages", list, path, "[course]"))
    if unknown := [language for language in languages if language not in LANGUAGES]:
        raise CourseError(f"{path}: there is no language {unknown[0]!r}; there are {', '.join(LANGUAGES)}.")
    course = Course(
        folder=root,
        title=_needed(about, "title", str, path, "[course]"),
        languages=languages,
        version=str(about.get("version", "")),
        chapters=tuple(_chapter(chapter, path) for chapter in chapters),
        points_unchanged=int(_table(raw, "points", path).get("unchanged", 1)),
        limits=_table(raw, "limits", path),
    )
    if twice := sorted({id for id in course.ids if course.ids.count(id) > 1}):
        raise CourseError(f'{path}: the exercise "{twice[0]}" stands there twice.')
    return course


def _table(raw: Mapping[str, Any], name: str, path: Path) -> dict[str, Any]:
    table = raw.get(name, {})
    if not isinstance(table, dict):
        raise CourseError(f"{path}: [{name}] is a table, not {table!r}.")
    return table


def _needed(table: Mapping[str, Any], key: str, kind: type, path: Path, where: str) -> Any:
    value = table.get(key)
    if not isinstance(value, kind) or (not value and key != "exercises"):  # a chapter may begin empty
        form = "[…]" if kind is list else '"…"'
        raise CourseError(f"{path}: {where} needs {key} = {form}.")
    return value


def _chapter(raw: Mapping[str, Any], path: Path) -> Chapter:
    id = _needed(raw, "id", str, path, "[[chapter]]")
    return Chapter(
        id=id,
        title=_needed(raw, "title", str, path, f"[[chapter]] {id}"),
        exercises=tuple(_needed(raw, "exercises", list, path, f"[[chapter]] {id}")),
        rtol=float(raw.get("rtol", Chapter.rtol)),
        atol=float(raw.get("atol", Chapter.atol)),
    )


def _load_exercise(course: Course, chapter: str, id: str) -> Exercise:
    path = course.folder / SOURCES / chapter / f"{id}.py"
    if not path.is_file():
        says = f"{path} is missing, though the exercise {id} stands in course.toml. To begin it: grader new {id}"
        raise CourseError(says)
    with _references_of(course.folder):
        try:
            module = _execute(path, f"{SOURCES}.{chapter}.{id}")
        except CourseError as problem:
            raise CourseError(f"{path}: {problem}") from problem
        except Exception as problem:
            raise CourseError(f"{path} cannot be loaded: {type(problem).__name__}: {problem}") from problem
    exercise = getattr(module, "exercise", None)
    if not isinstance(exercise, Exercise):
        raise CourseError(f"{path} defines no `exercise = Exercise(…)`.")
    exercise.id, exercise.chapter = id, chapter
    _expect_consistent(exercise, path)
    return exercise


def _execute(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise CourseError("Python cannot load it.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def _references_of(folder: Path) -> Iterator[None]:
    """While a reference is loaded, `reference` is this course's package; afterwards nobody's.

    Two courses in one process would otherwise share the first one's `reference.common`.
    """
    before = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == SOURCES}
    package = ModuleType(SOURCES)
    package.__path__ = [str(folder / SOURCES)]
    sys.modules[SOURCES] = package
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == SOURCES]:
            del sys.modules[name]
        sys.modules.update(before)


def _expect_consistent(exercise: Exercise, path: Path) -> None:
    """Every check and mistake speaks of a function that the exercise declares."""
    for check in exercise.checks.values():
        if unknown := [name for name in check.of if name not in exercise.functions]:
            raise CourseError(f"{path}: check {check.id} is of {unknown[0]}, which is no @exercise.function.")
    for mistake in exercise.mistakes:
        if mistake.of not in exercise.functions:
            raise CourseError(f"{path}: mistake {mistake.id} is of {mistake.of}, which is no @exercise.function.")
    if not exercise.functions or not exercise.checks:
        raise CourseError(f"{path}: an exercise needs at least one function and one check.")
