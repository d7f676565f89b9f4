"""A graph that differentiates itself: every operation knows its own slope, and the chain rule does the rest."""

import numpy as np


class _Node:
    """An operation on other nodes: how its value follows from theirs, and what each of them gets of a gradient."""

    def __init__(self, inputs, forward, backward):
        self.inputs = [a if isinstance(a, (_Node, Variable, Placeholder)) else _Constant(a) for a in inputs]
        self.forward, self.backward = forward, backward


class _Constant(_Node):
    def __init__(self, value):
        self.inputs, self.value = [], np.asarray(value, dtype=float)


class Variable:
    """A node with a value of its own.

    value: an array or a number.
    """

    inputs = ()

    def __init__(self, value):
        self.value = np.array(value, dtype=float)

    def assign(self, value):
        """Put a new value of the same shape in the place of the present one."""
        self.value = np.array(value, dtype=float)


class Placeholder:
    """A node whose value comes with each evaluation, from the feed's entry of this name.

    name: a str.
    """

    inputs = ()

    def __init__(self, name):
        self.name = name


def _summed_to(g, shape):
    """A gradient summed over what was broadcast, so that it has the operand's shape again."""
    g = g.sum(axis=tuple(range(g.ndim - len(shape))))
    stretched = tuple(k for k, n in enumerate(shape) if n == 1)
    return g.sum(axis=stretched, keepdims=True)


def add(a, b):
    """The node a + b; a and b are nodes, numbers or arrays, and broadcast as numpy does."""
    return _Node([a, b], lambda a, b: a + b, lambda g, y, a, b: (_summed_to(g, a.shape), _summed_to(g, b.shape)))


def multiply(a, b):
    """The node a · b, entry by entry; a and b are nodes, numbers or arrays, and broadcast as numpy does."""
    return _Node(
        [a, b], lambda a, b: a * b, lambda g, y, a, b: (_summed_to(g * b, a.shape), _summed_to(g * a, b.shape))
    )


def matmul(a, b):
    """The node of the matrix product of a (N, k) and b (k, m)."""
    return _Node([a, b], lambda a, b: a @ b, lambda g, y, a, b: (g @ b.T, a.T @ g))


def sigmoid(a):
    """The node σ(a), entry by entry."""
    return _Node([a], lambda a: 1.0 / (1.0 + np.exp(-a)), lambda g, y, a: (g * y * (1.0 - y),))


def log(a):
    """The node of the natural logarithm of a, entry by entry."""
    return _Node([a], np.log, lambda g, y, a: (g / a,))


def total(a):
    """The node of the sum of all entries of a, a number."""
    return _Node([a], np.sum, lambda g, y, a: (np.broadcast_to(g, a.shape),))


class Session:
    """Evaluates nodes and their gradients. Nothing remains of earlier evaluations."""

    def run(self, node, feed=None):
        """The value of a node.

        node: what is to be evaluated. feed: dict from names of placeholders to their values.
        Returns: an array or a number. Raises KeyError where a placeholder that is needed is not fed.
        """
        return self._values(node, feed)[node]

    def gradients(self, node, variables, feed=None):
        """The gradients of a node whose value is a number.

        node: what is to be differentiated. variables: list of Variables. feed: as in run.
        Returns: list, for each variable the gradient in its shape; zeros where the node does not depend on it.
        """
        values = self._values(node, feed)
        received = {node: np.ones(())}
        for y in reversed(values):  # every node comes after all that use it: its messages have all arrived
            if y.inputs and y in received:
                messages = y.backward(received[y], values[y], *(values[a] for a in y.inputs))
                for a, message in zip(y.inputs, messages, strict=True):
                    received[a] = received.get(a, 0.0) + message
        return [np.array(received.get(v, np.zeros(v.value.shape))) for v in variables]

    def _values(self, node, feed):
        """The values of all that the node needs, each after its inputs."""
        values = {}

        def visit(y):
            if y in values:
                return
            for a in y.inputs:
                visit(a)
            if isinstance(y, Placeholder):
                values[y] = np.asarray((feed or {})[y.name], dtype=float)
            else:
                values[y] = y.forward(*(values[a] for a in y.inputs)) if y.inputs else y.value

        visit(node)
        return values
