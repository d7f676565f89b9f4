import numpy as np


class Node:
    parents = ()

    def __add__(self, other):
        return add(self, other)

    def __mul__(self, other):
        return multiply(self, other)


class Constant(Node):
    def __init__(self, value):
        self.data = np.asarray(value, dtype=float)


class Variable(Node):
    def __init__(self, value):
        self._value = np.asarray(value, dtype=float)

    @property
    def value(self):
        return self._value.copy()

    def assign(self, value):
        self._value = np.asarray(value, dtype=float)
        return self


class Placeholder(Node):
    def __init__(self, name):
        self.name = name


class Op(Node):
    def __init__(self, *parents):
        self.parents = tuple(p if isinstance(p, Node) else Constant(p) for p in parents)


def unbroadcast(g, like):
    g = np.asarray(g)
    while g.ndim > like.ndim:
        g = g.sum(axis=0)
    for axis, n in enumerate(like.shape):
        if n == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


class Add(Op):
    def forward(self, a, b):
        return a + b

    def backward(self, g, a, b):
        return unbroadcast(g, a), unbroadcast(g, b)


class Multiply(Op):
    def forward(self, a, b):
        return a * b

    def backward(self, g, a, b):
        return unbroadcast(g * b, a), unbroadcast(g * a, b)


class MatMul(Op):
    def forward(self, a, b):
        return a.dot(b)

    def backward(self, g, a, b):
        return g.dot(b.T), a.T.dot(g)


class Sigmoid(Op):
    def forward(self, a):
        return 1 / (1 + np.exp(-a))

    def backward(self, g, a):
        y = self.forward(a)
        return (g * y * (1 - y),)


class Log(Op):
    def forward(self, a):
        return np.log(a)

    def backward(self, g, a):
        return (g / a,)


class Total(Op):
    def forward(self, a):
        return np.sum(a)

    def backward(self, g, a):
        return (g * np.ones_like(a),)


add, multiply, matmul, sigmoid, log, total = Add, Multiply, MatMul, Sigmoid, Log, Total


class Session:
    def _order(self, root):
        order, seen = [], set()

        def visit(n):
            if id(n) in seen:
                return
            seen.add(id(n))
            for p in n.parents:
                visit(p)
            order.append(n)

        visit(root)
        return order

    def _forward(self, order, feed):
        for n in order:
            if isinstance(n, Variable):
                n.out = n._value
            elif isinstance(n, Placeholder):
                if n.name not in feed:
                    raise ValueError(f"no value for {n.name}")
                n.out = np.asarray(feed[n.name])
            elif isinstance(n, Constant):
                n.out = n.data
            else:
                n.out = np.asarray(n.forward(*[p.out for p in n.parents]))

    def run(self, node, feed=None):
        self._forward(self._order(node), feed or {})
        return node.out

    def gradients(self, node, variables, feed=None):
        order = self._order(node)
        self._forward(order, feed or {})
        for v in variables:
            v.grad = np.zeros_like(v._value)
        for n in order:
            n.grad = np.zeros(np.shape(n.out))
        node.grad = np.array(1.0)
        for n in reversed(order):
            if n.parents:
                for p, g in zip(n.parents, n.backward(n.grad, *[p.out for p in n.parents])):
                    p.grad = p.grad + g
        return tuple(v.grad for v in variables)
