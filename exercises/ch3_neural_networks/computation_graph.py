"""A graph that differentiates itself: every operation knows its own slope, and the chain rule does the rest."""

import numpy as np


class Variable:
    """A node with a value of its own.

    value: an array or a number.
    """

    def __init__(self, value):
        raise NotImplementedError("Variable.__init__: not written yet")

    def assign(self, value):
        """Put a new value of the same shape in the place of the present one."""
        raise NotImplementedError("Variable.assign: not written yet")


class Placeholder:
    """A node whose value comes with each evaluation, from the feed's entry of this name.

    name: a str.
    """

    def __init__(self, name):
        raise NotImplementedError("Placeholder.__init__: not written yet")


def add(a, b):
    """The node a + b; a and b are nodes, numbers or arrays, and broadcast as numpy does."""
    raise NotImplementedError("add: not written yet")


def multiply(a, b):
    """The node a · b, entry by entry; a and b are nodes, numbers or arrays, and broadcast as numpy does."""
    raise NotImplementedError("multiply: not written yet")


def matmul(a, b):
    """The node of the matrix product of a (N, k) and b (k, m)."""
    raise NotImplementedError("matmul: not written yet")


def sigmoid(a):
    """The node σ(a), entry by entry."""
    raise NotImplementedError("sigmoid: not written yet")


def log(a):
    """The node of the natural logarithm of a, entry by entry."""
    raise NotImplementedError("log: not written yet")


def total(a):
    """The node of the sum of all entries of a, a number."""
    raise NotImplementedError("total: not written yet")


class Session:
    """Evaluates nodes and their gradients. Nothing remains of earlier evaluations."""

    def run(self, node, feed=None):
        """The value of a node.

        node: what is to be evaluated. feed: dict from names of placeholders to their values.
        Returns: an array or a number. Raises KeyError where a placeholder that is needed is not fed.
        """
        raise NotImplementedError("Session.run: not written yet")

    def gradients(self, node, variables, feed=None):
        """The gradients of a node whose value is a number.

        node: what is to be differentiated. variables: list of Variables. feed: as in run.
        Returns: list, for each variable the gradient in its shape; zeros where the node does not depend on it.
        """
        raise NotImplementedError("Session.gradients: not written yet")
