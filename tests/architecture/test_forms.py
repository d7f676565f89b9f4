"""How long things may be, and what no file does."""

import ast

from reading import PROJECT, called, files, nodes, tree

GRADER = files("grader")
OWN = files("grader", "reference", "solutions")
TESTS = [path for path in files("tests") if path.name.startswith("test_") or path.name == "conftest.py"]
LONGEST = {"reference": 600, "reference/ch3_neural_networks/computation_graph.py": 820}
"""A reference is a list of checks and mistakes, and is read in pieces; any other module is two above 400 lines.

The graph's has ten functions and a mistaken session for each way to lose a message: the one exception.
"""


def test_a_module_says_what_it_is():
    assert not [path for path in (*OWN, *TESTS) if not ast.get_docstring(tree(path))]


def test_a_module_is_read_in_one_sitting():
    lines = {path: (PROJECT / path).read_text(encoding="utf-8").count("\n") for path in (*OWN, *TESTS)}
    assert not {
        path: count
        for path, count in lines.items()
        if count > LONGEST.get(path.as_posix(), LONGEST.get(path.parts[0], 400))
    }


def test_a_function_fits_a_screen():
    assert not [f"{where} {node.name}" for _path, node, where in nodes(OWN, ast.FunctionDef) if length(node) > 60]


def test_most_functions_are_short():
    lengths = sorted(length(node) for _path, node, _where in nodes(GRADER, ast.FunctionDef))
    assert lengths[len(lengths) // 2] <= 12
    assert lengths[len(lengths) * 9 // 10] <= 30


def length(node):
    return node.end_lineno - node.lineno + 1


def test_a_module_is_named_after_one_thing():
    vague = {"utils", "util", "helpers", "helper", "base", "manager", "misc", "common"}
    assert not [path for path in GRADER if path.stem in vague]


def test_only_report_and_cli_print():
    calls = [(path, where) for path, node, where in nodes(GRADER, ast.Call) if plain(node) == "print"]
    assert not [where for path, where in calls if path.parts[1] not in ("report", "cli")]


def test_no_error_is_swallowed_whole():
    handlers = [(node, where) for _path, node, where in nodes(GRADER, ast.ExceptHandler) if catches_all(node)]
    assert not [where for node, where in handlers if all(isinstance(step, ast.Pass) for step in node.body)]


def catches_all(node):
    return node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException")


def test_a_sentence_is_marked_whole():
    """`_()` of an f-string or a sum would be a key that no catalogue holds."""
    marks = [(node, where) for _path, node, where in nodes(OWN, ast.Call) if plain(node) == "_"]
    assert not [where for node, where in marks if not isinstance(node.args[0], ast.Constant)]


def plain(node):
    """The name that is called, where it is called by its name alone."""
    return called(node) if isinstance(node.func, ast.Name) else None
