import math
from collections import Counter, deque

import numpy as np


class MissingFeed(KeyError):
    pass


class Variable:
    def __init__(self, value):
        self.value = value

    def assign(self, value):
        self.value = value
        return value


class Placeholder:
    def __init__(self, name):
        self.name = name


class _Operation:
    def __init__(self, inputs, f, df):
        self.inputs, self.f, self.df = inputs, f, df


def _back_to(shape):
    def fold(g):
        g = np.broadcast_to(g, g.shape)
        lead = g.ndim - len(shape)
        g = g.sum(tuple(range(lead))) if lead else g
        axes = tuple(i for i, n in enumerate(shape) if n == 1 and g.shape[i] != 1)
        return g.sum(axes, keepdims=True) if axes else g

    return fold


def add(a, b):
    return _Operation([a, b], np.add, lambda a, b: (lambda g: _back_to(a.shape)(g), lambda g: _back_to(b.shape)(g)))


def multiply(a, b):
    return _Operation(
        [a, b], np.multiply, lambda a, b: (lambda g: _back_to(a.shape)(g * b), lambda g: _back_to(b.shape)(g * a))
    )


def matmul(a, b):
    return _Operation([a, b], np.matmul, lambda a, b: (lambda g: g @ b.T, lambda g: (g.T @ a).T))


def sigmoid(a):
    return _Operation([a], lambda a: 0.5 + 0.5 * np.tanh(a / 2), lambda a: (lambda g: g / (2 + np.exp(a) + np.exp(-a)),))


def log(a):
    return _Operation([a], np.log, lambda a: (lambda g: g * (1 / a),))


def total(a):
    return _Operation([a], lambda a: math.fsum(a.ravel()), lambda a: (lambda g: np.full(a.shape, g),))


class Session:
    def _value(self, node, feed, memo):
        if id(node) not in memo:
            if isinstance(node, Variable):
                v = node.value
            elif isinstance(node, Placeholder):
                if node.name not in (feed or {}):
                    raise MissingFeed(node.name)
                v = feed[node.name]
            elif isinstance(node, _Operation):
                v = node.f(*[self._value(i, feed, memo) for i in node.inputs])
            else:
                v = node
            memo[id(node)] = np.asarray(v, dtype=float)
        return memo[id(node)]

    def run(self, node, feed=None):
        return np.array(self._value(node, feed, {}))

    def gradients(self, node, variables, feed=None):
        memo = {}
        self._value(node, feed, memo)
        uses, seen, stack = Counter(), set(), [node]
        while stack:
            n = stack.pop()
            if id(n) in seen:
                continue
            seen.add(id(n))
            for i in getattr(n, "inputs", ()):
                uses[id(i)] += 1
                stack.append(i)
        grads, ready = {id(node): np.array(1.0)}, deque([node])
        while ready:
            n = ready.popleft()
            if not isinstance(n, _Operation):
                continue
            rules = n.df(*[memo[id(i)] for i in n.inputs])
            for i, rule in zip(n.inputs, rules):
                grads[id(i)] = grads.get(id(i), 0) + rule(grads[id(n)])
                uses[id(i)] -= 1
                if uses[id(i)] == 0:
                    ready.append(i)
        return [np.asarray(grads.get(id(v), np.zeros(np.shape(v.value)))) for v in variables]
