"""A numerical slope handed in as the derivative is recognised, in whatever way it is written; nothing honest is."""

import textwrap
from pathlib import Path

import pytest

from grader.course import load_course
from grader.grading import judge as judge_answer
from grader.grading.slope_source import read
from grader.submissions import read_answer
from grader.wire import Part

ROOT = Path(__file__).parents[2]
CUBE = "def cube(x): return x * x * x\n"
HONEST_SLOPE = "def cube_grad(x): return 3 * x * x\n"

NUMERICAL = {
    "central": "def cube_grad(x): return (cube(x + 1e-5) - cube(x - 1e-5)) / 2e-5",
    "forward": """
        def cube_grad(x, h=1e-7):
            return (cube(x + h) - cube(x)) / h""",
    "split": """
        H = 1e-5
        def cube_grad(x):
            right = cube(x + H)
            left = cube(x - H)
            return (right - left) / (2 * H)""",
    "a_closure_bound_by_assignment": """
        def derivative(f, h=1e-5):
            def slope(x):
                return (f(x + h) - f(x - h)) / (2 * h)
            return slope
        cube_grad = derivative(cube)""",
    "a_lambda": "cube_grad = lambda x, h=1e-6: 0.5 * (cube(x + h) - cube(x - h)) / h",
    "a_partial": """
        from functools import partial
        def slope(f, x, h): return (f(x + h) - f(x - h)) / (2 * h)
        cube_grad = partial(slope, cube, h=1e-5)
        """,
    "divided_by_the_places": """
        def cube_grad(x):
            a, b = x - 1e-5, x + 1e-5
            return (cube(b) - cube(a)) / (b - a)""",
    "a_reciprocal": """
        def cube_grad(x):
            h = 1e-5
            scale = 1 / (2 * h)
            return scale * (cube(x + h) - cube(x - h))""",
    "a_number_for_the_reciprocal": "def cube_grad(x): return (cube(x + 1e-5) - cube(x - 1e-5)) * 5e4",
    "operators_by_name": """
        import operator
        def cube_grad(x):
            h = 10 ** -5
            return operator.truediv(operator.sub(cube(np.add(x, h)), cube(np.subtract(x, h))), 2 * h)""",
    "changed_in_place": """
        def cube_grad(x):
            h = 1e-5
            y = cube(x + h)
            y -= cube(x - h)
            y /= 2 * h
            return y""",
    "entry_by_entry": """
        def cube_grad(x):
            x = np.array(x, dtype=float)
            slope = np.zeros_like(x)
            for k in np.ndindex(x.shape):
                old = x[k]
                x[k] = old + 1e-5
                up = np.sum(cube(x))
                x[k] = old - 1e-5
                down = np.sum(cube(x))
                x[k] = old
                slope[k] = (up - down) / 2e-5
            return slope""",
    "richardson": """
        def cube_grad(x):
            h = 1e-2
            return (8 * (cube(x + h) - cube(x - h)) - (cube(x + 2 * h) - cube(x - 2 * h))) / (12 * h)""",
    "complex_step": "def cube_grad(x): return np.imag(cube(x + 1e-20j)) / 1e-20",
    "complex_step_by_attribute": """
        def cube_grad(x):
            h = 1e-30
            return cube(np.asarray(x) + 1j * h).imag / h""",
    "np_gradient": """
        def cube_grad(x):
            h = 1e-4
            return np.gradient(np.stack([cube(x - h), cube(x), cube(x + h)]), h, axis=0)[1]""",
    "np_diff": """
        def cube_grad(x):
            h = 1e-5
            return np.diff([cube(x - h), cube(x + h)], axis=0)[0] / (2 * h)""",
    "a_loop_over_signs": """
        def cube_grad(x):
            h, total = 1e-5, 0
            for sign in (1, -1):
                total = total + sign * cube(x + sign * h)
            return (total - 0) / (2 * h)""",
    "without_a_call_of_the_cube": "def cube_grad(x): return ((x + 1e-6) ** 3 - (x - 1e-6) ** 3) / 2e-6",
    "a_method": """
        class Slope:
            h = 1e-5
            def __call__(self, x):
                return (cube(x + self.h) - cube(x - self.h)) / (2 * self.h)
        cube_grad = Slope().__call__
        """,
    "the_root_of_the_machine_epsilon": """
        def cube_grad(x):
            h = np.sqrt(np.finfo(float).eps)
            return (cube(x + h) - cube(x)) / h""",
    "a_step_relative_to_x": """
        def cube_grad(x):
            h = 1e-5 * np.maximum(1.0, np.abs(x))
            return (cube(x + h) - cube(x - h)) / (2 * h)""",
    "a_step_that_no_constant_shows": """
        def cube_grad(x):
            h = len("aa") / sum(range(700)) + 0 * np.abs(x)
            return (cube(x + h) - cube(x - h)) / (2 * h)""",
    "built_by_exec": """
        exec("def cube_grad(x):\\n    return (cube(x + 1e-5) - cube(x - 1e-5)) / 2e-5")
        """,
}

HONEST = {
    "factors": HONEST_SLOPE,
    "float32_inside": "def cube_grad(x): return (3 * np.float32(x) ** 2).astype(float) if np.ndim(x) else 3.0 * x * x",
    "logarithms": "def cube_grad(x): return 3 * np.exp(2 * np.log(np.abs(x) + 1e-300))",
    "an_unused_helper": """
        def numerical(f, x, h=1e-5): return (f(x + h) - f(x - h)) / (2 * h)
        """
    + HONEST_SLOPE,
    "a_check_below_main": HONEST_SLOPE
    + """
        if __name__ == "__main__":
            x, h = np.ones(3), 1e-5
            assert np.allclose((cube(x + h) - cube(x - h)) / (2 * h), cube_grad(x))
        """,
    "a_check_inside": """
        def cube_grad(x):
            slope = 3 * x * x
            numerical = (cube(x + 1e-5) - cube(x - 1e-5)) / 2e-5
            assert np.allclose(slope, numerical, atol=1e-3)
            return slope""",
    "a_check_by_a_helper": """
        def compared(x, slope):
            numerical = (cube(x + 1e-5) - cube(x - 1e-5)) / 2e-5
            if not np.allclose(slope, numerical, atol=1e-3):
                print("differs")
        def cube_grad(x):
            slope = 3 * x * x
            compared(x, slope)
            return slope""",
    "a_test_function": HONEST_SLOPE
    + """
        def test_slope():
            assert abs((cube(1 + 1e-6) - cube(1 - 1e-6)) / 2e-6 - cube_grad(1.0)) < 1e-3
        """,
    "np_diff_of_powers": """
        def cube_grad(x):
            return np.diff(np.stack([x * x, 4 * x * x]), axis=0)[0]""",
    "np_gradient_of_something_else": """
        def spacing(n): return np.gradient(np.arange(n) * 3.0)[0]
        def cube_grad(x): return spacing(5) * x * x""",
    "values_subtracted_and_divided": """
        def cube_grad(x):
            return (np.square(3 * x) - np.square(np.sqrt(3.0) * x)) / 2""",
    "two_asks_of_the_cube": """
        def cube_grad(x):
            return (cube(2 * x) - cube(x) - cube(x)) / np.where(x == 0, 1, 2 * x)""",
    "two_logarithms": """
        def cube_grad(x):
            eps = 1e-12
            y = 1 / (1 + np.exp(-x))
            odds = (np.log(y + eps) - np.log(1 - y)) / 2
            return 3 * x * x + 0 * odds""",
    "a_mean_of_two_sums": """
        def cube_grad(x):
            n = np.size(x)
            return 3 * x * x + 0 * (np.sum(x * x) - np.sum(x)) / n""",
    "finite_powers": "def cube_grad(x): return sum(x ** k * x ** (2 - k) for k in range(3))",
    "dual_numbers": """
        def times(a, b): return a[0] * b[0], a[0] * b[1] + a[1] * b[0]
        def cube_grad(x):
            one = (x, np.ones_like(x))
            return times(times(one, one), one)[1]""",
    "exec_of_a_formula": """
        exec("def cube_grad(x): return 3 * x * x")
        """,
}


def answer(source):
    return CUBE + textwrap.dedent(source)


@pytest.mark.parametrize("source", NUMERICAL.values(), ids=NUMERICAL)
def test_a_numerical_slope_earns_no_points_of_the_gradient(source, judge):
    result = judge(answer(source))
    check = result.check("own_slope")
    assert (check.status, check.earned) == ("cheat", 0), check
    assert "numerical slope" in check.message
    assert "formula" in check.message
    assert result.function("cube_grad").status == "fail"
    assert result.function("cube").status == "pass"
    assert result.mistakes("cube_grad") == []


@pytest.mark.parametrize("source", HONEST.values(), ids=HONEST)
def test_no_honest_answer_is_taken_for_one(source, judge):
    statuses = {check.id: check.status for check in judge(answer(source)).checks}
    assert "cheat" not in statuses.values(), statuses


def test_the_finding_names_the_line(judge):
    check = judge(answer("def cube_grad(x):\n    h = 1e-5\n    return (cube(x + h) - cube(x - h)) / (2 * h)"))
    assert check.check("own_slope").line == 5


# --- gradients of losses, as the course asks for them ---

ENTRY_BY_ENTRY = """

def _numerical(value, arrays, h=1e-5):
    gradients = []
    for array in arrays:
        gradient = np.zeros(array.shape)
        for k in np.ndindex(array.shape):
            old = array[k]
            array[k] = old + h
            up = value()
            array[k] = old - h
            down = value()
            array[k] = old
            gradient[k] = (up - down) / (2 * h)
        gradients.append(gradient)
    return tuple(gradients)
"""
OF_A_VECTOR = """

def _numerical(f, x):
    x = np.array(x)
    gradient = np.zeros_like(x)
    for k in range(x.size):
        step = np.zeros_like(x)
        step.flat[k] = 1e-6
        gradient.flat[k] = (f(x + step) - f(x - step)) / (2 * 1e-6)
    return gradient
"""
OF_LOSSES = {
    "cross_entropy-entry_by_entry": (
        "ch3_neural_networks/cross_entropy", "softmax_cross_entropy_grad", OF_A_VECTOR + """
def softmax_cross_entropy_grad(u, t):
    return _numerical(lambda v: softmax_cross_entropy(v, t), u)
"""),
    "cross_entropy-a_copy_for_each": ("ch3_neural_networks/cross_entropy", "binary_cross_entropy_logits_grad", """
def binary_cross_entropy_logits_grad(u, t):
    base, g = binary_cross_entropy_logits(u, t), []
    for k in range(len(u)):
        moved = u.copy()
        moved[k] += 1e-6
        g.append((binary_cross_entropy_logits(moved, t) - base) / 1e-6)
    return np.array(g)
"""),
    "backprop-in_place": ("ch3_neural_networks/backprop", "gradients", ENTRY_BY_ENTRY + """
def gradients(x, t, W1, b1, W2, b2):
    arrays = [array.copy() for array in (W1, b1, W2, b2)]
    return _numerical(lambda: loss(x, t, *arrays), arrays)
"""),
    "backprop-of_a_list": ("ch3_neural_networks/backprop", "gradients", """
def gradients(x, t, W1, b1, W2, b2):
    params, out = [W1.copy(), b1.copy(), W2.copy(), b2.copy()], []
    for p in params:
        g = np.zeros_like(p)
        flat, g_flat = p.ravel(), g.ravel()
        for i in range(p.size):
            flat[i] += 1e-5
            plus = loss(x, t, *params)
            flat[i] -= 2e-5
            minus = loss(x, t, *params)
            flat[i] += 1e-5
            g_flat[i] = (plus - minus) / 2e-5
        out.append(g)
    return tuple(out)
"""),
    "bptt-a_dict_of_parameters": ("ch5_recurrent_networks/bptt", "gradients", """
def gradients(x, h0, params, t, eps=1e-5):
    def slope(key):
        grad = np.zeros_like(params[key])
        for k in np.ndindex(grad.shape):
            e = np.zeros_like(grad)
            e[k] = eps
            right = loss(x, h0, {**params, key: params[key] + e}, t)
            left = loss(x, h0, {**params, key: params[key] - e}, t)
            grad[k] = (right - left) / (2 * eps)
        return grad
    dh0 = np.zeros_like(h0)
    for k in np.ndindex(h0.shape):
        e = np.zeros_like(h0)
        e[k] = eps
        dh0[k] = (loss(x, h0 + e, params, t) - loss(x, h0 - e, params, t)) / (2 * eps)
    return dh0, {key: slope(key) for key in params}
"""),
    "sigmoid-central": ("ch3_neural_networks/sigmoid", "sigmoid_grad", """
def sigmoid_grad(x):
    return (sigmoid(x + 1e-6) - sigmoid(x - 1e-6)) / 2e-6
"""),
}  # fmt: skip


@pytest.fixture(scope="module")
def course():
    return load_course()


@pytest.mark.parametrize(("place", "function", "source"), OF_LOSSES.values(), ids=OF_LOSSES)
def test_a_numerical_gradient_of_a_loss_is_recognised(place, function, source, course, wall, tmp_path):
    path = tmp_path / f"{Path(place).name}.py"
    path.write_text((ROOT / "solutions" / f"{place}.py").read_text(encoding="utf-8") + source, encoding="utf-8")
    result = judge_answer(read_answer(path, frozenset(course.ids)), course, wall, seed=3, lang="en")
    found = {check.status for check in result.checks if function in check.of and check.kind == "gradient"}
    assert found == {"cheat"}, [(check.id, check.status, check.message) for check in result.checks]
    assert all(check.status != "cheat" for check in result.checks if function not in check.of)


# --- every right answer there is ---

RIGHT = sorted((ROOT / "solutions").glob("*/*.py")) + sorted((ROOT / "tests/reference/right_forms").glob("*/*.py"))


def functions_of(path, course):
    id = path.stem if path.is_relative_to(ROOT / "solutions") else path.parent.name
    return list(course.exercise(id).functions) if id in course.ids else []


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_text_of_no_right_answer_shows_a_difference_quotient(path, course):
    names = functions_of(path, course)
    part = Part("", path.read_text(encoding="utf-8"))
    for name in names:
        assert read([part], name, frozenset(names) - {name}).slopes == (), name


HOSTILE = {
    "many_names": "def f(x):\n" + "".join(f"    a{k + 1} = a{k} * a{k} + a{k}\n" for k in range(2000)) + "    return a",
    "a_long_sum": "def f(x): return " + " + ".join(["x"] * 20_000),
    "deep_brackets": "def f(x): return " + "(" * 5000 + "x" + ")" * 5000,
    "many_calls": "def f(x): return (" + " - ".join(f"g(x + {k})" for k in range(3000)) + ") / 2",
    "huge_powers": "H = 9 ** 9 ** 9 ** 9\ndef f(x): return g(x + H) / (2 * H)",
    "a_number_without_a_decimal_form": "def f(x): return (g(x + 0x" + "F" * 9000 + ") - g(x)) / 2",
    "a_step_that_vanishes": "def f(x): return (g(x + 1e-300 / 1e300) - g(x)) / 1e-300",
    "itself": "f = f\ng = lambda: f\nf = g",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_reading_a_hostile_text_ends_and_says_nothing(source):
    assert read([Part("", source)], "f").slopes == ()
