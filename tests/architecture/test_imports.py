"""Who may know whom, held by reading the imports of every file.

A room of grader/ is a module or a package directly in it. Each stands on a floor, and knows lower floors only. What
runs beside an answer's code knows least of all. The oracle's library, the terminal's and the command line's are each
known in one place.
"""

import ast
import sys
import tomllib
from pathlib import Path

from reading import PROJECT, called, files, imports, named, nodes, top, tree

FLOOR = {
    "i18n": 0,
    "gradcheck": 0,
    "visible": 0,
    "wire": 0,
    "course": 1,
    "submissions": 1,
    "worker": 1,
    "grading": 2,
    "similar": 2,
    "authoring": 3,
    "gradebook": 3,
    "report": 3,
    "export": 3,
    "fronts": 4,
    "cli": 5,
    "pytest_plugin": 5,
}
BEHIND_DOORS = {
    "grader.grading.result": "the shape of a Result, for those who read results and judge nothing",
    "grader.grading.classes": "what is imported when a class is judged and not before",
    "grader.grading.interview": "proofs put the oracle where an answer would be",
    "grader.grading.naming": "proofs ask whether a mistake is told from the others",
    "grader.grading.recognise": "proofs ask whether a mistake is told from the others",
    "grader.grading.respondent": "proofs put the oracle where an answer would be",
    "grader.worker.probe": "only doctor tries what an answer could do, and no judging should load it",
    "grader.course.wording": "how calls and values are written, which grading must write in the same way",
}
"""Modules that other rooms may import past the room's door, and why."""

DYNAMIC = {
    "grader/course/discovery.py": "references are loaded by path",
    "grader/worker/child/warm.py": "what every answer may import is loaded once, before the fork",
}
"""Files that import what no import statement names, and why."""

ONLY_IN = {
    "autograd": (),
    "babel": ("authoring",),
    "click": ("cli",),
    "rich": ("cli", "report", "fronts"),
    "pytest": ("fronts",),
    "IPython": ("fronts",),
}
STANDARD = sys.stdlib_module_names
GRADER = files("grader")
CHILD = files("grader/worker/child")
COURSE = tomllib.loads((PROJECT / "course.toml").read_text(encoding="utf-8"))
IDS = {id for chapter in COURSE["chapter"] for id in chapter["exercises"]}


def room_of(path):
    return path.parts[1].removesuffix(".py")


def room(name):
    """The room that a dotted name leads to; None for the outside world and for grader's own few names."""
    parts = name.split(".")
    return parts[1] if parts[0] == "grader" and len(parts) > 1 and parts[1] in FLOOR else None


def test_every_room_has_a_floor():
    rooms = {room_of(path) for path in GRADER} - {"__init__", "__main__", "bundled"}
    assert rooms <= set(FLOOR), "a new room needs a floor"


def test_a_room_imports_rooms_of_lower_floors_only():
    across = [(FLOOR.get(room_of(path), 9), room(name), said) for path, name, said in ways_out(GRADER)]
    assert not [said for floor, there, said in across if FLOOR[there] >= floor], "rooms know only lower floors"


def ways_out(paths):
    """The imports that lead from one room into another."""
    return [(path, name, said) for path, name, said in named(paths) if room(name) not in (None, room_of(path))]


def test_other_rooms_are_entered_through_their_doors():
    inside = [(module_of(name), said) for _path, name, said in ways_out(GRADER)]
    assert not [said for module, said in inside if module and module not in BEHIND_DOORS]


def module_of(name):
    """The module behind a door that an import reaches; None where it takes what the door gives."""
    parts = name.split(".")[:3]
    if len(parts) < 3:
        return None
    inner = PROJECT.joinpath(*parts)
    if not inner.is_dir() and not inner.with_suffix(".py").is_file():
        return None
    # `from grader.authoring import build`: a door may give a function that is named like its module.
    door = tree(inner.parent.relative_to(PROJECT) / "__init__.py")
    given = {alias.name for node in door.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    return None if name.count(".") == 2 and parts[2] in given else ".".join(parts)


def test_what_runs_beside_an_answer_knows_the_standard_library_numpy_and_the_wire():
    known = ("grader.wire.", "grader.worker.child.")
    foreign = [said for _path, name, said in named(CHILD) if top(name) not in STANDARD | {"numpy"}]
    assert not [said for said in foreign if not f"{said.split()[-1]}.".startswith(known)]


def test_the_wire_needs_only_msgspec_besides():
    assert {top(name) for _line, name in imports(Path("grader/wire.py"))} - STANDARD == {"numpy", "msgspec"}


def test_the_package_itself_imports_nothing_before_it_is_asked():
    body = tree(Path("grader/__init__.py")).body
    assert not [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)], "it is loaded in every child"


def test_each_outside_library_is_known_in_its_rooms_only():
    outside = [(room_of(path), ONLY_IN.get(top(name)), said) for path, name, said in named(GRADER)]
    assert not [said for here, rooms, said in outside if rooms is not None and here not in rooms]


def test_nobody_imports_a_solution():
    everybody = files("grader", "reference", "solutions", "benchmarks")
    assert not [said for _path, name, said in named(everybody) if top(name) == "solutions"], "it is read as an answer"


def test_a_reference_knows_the_vocabulary_and_mathematics():
    for path, name, said in named(files("reference")):
        allowed = STANDARD | {"numpy", "autograd"} | ({"pytest"} if path.stem.endswith("_test") else set())
        assert top(name) in allowed or name.startswith(("grader.course.", "reference.common.")), said


def test_a_solution_knows_what_an_answer_may_know():
    assert not [said for _path, name, said in named(files("solutions")) if top(name) not in STANDARD | {"numpy"}]


def test_what_no_import_statement_names_is_imported_only_where_it_is_listed():
    ways = {"import_module", "__import__", "exec_module", "spec_from_file_location", "run_path", "run_module"}
    calls = [(str(path), where) for path, call, where in nodes(GRADER, ast.Call) if called(call) in ways]
    assert not [where for path, where in calls if path not in DYNAMIC]


def test_the_machinery_names_no_exercise():
    """No name, attribute, argument or whole string in the code is an exercise's id.

    Prose may give examples (docstrings, comments, help: `grader check ID.py`), and an id may be a part of a word.
    """
    assert not [f"{where}: {word}" for _path, node, where in nodes(GRADER, ast.AST) if (word := word_of(node)) in IDS]


def word_of(node):
    fields = ("id", "attr", "arg", "value", "name")
    return next((field for name in fields if isinstance(field := getattr(node, name, None), str)), None)
