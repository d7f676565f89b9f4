"""The gradients by a small tape: a class with +, *, @, tanh and sigma that goes back over itself."""
import numpy as np


class Var:
    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = np.asarray(value, dtype=float), parents, 0.0

    def __add__(self, other):
        return Var(self.value + other.value, ((self, lambda g: fit(g, self)), (other, lambda g: fit(g, other))))

    def __mul__(self, other):
        return Var(self.value * other.value, ((self, lambda g: g * other.value), (other, lambda g: g * self.value)))

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
    c_new = sigma(pre["f"]) * c + sigma(pre["i"]) * tanh(pre["a"])
    return sigma(pre["o"]) * tanh(c_new), c_new


def init_params(n_in, n_h, rng, forget_bias=1.0):
    p = {}
    for g in "ifoa":
        for letter, n in (("U", n_h), ("W", n_in)):
            p[f"{letter}_{g}"] = rng.standard_normal(size=(n, n_h)) * n ** (-1 / 2)
        p["b_" + g] = np.array([forget_bias] * n_h if g == "f" else [0.0] * n_h, dtype=float)
    return p


def lstm_step(x, h, c, params):
    h_new, c_new = step(Var(x), Var(h), Var(c), {k: Var(v) for k, v in params.items()})
    return h_new.value, c_new.value


def unrolled(x, h0, c0, params):
    xs, p, start = [Var(x_t) for x_t in x], {k: Var(v) for k, v in params.items()}, (Var(h0), Var(c0))
    states = [start]
    for x_t in xs:
        states.append(step(x_t, *states[-1], p))
    return xs, start, p, states[1:]


def lstm_forward(x, h0, c0, params):
    states = unrolled(x, h0, c0, params)[3]
    return np.array([h.value for h, _ in states]), np.array([c.value for _, c in states])


def shaped(v):
    return v.grad + np.zeros(v.value.shape)


def collected(xs, start, p):
    return [shaped(v) for v in xs], shaped(start[0]), shaped(start[1]), {k: shaped(v) for k, v in p.items()}


def lstm_step_backward(x, h, c, params, dh_new, dc_new):
    xs, start, p, states = unrolled(x[None], h, c, params)
    states[-1][0].back([(states[-1][1], dc_new), (states[-1][0], dh_new)])
    dx, dh, dc, grads = collected(xs, start, p)
    return dx[0], dh, dc, grads


def lstm_backward(x, h0, c0, params, dhs):
    xs, start, p, states = unrolled(x, h0, c0, params)
    states[-1][0].back([(h, dhs[t]) for t, (h, _) in enumerate(states)])
    dx, dh, dc, grads = collected(xs, start, p)
    return np.stack(dx), dh, dc, grads
