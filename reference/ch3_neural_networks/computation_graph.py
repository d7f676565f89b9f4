"""A graph that differentiates itself: write the expression, and its derivative comes with it."""

from functools import partial
from types import SimpleNamespace

import autograd.numpy as np
from autograd import grad, make_vjp
from autograd.extend import defvjp, primitive

from grader.course import Exercise, _, expect, expect_raises, expect_true, show
from reference.common import held, with_error_of
from reference.common import sigmoid as sigma

exercise = Exercise(
    title=_("A graph that differentiates itself"),
    after=["sgd"],
    hints=[
        _("What must a node remember, so that its value can be calculated later, when the feed is there?"),
        _("y = x · x: which two messages does x get from the product? What should it do with them?"),
        _("b = x + x, c = b + x: in which order must b and x be asked, so that no message comes too late?"),
        _("A bias of 3 entries was added to 4 rows. How many entries of the sum does one of its entries reach?"),
    ],
)


class Node:
    """forward: the values of the inputs to the value. An input that is no node is a constant."""

    inputs, forward = (), None

    def value_at(self, feed, values):
        return self.forward(*(values[a] if isinstance(a, Node) else a for a in self.inputs))


def node(forward, *inputs):
    made = Node()
    made.forward, made.inputs = forward, inputs
    return made


@exercise.function
class Session:
    def run(self, node, feed=None):
        return evaluated(node, feed or {})

    def gradients(self, node, variables, feed=None):
        needed = ordered(node)

        def slope(variable):
            if variable not in needed:
                return np.zeros(variable.value.shape)
            return grad(lambda value: evaluated(node, feed or {}, {variable: value}))(variable.value)

        return [slope(variable) for variable in variables]


@exercise.function
class Variable(Node):
    def __init__(self, value):
        self.value = np.array(value, dtype=float)

    def assign(self, value):
        self.value = np.array(value, dtype=float)

    def value_at(self, feed, values):
        return self.value


@exercise.function
class Placeholder(Node):
    def __init__(self, name):
        self.name = name

    def value_at(self, feed, values):
        return feed[self.name]


def evaluated(node, feed, values=None):
    """The node's value. values: those that are known already; all that are calculated are put there."""
    values = {} if values is None else values
    for each in ordered(node):
        if each not in values:
            values[each] = each.value_at(feed, values)
    return values[node]


def ordered(node):
    """The node and all that it needs, each after its inputs."""
    found = {}

    def visit(each):
        if isinstance(each, Node) and each not in found:
            for a in each.inputs:
                visit(a)
            found[each] = True

    visit(node)
    return list(found)


@exercise.function(keeps=True)
def add(a, b):
    return node(lambda a, b: a + b, a, b)


@exercise.function(keeps=True)
def multiply(a, b):
    return node(lambda a, b: a * b, a, b)


@exercise.function(keeps=True)
def sigmoid(a):
    return node(sigma, a)


@exercise.function(keeps=True)
def log(a):
    return node(np.log, a)


@exercise.function(keeps=True)
def total(a):
    return node(np.sum, a)


@exercise.function(keeps=True)
def matmul(a, b):
    return node(np.dot, a, b)


ORACLE = SimpleNamespace(**{name: function.oracle for name, function in exercise.functions.items()})


def expect_same(student, *questions, **how):
    """Each question, put to the answer and to the oracle, has the same value. It builds its own graph."""
    for question in questions:
        expect(question(student), question(ORACLE), **how)


def run(lib, node, feed=None):
    return lib.Session().run(node, feed)


def slopes(lib, values, build, feed=None):
    """The gradients of build(lib, *variables) with respect to new variables of these values."""
    variables = [lib.Variable(value) for value in values]
    return lib.Session().gradients(build(lib, *variables), variables, feed)


@exercise.check("edge", of="Session", title=_("Session: variables and placeholders alone, without any operation"))
def bare(student, rng):
    a, b, c = (float(value) for value in rng.uniform(1, 2, size=3))
    v, w, p = student.Variable(a), student.Variable(rng.normal(size=(2,))), student.Placeholder("x")
    expect(run(student, v), a, shown=True, note=_("a variable alone"))
    for value in (b, c):
        note = _("a placeholder alone, with one feed and then another")
        expect(run(student, p, {"x": value}), value, shown=True, note=note)
        expect(run(student, p, {"y": a, "x": value}), value, shown=True, note=_("a feed of two, x the second"))
    expect(run(student, v, {"x": b}), a, shown=True, note=_("a feed that is not needed"))
    expect(student.Session().gradients(v, [v]), [1.0], shown=True, note=_("a variable by itself"))
    nothing = student.Session().gradients(v, [v, w])
    expect(nothing, [1.0, np.zeros(2)], shown=True, note=_("a variable by itself and by another"))
    expect_missing_feed(lambda: run(student, p))
    expect_missing_feed(lambda: run(student, p, {"y": a}))


def expect_missing_feed(ask):
    says = _("A placeholder was not fed, and a value came all the same.")
    expect_raises(ask, ("KeyError", "ValueError"), says, reveals="missing_feed_ignored")


@exercise.check("value", of="Variable", title=_("Variable: the value that it was given, and then the value assigned"))
def variable(student, rng):
    for first, second in (rng.normal(size=2), rng.normal(size=(2, 2, 3))):
        v = student.Variable(first)
        expect(v.value, first, shown=True)
        v.assign(second)
        expect(v.value, second, shown=True, note=_("after assign"))
        expect(run(student, v), second, shown=True, note=_("run after assign"))


@exercise.check("value", of="Placeholder", title=_("Placeholder: knows its name"))
def placeholder(student, rng):
    for name in ("x", "target"):
        p = student.Placeholder(name)
        says = _("The name of a placeholder is not the one that it was given.")
        expect_true(p.name == name, says)


# One operation alone, on numbers: nothing but it can be at fault.


def binary_alone(student, op, rng):
    a, b, c = rng.uniform(0.6, 2, size=3)
    x, y = rng.normal(size=(2, 2, 3))
    expect_same(
        student,
        lambda lib: run(lib, op(lib, lib.Variable(a), lib.Placeholder("p")), {"p": b}),
        lambda lib: run(lib, op(lib, c, lib.Variable(a))),
        lambda lib: run(lib, op(lib, lib.Variable(x), y)),
        lambda lib: slopes(lib, [a, b], op),
        lambda lib: slopes(lib, [a, b, c], lambda lib, u, v, w: op(lib, op(lib, u, v), w)),
    )


def unary_alone(student, op, rng):
    a, b = rng.uniform(2.9, 6, size=2)  # log(log(a)) is a number from there on
    x = rng.uniform(0.5, 3, size=(2, 3))
    expect_same(
        student,
        lambda lib: run(lib, op(lib, lib.Variable(a))),
        lambda lib: run(lib, op(lib, lib.Placeholder("p")), {"p": b}),
        lambda lib: run(lib, op(lib, lib.Variable(x))),
        lambda lib: slopes(lib, [a], op),
        lambda lib: slopes(lib, [b], lambda lib, v: op(lib, op(lib, v))),
    )


@exercise.check("value", of="add", title=_("add: alone, its value and both of its gradients"))
def add_alone(student, rng):
    binary_alone(student, lambda lib, a, b: lib.add(a, b), rng)


@exercise.check("value", of="multiply", title=_("multiply: alone, its value and both of its gradients"))
def multiply_alone(student, rng):
    binary_alone(student, lambda lib, a, b: lib.multiply(a, b), rng)


@exercise.check("value", of="sigmoid", title=_("sigmoid: alone, its value and its gradient"))
def sigmoid_alone(student, rng):
    unary_alone(student, lambda lib, a: lib.sigmoid(a), rng)


@exercise.check("value", of="log", title=_("log: alone, its value and its gradient"))
def log_alone(student, rng):
    unary_alone(student, lambda lib, a: lib.log(a), rng)


@exercise.check("value", of="total", title=_("total: alone, its value and its gradient"))
def total_alone(student, rng):
    x, y = rng.normal(size=(2, 3)), rng.normal()
    for value in (x, y):
        expect_same(
            student,
            lambda lib, value=value: run(lib, lib.total(lib.Variable(value))),
            lambda lib, value=value: slopes(lib, [value], lambda lib, v: lib.total(v)),
        )


@exercise.check("value", of="matmul", title=_("matmul: its value, and the gradients of a product of three"))
def products_of_matrices(student, rng):
    for shapes in (((2, 3), (3, 2), (2, 2)), ((3, 3), (3, 3), (3, 3))):
        values = [rng.normal(size=shape) for shape in shapes]
        expect_same(
            student,
            lambda lib, a=values[0], b=values[1]: run(lib, lib.matmul(lib.Variable(a), b)),
            lambda lib, values=values: slopes(lib, values, total_of_three),
        )


def total_of_three(lib, a, b, c):
    return lib.total(lib.matmul(lib.matmul(a, b), c))


def weighted(student, op, values, c):
    """The gradients of total(op(…) · c): every entry gets another gradient from above."""
    expect_same(
        student,
        lambda lib: slopes(lib, values, lambda lib, *nodes: lib.total(lib.multiply(op(lib, *nodes), c))),
    )


@exercise.check("gradient", of="add", title=_("add: every entry passes on what it gets from above"))
def add_weighted(student, rng):
    weighted(student, lambda lib, a, b: lib.add(a, b), list(rng.normal(size=(2, 2, 3))), rng.normal(size=(2, 3)))


@exercise.check("gradient", of="multiply", title=_("multiply: every entry passes on what it gets from above"))
def multiply_weighted(student, rng):
    weighted(student, lambda lib, a, b: lib.multiply(a, b), list(rng.normal(size=(2, 2, 3))), rng.normal(size=(2, 3)))


@exercise.check("gradient", of="sigmoid", title=_("sigmoid: every entry passes on what it gets from above"))
def sigmoid_weighted(student, rng):
    weighted(student, lambda lib, a: lib.sigmoid(a), [rng.normal(scale=2, size=(2, 3))], rng.normal(size=(2, 3)))


@exercise.check("gradient", of="log", title=_("log: every entry passes on what it gets from above"))
def log_weighted(student, rng):
    weighted(student, lambda lib, a: lib.log(a), [rng.uniform(0.3, 3, size=(2, 3))], rng.normal(size=(2, 3)))


@exercise.check("gradient", of="total", title=_("total: spreads what it gets from above"))
def total_weighted(student, rng):
    x = rng.normal(size=(2, 3))
    expect_same(student, lambda lib: slopes(lib, [x], lambda lib, v: lib.multiply(3.0, lib.total(v))))


def broadcast(student, op, rng):
    for one, other in (((), (4, 3)), ((3,), (4, 3)), ((4, 1), (4, 3)), ((4, 3), (1,))):
        weighted(student, op, [rng.normal(size=one), rng.normal(size=other)], rng.normal(size=(4, 3)))


@exercise.check("law", of="add", title=_("add: what was broadcast gets one gradient, in its own shape"))
def add_broadcast(student, rng):
    broadcast(student, lambda lib, a, b: lib.add(a, b), rng)


@exercise.check("law", of="multiply", title=_("multiply: what was broadcast gets one gradient, in its own shape"))
def multiply_broadcast(student, rng):
    broadcast(student, lambda lib, a, b: lib.multiply(a, b), rng)


# Session, with several operations


def chained(lib, x):
    a = lib.multiply(x, x)
    b = lib.add(a, x)
    return lib.multiply(a, b)


def five_times(lib, x):
    return lib.add(lib.multiply(lib.multiply(x, x), lib.multiply(x, x)), x)


def doubled(lib, x):
    for _time in range(60):
        x = lib.add(x, x)
    return x


@exercise.check(
    "law", of="Session", title=_("Session: gradients add up over all ways, and each node is calculated once")
)
def every_way(student, rng):
    x = float(rng.uniform(1.2, 2))
    for build in (lambda lib, v: lib.add(v, v), lambda lib, v: lib.multiply(v, v), five_times, chained):
        expect_same(student, lambda lib, build=build: slopes(lib, [x], build))
    v = student.Variable(1.0)
    node = doubled(student, v)
    expect(run(student, node), 2.0**60, shown=True, note=_("1 doubled 60 times"))
    expect(student.Session().gradients(node, [v]), [2.0**60], shown=True, note=_("1 doubled 60 times"))


@exercise.check("law", of="Session", title=_("Session: the order in which nodes were made does not matter"))
def made_in_another_order(student, rng):
    a, b = rng.uniform(0.6, 2, size=2)

    def late(lib, v, w):
        early = lib.add(v, w)
        made_later = lib.multiply(v, early)
        return lib.multiply(lib.add(made_later, early), lib.multiply(made_later, w))

    def two_roots(lib):
        v = lib.Variable(a)
        shared = lib.multiply(v, v)
        roots = lib.add(shared, v), lib.multiply(shared, 3.0)
        return [lib.Session().gradients(root, [v])[0] for root in roots]

    expect_same(student, lambda lib: slopes(lib, [a, b], late))
    expect(two_roots(student)[1], 6 * a, shown=True, note=_("two expressions that share a node"))


@exercise.check("law", of="Session", title=_("Session: every evaluation starts afresh"))
def afresh(student, rng):
    a, b, one, two = (float(value) for value in rng.uniform(1, 3, size=4))
    v, p = student.Variable(a), student.Placeholder("x")
    node, session = student.multiply(student.multiply(v, v), p), student.Session()
    for value in (one, two, one):
        expect(session.run(node, {"x": value}), a * a * value, shown=True, note=_("one feed, another, the first again"))
    for _time in range(2):
        expect(session.gradients(node, [v], {"x": one}), [2 * a * one], shown=True, note=_("the same question twice"))
    expect(student.Session().gradients(node, [v], {"x": two}), [2 * a * two], shown=True, note=_("another session"))
    v.assign(b)
    expect(session.run(node, {"x": two}), b * b * two, shown=True, note=_("after assign"))
    expect(session.gradients(node, [v], {"x": two}), [2 * b * two], shown=True, note=_("after assign"))


def logistic(lib, W, b, N):
    """The loss of logistic regression on N rows, written in these operations."""
    x, t = lib.Placeholder("x"), lib.Placeholder("t")
    y = lib.sigmoid(lib.add(lib.matmul(x, W), b))
    no = lib.add(1.0, lib.multiply(-1.0, t))
    likely = lib.add(lib.multiply(t, lib.log(y)), lib.multiply(no, lib.log(lib.add(1.0, lib.multiply(-1.0, y)))))
    return lib.multiply(lib.total(likely), -1 / N)


@exercise.check("gradient", of="Session", title=_("Session: the gradients of a loss are the slopes of your own run"))
def slopes_of_a_loss(student, rng):
    feed = {"x": rng.normal(size=(5, 3)), "t": rng.permutation(np.arange(5) % 2.0)[:, None]}
    start = rng.normal(size=(3, 1)), rng.normal(size=1)
    W, b = (student.Variable(value) for value in start)
    node, session, step = logistic(student, W, b, 5), student.Session(), 1e-3

    def slope(variable, value, index):
        change = np.zeros(value.shape)
        change[index] = step
        ends = []
        for end in (value - change, value + change):
            variable.assign(end)
            ends.append(np.asarray(session.run(node, feed)))
        variable.assign(value)
        return (ends[1] - ends[0]) / (2 * step)

    got = session.gradients(node, [W, b], feed)
    want = [
        np.array([float(slope(variable, value, index)) for index in np.ndindex(value.shape)]).reshape(value.shape)
        for variable, value in zip((W, b), start, strict=True)
    ]
    expect(got, want, rtol=1e-5, atol=1e-6, shown=True, note=_("numerical differentiation of your own run"))


@exercise.check("edge", of="Session", title=_("Session: feeds that lack an entry, variables that nothing depends on"))
def feeds_and_variables(student, rng):
    a, b = (float(value) for value in rng.uniform(1, 2, size=2))
    v, w, idle, p = (
        student.Variable(a),
        student.Variable(b),
        student.Variable(rng.normal(size=(2, 3))),
        student.Placeholder("x"),
    )
    inner = student.add(v, w)
    fed, session = student.multiply(student.multiply(v, inner), p), student.Session()
    unfed = student.multiply(v, inner)
    expect(session.run(fed, {"y": 9.0, "x": 2.0}), 2 * a * (a + b), shown=True, note=_("a feed of two, x the second"))
    expect(session.run(unfed), a * (a + b), shown=True, note=_("a placeholder that is not needed was not fed"))
    by_v, by_w = 2 * a + b, a
    got = session.gradients(unfed, [w, idle, v, w])
    want = [by_w, np.zeros((2, 3)), by_v, by_w]
    expect(got, want, shown=True, note=_("one that nothing depends on, and one that is asked for twice"))
    expect(session.gradients(unfed, [v, w]), [by_v, by_w], shown=True, note=_("in the order in which they were asked"))
    expect(v.value, a, shown=True, note=_("after run and gradients"))
    expect_missing_feed(lambda: session.run(fed, {"y": 1.0}))
    expect_missing_feed(lambda: session.gradients(fed, [v], {"y": 1.0}))


@exercise.check("experiment", of="Session", title=_("OR is learned, and no derivative of the whole was written"))
def learns_or(student, rng):
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    feed = {"x": x, "t": np.array([[0.0], [1.0], [1.0], [1.0]])}
    for start in range(2):
        W, b = student.Variable(rng.normal(size=(2, 1))), student.Variable(rng.normal(size=1))
        node, session, losses = logistic(student, W, b, 4), student.Session(), []
        for _step in range(60):
            losses.append(float(np.asarray(session.run(node, feed))))
            moves = session.gradients(node, [W, b], feed)
            for variable, move in zip((W, b), moves, strict=True):
                variable.assign(np.asarray(variable.value) - np.asarray(move))
        losses.append(float(np.asarray(session.run(node, feed))))
        show(_("loss, start {number}").format(number=start + 1), np.array(losses)[::3])
        expect_true(np.all(np.diff(losses) <= 1e-6), _("The loss rises at a step."))
        expect_true(losses[-1] < 0.5 * losses[0], _("After 60 steps the loss is not below half of its start."))


# What goes wrong in a session: how the messages travel, and what is remembered or looked up.


def messages(each, values, g):
    """What each input of a node is told, when the node was told g."""
    operands = [values[a] if isinstance(a, Node) else a for a in each.inputs]
    for k, a in enumerate(each.inputs):
        if isinstance(a, Node):

            def by_one(value, k=k):
                return each.forward(*operands[:k], value, *operands[k + 1 :])

            yield a, make_vjp(by_one)(operands[k])[0](g)


class Travelling(Session):
    """A session that sends the messages itself: received(node, values) is what each node was told in the end."""

    def gradients(self, node, variables, feed=None):
        values = {}
        evaluated(node, feed or {}, values)
        received = self.received(node, values)
        return [received.get(variable, np.zeros(variable.value.shape)) for variable in variables]


@exercise.mistake(
    of="Session",
    id="fan_out_overwrites",
    says=_("A node that is used twice keeps the last of its messages only."),
    ask=_("x is used twice: which of the two messages survives?"),
)
class FanOutOverwrites(Travelling):
    def received(self, node, values):
        received = {node: 1.0}
        for each in reversed(ordered(node)):
            received |= dict(messages(each, values, received[each]))
        return received


@exercise.mistake(
    of="Session",
    id="sent_on_too_early",
    says=_("A node passes on at every message all that it has received so far: the earlier part goes out twice."),
    ask=_("When does a node know that all its messages have come?"),
)
class SentOnTooEarly(Travelling):
    def received(self, node, values):
        received, visits = {}, iter(range(2000))

        def send(each, g):
            if next(visits, None) is None:
                raise TimeoutError
            received[each] = received.get(each, 0.0) + g
            for a, message in messages(each, values, received[each]):
                send(a, message)

        send(node, 1.0)
        return received


@exercise.mistake(
    of="Session",
    id="each_node_once_breadth_first",
    says=_("Nodes pass on in the order of their distance from the end, before all their messages have come."),
    ask=_("Was the last message there when the node was left?"),
)
class EachNodeOnceBreadthFirst(Travelling):
    def received(self, node, values):
        received, queue = {node: 1.0}, [node]
        for each in queue:
            for a, message in messages(each, values, received[each]):
                received[a] = received.get(a, 0.0) + message
                if a not in queue:
                    queue.append(a)
        return received


@exercise.mistake(
    of="Session",
    id="calculated_once_for_each_use",
    says=_("A node is calculated anew for every use: 60 doublings ask for the first one 2^60 times."),
    ask=_("How often is the first node calculated if each of 60 uses the one before twice?"),
)
class CalculatedOnceForEachUse(Session):
    def run(self, node, feed=None):
        visits = iter(range(2000))

        def value(each):
            if next(visits, None) is None:
                raise TimeoutError  # it would go on for longer than anybody waits
            if not isinstance(each, Node) or not each.inputs:
                return each.value_at(feed or {}, {}) if isinstance(each, Node) else each
            return each.forward(*map(value, each.inputs))

        return value(node)


values_of_an_earlier_feed = partial(
    exercise.mistake,
    of="Session",
    id="values_of_an_earlier_feed",
    says=_("A node that has a value keeps it: the second run gets values of the first feed."),
    ask=_("What does the second run know of the second feed?"),
)


def kept_values(node, kept):
    """The values that the node and its inputs still have from earlier runs."""
    return {each: each.kept for each in ordered(node) if isinstance(each, kept) and hasattr(each, "kept")}


class KeepsValues(Session):
    """Values stay on the nodes of these classes."""

    kept = Node

    def run(self, node, feed=None):
        values = kept_values(node, self.kept)
        evaluated(node, feed or {}, values)
        for each, value in values.items():
            each.kept = value
        return values[node]


@values_of_an_earlier_feed()
class KeepsAllValues(KeepsValues):
    pass


@values_of_an_earlier_feed()
class KeepsFedValues(KeepsValues):
    kept = Placeholder


@exercise.mistake(
    of="Session",
    id="gradients_of_earlier_calls",
    says=_("Gradients are added to those of the last call."),
    ask=_("Why does the second call give twice the first?"),
)
class GradientsOfEarlierCalls(Session):
    def gradients(self, node, variables, feed=None):
        for variable, slope in zip(variables, super().gradients(node, variables, feed), strict=True):
            variable.slope = getattr(variable, "slope", 0.0) + slope
        return [variable.slope for variable in variables]


class OtherFeed(Session):
    """A session that changes the feed before it looks anything up."""

    def run(self, node, feed=None):
        return super().run(node, self.fed(node, feed or {}))

    def gradients(self, node, variables, feed=None):
        return super().gradients(node, variables, self.fed(node, feed or {}))


@exercise.mistake(
    of="Session",
    id="feed_by_position",
    says=_("A placeholder takes the first entry of the feed, whatever its name."),
    ask=_("How does a placeholder find its value?"),
)
class FeedByPosition(OtherFeed):
    def fed(self, node, feed):
        names = [each.name for each in ordered(node) if isinstance(each, Placeholder)]
        return dict.fromkeys(names, next(iter(feed.values()))) if feed else {}


@exercise.mistake(
    of="Session",
    id="missing_feed_ignored",
    says=_("A placeholder that was not fed has the value 0."),
    ask=_("What should an expression with an unknown be?"),
)
class MissingFeedIgnored(OtherFeed):
    def fed(self, node, feed):
        names = [each.name for each in ordered(node) if isinstance(each, Placeholder)]
        return {**dict.fromkeys(names, 0.0), **feed}


@exercise.mistake(
    of="Session",
    id="none_without_dependence",
    says=_("Where nothing depends on a variable, its gradient is None."),
    ask=_("Can None be subtracted from a weight?"),
)
class NoneWithoutDependence(Session):
    def gradients(self, node, variables, feed=None):
        needed = ordered(node)
        slopes = super().gradients(node, variables, feed)
        return [slope if each in needed else None for each, slope in zip(variables, slopes, strict=True)]


@exercise.mistake(
    of="Session",
    id="order_of_the_variables",
    says=_("The gradients come in the order of the graph, not in that of the list."),
    ask=_("In which order did the caller ask?"),
)
class OrderOfTheVariables(Session):
    def gradients(self, node, variables, feed=None):
        places = {each: place for place, each in enumerate(ordered(node))}
        return super().gradients(node, sorted(variables, key=lambda each: places.get(each, len(places))), feed)


@exercise.mistake(
    of="Variable",
    says=_("assign put the new value somewhere else: run and value still have the old one."),
    ask=_("Which name does run read?"),
)
class assign_without_effect(Variable):  # noqa: N801
    def assign(self, value):
        self.new_value = value


# What goes wrong in an operation: its own slope, or what it does with what comes from above.


def operation(forward, *backward):
    """A node whose messages are written by hand: backward(g, value, *operands), one for each operand."""
    wrong = primitive(forward)
    defvjp(wrong, *(lambda y, *operands, back=back: lambda g: back(g, y, *operands) for back in backward))
    return lambda *inputs: node(wrong, *inputs)


broadcast_not_summed = partial(
    exercise.mistake,
    id="broadcast_not_summed",
    says=_("The gradient of a broadcast operand has the shape of the result, not the operand's."),
    ask=_("The bias has one entry for each column; how many did its gradient get?"),
)


@broadcast_not_summed(of="add")
def add_passes_on_all(a, b):
    return operation(lambda a, b: a + b, lambda g, y, a, b: g, lambda g, y, a, b: g)(a, b)


@broadcast_not_summed(of="multiply")
def multiply_passes_on_all(a, b):
    return operation(lambda a, b: a * b, lambda g, y, a, b: g * b, lambda g, y, a, b: g * a)(a, b)


second_operand_forgotten = partial(
    exercise.mistake,
    id="second_operand_forgotten",
    says=_("The second operand gets no gradient."),
    ask=_("Does the result not depend on b?"),
)


@second_operand_forgotten(of="add")
def add_to_the_first_alone(a, b):
    return node(lambda a, b: a + (held(b) + 0.0 * b), a, b)


@second_operand_forgotten(of="multiply")
def multiply_to_the_first_alone(a, b):
    return node(lambda a, b: a * (held(b) + 0.0 * b), a, b)


@exercise.mistake(
    of="multiply",
    says=_("Each operand was given its own value as the slope, not the other's."),
    ask=_("If a grows by 1, by how much does a · b grow?"),
)
def own_value_instead_of_the_others(a, b):
    return node(lambda a, b: with_error_of(a * b, (a * a + b * b) / 2), a, b)


upstream_forgotten = partial(
    exercise.mistake,
    id="upstream_forgotten",
    says=_("The slope of this operation alone is passed on; what came from above is not in it."),
    ask=_("What came from above, and where is it in your gradient?"),
)


@upstream_forgotten(of="multiply")
def multiply_without_upstream(a, b):
    return operation(lambda a, b: a * b, lambda g, y, a, b: b + 0.0 * y, lambda g, y, a, b: a + 0.0 * y)(a, b)


@upstream_forgotten(of="sigmoid")
def sigmoid_without_upstream(a):
    return operation(sigma, lambda g, y, a: y * (1 - y))(a)


@upstream_forgotten(of="log")
def log_without_upstream(a):
    return operation(np.log, lambda g, y, a: 1 / a)(a)


@upstream_forgotten(of="matmul")
def matmul_without_upstream(a, b):
    ones = np.ones_like
    return operation(np.dot, lambda g, y, a, b: ones(g) @ b.T, lambda g, y, a, b: a.T @ ones(g))(a, b)


@exercise.mistake(
    of="matmul",
    says=_("The matrices were multiplied entry by entry."),
    ask=_("What shape has the product of (N, k) and (k, m)?"),
)
def elementwise_for_matmul(a, b):
    return multiply(a, b)


@exercise.mistake(
    of="matmul",
    says=_("The gradients are multiplied with the other matrix as it stands, without turning it over."),
    ask=_("What shape must the gradient of a have?"),
)
def transpose_forgotten(a, b):
    return operation(np.dot, lambda g, y, a, b: g @ b, lambda g, y, a, b: a @ g)(a, b)


@exercise.mistake(
    of="sigmoid",
    says=_("a(1 − a) is the slope written with the output y = σ(a); the input was put in."),
    ask=_("In y(1 − y), what is y?"),
)
def output_formula_given_the_input(a):
    return operation(sigma, lambda g, y, a: g * a * (1 - a))(a)


@exercise.mistake(
    of="total",
    says=_("The gradient is one number; every entry of the operand should get it."),
    ask=_("What shape has the gradient of a (2, 3) array?"),
)
def sum_not_spread(a):
    return operation(np.sum, lambda g, y, a: g)(a)


@exercise.mistake(
    of="total",
    says=_("This is the mean of the entries."),
    ask=_("Total or average?"),
)
def mean_for_sum(a):
    return node(np.mean, a)
