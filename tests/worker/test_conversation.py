"""What a question can be, and what comes back."""

import numpy as np
import pytest

from grader.wire import Handle, Part
from grader.worker import Account, Raised, Unsendable, open_wall

SIGMOID = """
    import numpy as np
    def sigmoid(x): return 1 / (1 + np.exp(-x))
"""


def test_a_function_of_the_answer_is_called_with_arrays(loaded):
    with loaded(SIGMOID) as child:
        np.testing.assert_array_equal(child.call("sigmoid", (np.zeros((2, 3)),)).value, np.full((2, 3), 0.5))


def test_a_fresh_interpreter_answers_as_a_forked_child_does(loaded):
    with open_wall("process", "fresh") as wall, loaded(SIGMOID, on=wall) as child:
        assert wall.start_method == "fresh"
        assert child.call("sigmoid", (0.0,)).value == 0.5


def test_an_argument_changed_in_place_is_named(loaded):
    with loaded("def f(x, y, z): y += 1; z[0] = float('nan')") as child:
        x = np.array([np.nan])
        assert child.call("f", (x, np.zeros(1)), {"z": np.zeros(2)}).changed == (1, "z")


def test_a_generator_may_be_used_up_and_draws_what_the_grader_would_draw(loaded):
    with loaded("def f(rng): return rng.normal()") as child:
        answered = child.call("f", (np.random.default_rng(3),))
    assert answered.value == np.random.default_rng(3).normal()
    assert answered.changed == ()


@pytest.mark.parametrize("layout", ["C", "F", "strided", "read-only"])
def test_an_array_arrives_with_the_layout_that_it_had(loaded, layout):
    x = np.arange(12.0).reshape(3, 4)
    sent = {"C": x, "F": np.asfortranarray(x), "strided": x[:, ::2], "read-only": x.copy()}[layout]
    sent.flags.writeable = layout != "read-only"
    with loaded("def f(x): return x, x.flags.writeable, x.flags.c_contiguous, x.flags.f_contiguous") as child:
        came, *flags = child.call("f", (sent,)).value
    np.testing.assert_array_equal(came, sent)
    assert flags == [sent.flags.writeable, sent.flags.c_contiguous, sent.flags.f_contiguous]


def test_an_exception_tells_its_line_and_the_innermost_function_of_the_answer(loaded):
    with loaded("import numpy as np\ndef f(x):\n    return g(x)\ndef g(x):\n    return np.ones(2) @ x") as child:
        with pytest.raises(Raised) as caught:
            child.call("f", (np.ones(3),))
        assert (caught.value.type, caught.value.line, caught.value.innermost) == ("ValueError", 5, "g")


def test_an_answer_that_wants_to_exit_has_raised_and_lives_on(loaded):
    with loaded("import sys\ndef f(): sys.exit()\ndef g(): return 1") as child:
        with pytest.raises(Raised, match="SystemExit"):
            child.call("f")
        assert child.call("g").value == 1


def test_a_cell_that_fails_does_not_stop_the_others(wall):
    cells = [Part("cell 1", "x = (\n"), Part("cell 3", "a = 1\n1 / 0"), Part("cell 4", "def f(): return a")]
    with wall.answer(Account()) as child:
        loaded = child.load(cells, "answer")
        assert child.call("f").value == 1
    assert loaded.names == ("f",)
    assert [(f.part, f.stage, f.type, f.line, f.source) for f in loaded.failures] == [
        (0, "compile", "SyntaxError", 1, "x = ("),
        (1, "run", "ZeroDivisionError", 2, "1 / 0"),
    ]


def test_the_main_block_of_an_answer_does_not_run(loaded):
    with loaded("if __name__ == '__main__': 1 / 0\ndef f(): return __name__") as child:
        assert child.call("f").value == "answer"


def test_an_answer_can_read_its_own_source_and_pickle_its_own_objects(loaded):
    source = """
        import inspect, pickle, dataclasses
        @dataclasses.dataclass
        class Point: x: float
        def f(): return inspect.getsource(Point), pickle.loads(pickle.dumps(Point(2.0))).x
    """
    with loaded(source) as child:
        text, x = child.call("f").value
    assert "class Point" in text
    assert x == 2.0


OBJECTS = """
    class Variable:
        def __init__(self, data): self.data = data
        def times(self, other): return Variable(self.data * other.data)
    def naturals():
        yield from range(1, 1000)
    def pair(): return [Variable(1.0), {"v": Variable(2.0)}]
    def odd(): return object()
    def imaginary(): return 1j
"""


def test_objects_of_the_answer_stay_behind_the_wall_as_handles(loaded):
    with loaded(OBJECTS) as child:
        two = child.call("Variable", (2.0,)).value
        product = child.call(two, (two,), method="times").value
        assert isinstance(product, Handle)
        assert product.type_name == "Variable"
        assert child.get(product, "data") == 4.0
        with pytest.raises(Raised, match="AttributeError"):
            child.get(product, "grad")
        first, rest = child.call("pair").value
        assert child.get(first, "data") + child.get(rest["v"], "data") == 3.0


def test_iteration_stops_where_the_grader_wants(loaded):
    with loaded(OBJECTS) as child:
        numbers = child.call("naturals").value
        assert child.iterate(numbers, 3) == ([1, 2, 3], False)
        assert child.iterate(numbers, 1) == ([4], False)


def test_a_value_outside_the_set_is_unsendable_unless_it_is_kept(loaded):
    with loaded(OBJECTS) as child:
        with pytest.raises(Unsendable, match="object"):
            child.call("odd")
        assert child.call("odd", keep=True).value.type_name == "object"
        with pytest.raises(Unsendable, match="complex"):
            child.call("imaginary")


def test_many_points_are_asked_in_one_question(loaded):
    with loaded("def f(x):\n    if x == 2: raise ValueError('two')\n    return object() if x == 3 else x * x") as child:
        many = child.call_many("f", [(float(x),) for x in range(5)])
    assert many.values[:2] + many.values[4:] == [0.0, 1.0, 16.0]
    assert isinstance(many.values[2], Raised)
    assert isinstance(many.values[3], Unsendable)
    assert not many.changed


def test_numpy_errors_are_raised_where_the_question_says_so(loaded):
    with loaded("import numpy as np\ndef f(x): return np.exp(x)") as child:
        assert child.call("f", (np.array([1000.0]),)).value[0] == np.inf
        with pytest.raises(Raised, match="FloatingPointError"):
            child.call("f", (np.array([1000.0]),), errstate={"over": "raise"})


def test_a_stub_asks_the_grader_in_the_place_of_a_function(loaded):
    with loaded("def g(x): return 0\ndef f(x): return g(x) + h(x, by=2)") as child:
        asked = []
        child.stub(["g", "h"], lambda name, args, kwargs: asked.append((name, args, kwargs)) or 20.0)
        assert child.call("f", (1.0,)).value == 40.0
    assert asked == [("g", (1.0,), {}), ("h", (1.0,), {"by": 2})]


def test_an_oracle_that_raises_shows_nothing_to_the_answer(loaded):
    def oracle(name, args, kwargs):
        raise RuntimeError("the secret is 42")

    with loaded("def f(x):\n    try: return g(x)\n    except ValueError as e: return repr(e)") as child:
        child.stub(["g"], oracle)
        assert child.call("f", (1.0,)).value == "ValueError()"


@pytest.mark.parametrize(
    "name", ["autograd", "torch", "jax", "tensorflow", "msgspec", "grader", "grader.wire", "sigmoid"]
)
def test_only_numpy_and_the_standard_library_can_be_imported(loaded, name):
    with loaded(f"def f():\n    import {name}") as child, pytest.raises(Raised, match="ImportError") as caught:
        child.call("f")
    assert "cannot be used in an answer: the standard library and numpy are what there is." in caught.value.text


def test_sets_of_strings_have_the_same_order_in_every_template():
    source = Part("", "def f(): return list({'a', 'b', 'c', 'd', 'e', 'f', 'g'})")
    orders = []
    for _ in range(2):
        with open_wall("process", "fresh") as wall, wall.answer(Account()) as child:
            child.load([source], "answer")
            orders.append(child.call("f").value)
    assert orders[0] == orders[1]


def test_every_answer_finds_the_same_global_random_numbers(loaded):
    source = "import random, numpy as np\ndef f(): return random.random(), np.random.rand()"
    draws = []
    for _ in range(2):
        with loaded(source) as child:
            draws.append(child.call("f").value)
    assert draws[0] == draws[1]


def test_points_whose_replies_do_not_fit_one_message_are_asked_in_several(loaded):
    with loaded("def f(x): return list(range(5000)) if x else 'a' * 2000") as child:
        many = child.call_many("f", [(float(x % 2),) for x in range(300)])
    assert [len(value) for value in many.values[:4]] == [2000, 5000, 2000, 5000]
    assert len(many.values) == 300


def test_points_that_raise_long_texts_are_no_flood(loaded):
    with loaded("def f(x): raise ValueError('形状' * 1000)") as child:
        assert {value.type for value in child.call_many("f", [(0.0,)] * 1200).values} == {"ValueError"}


def test_large_points_are_sent_in_several_messages(loaded):
    with loaded("def f(x): return x.sum()") as child:
        assert child.call_many("f", [(np.ones(10**6),)] * 5).values == [1e6] * 5
