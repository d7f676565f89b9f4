import heapq

import numpy as np

_count = 0


class _Node:
    def __init__(self, kind, inputs=()):
        global _count
        _count += 1
        self.number, self.kind, self.inputs = _count, kind, list(inputs)


class Variable(_Node):
    def __init__(self, value):
        super().__init__("variable")
        self.value = np.array(value, dtype=float)

    def assign(self, value):
        self.value = np.array(value, dtype=float)


class Placeholder(_Node):
    def __init__(self, name):
        super().__init__("placeholder")
        self.name = name


def _constant(value):
    node = _Node("constant")
    node.value = np.array(value, dtype=float)
    return node


def _made(kind, *operands):
    return _Node(kind, [a if isinstance(a, _Node) else _constant(a) for a in operands])


def add(a, b):
    node = _made("add", a, b)
    node.number += 1000000
    return _renumbered(node)


def _renumbered(node):
    global _count
    _count += 1
    node.number = _count
    return node


def multiply(a, b):
    return _renumbered(_made("multiply", a, b))


def matmul(a, b):
    return _renumbered(_made("matmul", a, b))


def sigmoid(a):
    return _renumbered(_made("sigmoid", a))


def log(a):
    return _renumbered(_made("log", a))


def total(a):
    return _renumbered(_made("total", a))


FORWARD = {
    "add": lambda a, b: a + b,
    "multiply": lambda a, b: a * b,
    "matmul": lambda a, b: a @ b,
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "log": np.log,
    "total": np.sum,
}


def _fit(g, shape):
    extra = np.ndim(g) - len(shape)
    for _ in range(extra):
        g = np.sum(g, axis=0)
    for k in range(len(shape)):
        if shape[k] == 1 and g.shape[k] > 1:
            g = np.sum(g, axis=k, keepdims=True)
    return g


def _backward(kind, g, y, xs):
    if kind == "add":
        return [_fit(g, x.shape) for x in xs]
    if kind == "multiply":
        return [_fit(g * xs[1], xs[0].shape), _fit(g * xs[0], xs[1].shape)]
    if kind == "matmul":
        return [g @ xs[1].T, xs[0].T @ g]
    if kind == "sigmoid":
        return [g * y * (1 - y)]
    if kind == "log":
        return [g / xs[0]]
    return [g + np.zeros(xs[0].shape)]


class Session:
    def run(self, node, feed=None):
        return self._all(node, {} if feed is None else feed)[node.number][1]

    def _all(self, node, feed):
        found, stack = {}, [node]
        while stack:
            n = stack.pop()
            if n.number not in found:
                found[n.number] = n
                stack += n.inputs
        values = {}
        for number in sorted(found):
            n = found[number]
            if n.kind in ("variable", "constant"):
                v = n.value
            elif n.kind == "placeholder":
                v = np.asarray(feed[n.name])
            else:
                v = np.asarray(FORWARD[n.kind](*(values[i.number][1] for i in n.inputs)))
            values[number] = n, v
        return values

    def gradients(self, node, variables, feed=None):
        values = self._all(node, {} if feed is None else feed)
        grads, heap = {node.number: np.ones(())}, [-node.number]
        while heap:
            number = -heapq.heappop(heap)
            n, y = values[number]
            if not n.inputs:
                continue
            parts = _backward(n.kind, grads[number], y, [values[i.number][1] for i in n.inputs])
            for i, part in zip(n.inputs, parts):
                if i.number not in grads:
                    heapq.heappush(heap, -i.number)
                    grads[i.number] = part
                else:
                    grads[i.number] = grads[i.number] + part
        return [grads.get(v.number, np.zeros_like(v.value)) for v in variables]
