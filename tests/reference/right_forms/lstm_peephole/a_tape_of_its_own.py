"""The gradients by a small tape: a class with +, *, @, tanh and sigma that goes back over itself."""
import numpy as np


class Var:
    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = np.asarray(value, dtype=float), parents, 0.0

    def __add__(self, other):
        return Var(self.value + other.value, ((self, lambda g: fit(g, self)), (other, lambda g: fit(g, other))))

    def __mul__(self, other):
        back = ((self, lambda g: fit(g * other.value, self)), (other, lambda g: fit(g * self.value, other)))
        return Var(self.value * other.value, back)

    def __matmul__(self, other):
        back = ((self, lambda g: g @ other.value.T), (other, lambda g: self.value.T @ g))
        return Var(self.value @ other.value, back)

    def back(self, seeds):
        order, seen = [], set()

        def visit(v):
            if id(v) not in seen:
                seen.add(id(v))
                for parent, _ in v.parents:
                    visit(parent)
                order.append(v)

        for v, seed in seeds:
            visit(v)
            v.grad = v.grad + seed
        for v in reversed(order):
            for parent, pull in v.parents:
                parent.grad = parent.grad + pull(v.grad)


def fit(g, v):
    return g.sum(axis=0) if v.value.ndim < np.ndim(g) else g


def tanh(v):
    y = np.tanh(v.value)
    return Var(y, ((v, lambda g: g * (1 - y * y)),))


def sigma(v):
    y = np.exp(-np.logaddexp(0, -v.value))
    return Var(y, ((v, lambda g: g * y * (1 - y)),))


def step(x, h, c, p):
    pre = {g: x @ p["W_" + g] + h @ p["U_" + g] + p["b_" + g] for g in "aifo"}
    c_new = sigma(pre["f"] + c * p["p_f"]) * c + sigma(pre["i"] + c * p["p_i"]) * tanh(pre["a"])
    return sigma(pre["o"] + c_new * p["p_o"]) * tanh(c_new), c_new


def leaves(x, h, c, params):
    return Var(x), Var(h), Var(c), {k: Var(v) for k, v in params.items()}


def peephole_step(x, h, c, params):
    h_new, c_new = step(*leaves(x, h, c, params))
    return h_new.value, c_new.value


def peephole_forward(x, h0, c0, params):
    hs, cs, h, c = [], [], h0, c0
    for x_t in x:
        h, c = peephole_step(x_t, h, c, params)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)


def shaped(v):
    return v.grad + np.zeros(v.value.shape)


def peephole_step_backward(x, h, c, params, dh_new, dc_new):
    inputs = leaves(x, h, c, params)
    out_h, out_c = step(*inputs)
    out_h.back([(out_h, dh_new), (out_c, dc_new)])
    return shaped(inputs[0]), shaped(inputs[1]), shaped(inputs[2]), {k: shaped(v) for k, v in inputs[3].items()}
