"""A course of one exercise with two functions, and an answer from a string put before its checks."""

import textwrap
from dataclasses import dataclass

import pytest

from grader.course import load_course
from grader.grading import judge as judge_answer
from grader.submissions import Answer, read_answer
from grader.worker import open_wall

REFERENCE = '''
"""The cube and its slope."""
import numpy as np
from grader.course import Exercise, _, expect, expect_gradient, expect_true, show

exercise = Exercise(title=_("The cube"), hints=[_("What is the volume?")])

@exercise.function
def cube(x):
    return x**3

@exercise.function
def cube_grad(x):
    return 3 * x**2

@exercise.check("value", of="cube", points=2, title=_("cube(x) at ordinary points"))
def ordinary(student, rng):
    x = rng.normal(size=(2, 3))
    expect(student.cube(x), cube(x))

@exercise.check("edge", of="cube", title=_("the cube of 10"))
def of_ten(student, rng):
    expect(student.cube(10.0), 1000.0, shown=True)

@exercise.check("gradient", of="cube_grad", points=2, title=_("the slope of your own cube"))
def own_slope(student, rng):
    expect_gradient(student.cube, student.cube_grad, at=rng.normal(size=(2, 3)))

@exercise.check("value", of="cube_grad", title=_("the slope by its value"))
def slope(student, rng):
    x = rng.normal(size=4)
    expect(student.cube_grad(x) , cube_grad(x))

@exercise.check("law", of="cube_grad", title=_("x times the slope is three times the cube"))
def homogeneous(student, rng):
    x = rng.normal(size=4)
    expect(student.cube_grad(x), 3 * student.cube(x) / x)

@exercise.check("experiment", of="cube_grad", title=_("ten steps downhill"))
def downhill(student, rng):
    x = np.array([1.0])
    for _step in range(10):
        x = x - 0.05 * student.cube_grad(x)
    show("end", x)
    expect_true(x[0] < 1.0 and student.cube(x)[0] < 1.0, _("The steps do not lead down."))

@exercise.mistake(of="cube", says=_("This is the square."), ask=_("How many factors has a cube?"))
def squared(x):
    return x**2

@exercise.mistake(of="cube_grad", says=_("The exponent has not come down."), ask=_("What becomes of the 3?"))
def exponent_kept(x):
    return x**2

@exercise.mistake(of="cube", says=_("The argument itself was changed."), ask=_("Whose array is x?"))
def arguments_changed(x):
    if isinstance(x, float):
        return x**3
    x **= 3
    return x
'''

COURSE = """
[course]
title = "A small course"
languages = ["en"]
[[chapter]]
id = "one"
title = "Chapter one"
rtol = 1e-6
atol = 1e-9
exercises = ["cube"]
[limits]
call = 1.0
"""


@pytest.fixture(scope="session")
def cubes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    (folder / "reference" / "one").mkdir(parents=True)
    (folder / "reference" / "one" / "cube.py").write_text(REFERENCE)
    (folder / "course.toml").write_text(COURSE)
    return load_course(folder)


@pytest.fixture(scope="session")
def wall():
    with open_wall("process") as wall:
        yield wall


@dataclass
class Told:
    """A Result, looked up by name."""

    result: object

    def check(self, id):
        return next(check for check in self.result.checks if check.id == id)

    def function(self, name):
        return next(function for function in self.result.functions if function.name == name)

    def mistakes(self, name):
        return [mistake.id for mistake in self.function(name).mistakes]

    def __getattr__(self, name):
        return getattr(self.result, name)


@pytest.fixture
def judge(cubes, wall, tmp_path):
    """`judge(source)`: the Result for a cube.py of this text; numpy is imported for it."""

    def judge(source, seed=7, **options):
        path = tmp_path / "cube.py"
        path.write_text("import numpy as np\n" + textwrap.dedent(source))
        answer = read_answer(path, frozenset(cubes.ids), shown_as="cube.py")
        assert isinstance(answer, Answer), answer
        return Told(judge_answer(answer, cubes, wall, seed=seed, lang="en", **options))

    return judge
