import numpy as np


class Var:
    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = value, parents, np.zeros(np.shape(value))

    def __matmul__(self, other):
        return Var(self.value @ other.value, [(self, lambda g: g @ other.value.T), (other, lambda g: self.value.T @ g)])

    def __add__(self, other):
        fit = (lambda g: g.sum(axis=0)) if np.ndim(other.value) == 1 else (lambda g: g)
        return Var(self.value + other.value, [(self, lambda g: g), (other, fit)])

    def tanh(self):
        y = np.tanh(self.value)
        return Var(y, [(self, lambda g: g * (1 - y**2))])


def back(outputs, upstream):
    order, seen = [], set()

    def visit(node):
        if id(node) not in seen:
            seen.add(id(node))
            for parent, _ in node.parents:
                visit(parent)
            order.append(node)

    for node, g in zip(outputs, upstream):
        visit(node)
        node.grad = node.grad + g
    for node in reversed(order):
        for parent, pull in node.parents:
            parent.grad = parent.grad + pull(node.grad)


def unrolled(x, h0, params):
    p = {key: Var(value) for key, value in params.items()}
    xs, start = [Var(row) for row in x], Var(h0)
    h, hs, ys = start, [], []
    for v in xs:
        h = (v @ p["W"] + h @ p["U"] + p["b"]).tanh()
        hs.append(h)
        ys.append(h @ p["V"] + p["c"])
    return p, xs, start, hs, ys


def rnn_forward(x, h0, params):
    _, _, _, hs, ys = unrolled(x, h0, params)
    return np.stack([h.value for h in hs]), np.stack([y.value for y in ys])


def loss(x, h0, params, t):
    return np.sum((rnn_forward(x, h0, params)[1][-1] - t) ** 2) / len(t) / 2


def rnn_backward(x, h0, params, dys):
    p, xs, start, _, ys = unrolled(x, h0, params)
    back(ys, dys)
    return np.stack([v.grad for v in xs]), start.grad, {key: p[key].grad for key in ("W", "U", "b", "V", "c")}


def gradients(x, h0, params, t):
    p, _, start, _, ys = unrolled(x, h0, params)
    back(ys[-1:], [(ys[-1].value - t) / len(t)])
    return start.grad, {key: p[key].grad for key in ("W", "U", "b", "V", "c")}


def truncated_bptt(x, h0, params, dys, tau):
    hs, _ = rnn_forward(x, h0, params)
    starts = [h0, *hs]
    parts = []
    for t in range(len(x)):
        s = max(t - tau, 0)
        p, _, _, _, ys = unrolled(x[s : t + 1], starts[s], params)
        back(ys[-1:], dys[t : t + 1])
        parts.append(p)
    return {key: sum(part[key].grad for part in parts) for key in ("W", "U", "b", "V", "c")}
