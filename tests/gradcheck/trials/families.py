"""The functions whose gradients are judged, by kind: each yields right claims, and wrong ones of its own.

Networks are differentiated by autograd, layers and everything else by hand.
"""

from collections.abc import Iterator
from functools import partial

import autograd.numpy as anp
import numpy as np
from autograd import grad

from trials.problems import Problem


def smooth(rng) -> Iterator[Problem]:
    n = int(rng.integers(1, 200))
    a, x = rng.standard_normal(n), rng.standard_normal(n)
    yield Problem("smooth", "sum of sines", lambda x: np.sum(a * np.sin(x)), lambda x: a * np.cos(x), x)
    yield Problem("smooth", "sum of x exp", lambda x: np.sum(x * np.exp(-x)), lambda x: (1 - x) * np.exp(-x), x)
    n = int(rng.integers(2, 40))
    A, b = rng.standard_normal((n, n)), rng.standard_normal(n)
    yield Problem("smooth", "quadratic", lambda x: x @ A @ x / 2 + b @ x, lambda x: (A + A.T) @ x / 2 + b, b[::-1] + 1)
    yield Problem(
        "smooth",
        "quadratic, not symmetrised",
        lambda x: x @ A @ x / 2 + b @ x,
        lambda x: A @ x + b,
        b + 1,
        right=False,
        mistake="own",
    )
    y = 2 * rng.standard_normal(n)
    yield Problem(
        "smooth", "log-sum-exp", lambda x: np.log(np.sum(np.exp(x))), lambda x: np.exp(x) / np.exp(x).sum(), y
    )
    X = rng.standard_normal((int(rng.integers(2, 6)),) * 2)

    def logdet(X):
        return np.linalg.slogdet(X @ X.T + np.eye(len(X)))[1]

    yield Problem("smooth", "log-determinant", logdet, lambda X: 2 * np.linalg.solve(X @ X.T + np.eye(len(X)), X), X)
    P, Q = rng.standard_normal((3, 4)), rng.standard_normal((4, 5))
    yield Problem(
        "smooth",
        "product",
        lambda P, Q: np.sum((P @ Q) ** 2),
        lambda P, Q: (2 * P @ Q @ Q.T, 2 * P.T @ P @ Q),
        (P, Q),
    )
    yield Problem("smooth", "a number", lambda x: np.exp(np.sin(x)), lambda x: np.cos(x) * np.exp(np.sin(x)), 0.7)


ACTIVATIONS = {
    "tanh": anp.tanh,
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
    "relu": lambda z: anp.maximum(z, 0 * z),
    "leaky": lambda z: anp.where(z > 0, z, z * anp.asarray(0.1, z.dtype)),
}


def mlp(rng, dtype, activation, loss):
    m, sizes = int(rng.integers(2, 9)), [int(s) for s in rng.integers(2, 8, 3)]
    X = rng.standard_normal((m, sizes[0])).astype(dtype)
    Y = rng.standard_normal((m, sizes[2])).astype(dtype)
    labels = np.eye(sizes[2], dtype=dtype)[rng.integers(sizes[2], size=m)]
    act = ACTIVATIONS[activation]
    params = {
        "W1": (rng.standard_normal((sizes[0], sizes[1])) / np.sqrt(sizes[0])).astype(dtype),
        "b1": (0.1 * rng.standard_normal(sizes[1])).astype(dtype),
        "W2": (rng.standard_normal((sizes[1], sizes[2])) / np.sqrt(sizes[1])).astype(dtype),
        "b2": (0.1 * rng.standard_normal(sizes[2])).astype(dtype),
    }

    def forward(p):
        d = p["W1"].dtype if hasattr(p["W1"], "dtype") else np.float64
        x, y, c = X.astype(d), Y.astype(d), labels.astype(d)
        z = anp.dot(act(anp.dot(x, p["W1"]) + p["b1"]), p["W2"]) + p["b2"]
        if loss == "squares":
            return anp.mean((z - y) ** 2)
        z = z - anp.max(z, axis=1, keepdims=True)
        return -anp.mean(anp.sum(c * (z - anp.log(anp.sum(anp.exp(z), axis=1, keepdims=True))), axis=1))

    return forward, params


def rnn(rng, by):
    T, B, n, h = int(rng.integers(3, 9)), 2, 3, 4
    W, U, b = rng.standard_normal((n, h)) * 0.6, rng.standard_normal((h, h)) * 0.6, rng.standard_normal(h) * 0.1
    X, target = rng.standard_normal((T, B, n)), rng.standard_normal((B, h))

    def run(X, W, U, b):
        state = anp.zeros((B, h))
        for x in X:
            state = anp.tanh(anp.dot(x, W) + anp.dot(state, U) + b)
        return 0.5 * anp.sum((state - target) ** 2)

    if by == "inputs":
        return (lambda X: run(X, W, U, b)), X
    return (lambda W, U, b: run(X, W, U, b)), (W, U, b)


def network(rng) -> Iterator[Problem]:
    for activation in ACTIVATIONS:
        loss = str(rng.choice(["squares", "entropy"]))
        forward, params = mlp(rng, np.float64, activation, loss)
        yield Problem("network", f"mlp {activation} {loss}", forward, grad(forward), params)
    forward, (W, U, b) = rnn(rng, "parameters")
    yield Problem("network", "rnn by parameters", forward, grad(forward, (0, 1, 2)), (W, U, b))
    forward, X = rnn(rng, "inputs")
    right = Problem("network", "rnn by inputs", forward, grad(forward), X)
    yield right
    decay = 0.7 ** np.arange(len(X))[::-1, None, None]
    yield Problem(
        "network", "rnn by inputs, growing", forward, lambda X: grad(forward)(X) * decay, X, False, "own",
        patterns=("growing",), spoilable=False,
    )  # fmt: skip
    n, m = int(rng.integers(2, 20)), int(rng.integers(5, 30))
    A, y, w = rng.standard_normal((m, n)), rng.integers(0, 2, m) * 2.0 - 1, rng.standard_normal(n)

    def logistic(w):
        return np.mean(np.log1p(np.exp(-y * (A @ w))))

    def slope(w):
        return -A.T @ (y / (1 + np.exp(y * (A @ w)))) / m

    yield Problem("network", "logistic", logistic, slope, w)
    yield Problem(
        "network", "logistic, mean forgotten", logistic, lambda w: m * slope(w), w, False, "own",
        patterns=("factor",), spoilable=False,
    )  # fmt: skip


def softmax_rows(Z):
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def softmax_back(Z, v):
    p = softmax_rows(Z)
    return p * (v - (v * p).sum(axis=-1, keepdims=True))


def normalise(X, axis):
    return (X - X.mean(axis, keepdims=True)) / np.sqrt(X.var(axis, keepdims=True) + 1e-5)


def normalise_back(X, v, axis):
    y = normalise(X, axis)
    s = np.sqrt(X.var(axis, keepdims=True) + 1e-5)
    return (v - v.mean(axis, keepdims=True) - y * (v * y).mean(axis, keepdims=True)) / s


def correlate(x, k):
    return np.array([x[i : i + len(k)] @ k for i in range(len(x) - len(k) + 1)])


def correlate_back(x, k, v):
    dx = np.zeros_like(x)
    for i, vi in enumerate(v):
        dx[i : i + len(k)] += vi * k
    return dx, np.array([x[j : j + len(v)] @ v for j in range(len(k))])


def attention(Q, K, V):
    return softmax_rows(Q @ K.T / np.sqrt(Q.shape[1])) @ V


def attention_back(Q, K, V, v):
    A = softmax_rows(Q @ K.T / np.sqrt(Q.shape[1]))
    dA = v @ V.T
    dS = A * (dA - (dA * A).sum(1, keepdims=True)) / np.sqrt(Q.shape[1])
    return dS @ K, dS.T @ Q, A.T @ v


def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def gelu_back(x, v):
    c = np.sqrt(2 / np.pi)
    t = np.tanh(c * (x + 0.044715 * x**3))
    return v * (0.5 * (1 + t) + 0.5 * x * (1 - t**2) * c * (1 + 3 * 0.044715 * x**2))


def layer(rng) -> Iterator[Problem]:
    wrong = partial(Problem, right=False, mistake="own", spoilable=False)
    m, n, k = (int(s) for s in rng.integers(2, 7, 3))
    X, W, b = rng.standard_normal((m, n)), rng.standard_normal((n, k)), rng.standard_normal(k)

    def dense(X, W, b):
        return X @ W + b

    yield Problem("layer", "dense", dense, lambda X, W, b, v: (v @ W.T, X.T @ v, v.sum(0)), (X, W, b))
    yield wrong("layer", "dense, bias mean", dense, lambda X, W, b, v: (v @ W.T, X.T @ v, v.mean(0)), (X, W, b))
    Z = rng.standard_normal((m, n + 1))
    yield Problem("layer", "softmax", softmax_rows, softmax_back, Z)
    yield wrong(
        "layer", "softmax, diagonal only", softmax_rows, lambda Z, v: v * softmax_rows(Z) * (1 - softmax_rows(Z)), Z
    )
    X = rng.standard_normal((m + 2, n + 2))
    for axis, name in ((1, "layer norm"), (0, "batch norm")):
        yield Problem("layer", name, partial(normalise, axis=axis), partial(normalise_back, axis=axis), X)
        yield wrong(
            "layer", f"{name}, statistics held fixed", partial(normalise, axis=axis),
            lambda X, v, axis=axis: v / np.sqrt(X.var(axis, keepdims=True) + 1e-5), X,
        )  # fmt: skip
    x, kernel = rng.standard_normal(int(rng.integers(6, 20))), rng.standard_normal(3)
    yield Problem("layer", "convolution", correlate, correlate_back, (x, kernel))
    yield wrong(
        "layer", "convolution, kernel not flipped", correlate,
        lambda x, k, v: (correlate_back(x, k[::-1], v)[0], correlate_back(x, k, v)[1]), (x, kernel),
    )  # fmt: skip
    Q, K, V = rng.standard_normal((3, 4)), rng.standard_normal((5, 4)), rng.standard_normal((5, 2))
    yield Problem("layer", "attention", attention, attention_back, (Q, K, V))
    yield wrong(
        "layer", "attention, scale forgotten", attention,
        lambda Q, K, V, v: (2 * attention_back(Q, K, V, v)[0], *attention_back(Q, K, V, v)[1:]), (Q, K, V),
    )  # fmt: skip
    yield Problem("layer", "gelu", gelu, gelu_back, rng.standard_normal((m, n)))


def scaling(rng) -> Iterator[Problem]:
    n = int(rng.integers(2, 60))
    a, x = rng.standard_normal(n), rng.standard_normal(n)
    for c in 10.0 ** rng.uniform(-8, 8, 2):
        yield Problem(
            "scaling", f"value times {c:.0e}", lambda x, c=c: c * np.sum(a * np.sin(x)),
            lambda x, c=c: c * a * np.cos(x), x,
        )  # fmt: skip
    for c in 10.0 ** rng.uniform(-8, 8, 2):
        yield Problem(
            "scaling", f"point times {c:.0e}", lambda x, c=c: np.sum(a * np.sin(x / c)),
            lambda x, c=c: a * np.cos(x / c) / c, c * x,
        )  # fmt: skip
    c = 10.0 ** rng.uniform(-8, 8, n)
    yield Problem(
        "scaling", "entry by entry", lambda x: np.sum(a * np.sin(x / c)), lambda x: a * np.cos(x / c) / c, c * x
    )
    p, q = 10.0 ** rng.uniform(-6, 6, 2)
    y = rng.standard_normal((3, 4))
    yield Problem(
        "scaling", "block by block", lambda x, y: np.sum(np.tanh(x / p)) + np.sum((y / q) ** 2) + np.sum(a),
        lambda x, y: ((1 - np.tanh(x / p) ** 2) / p, 2 * y / q**2), (p * x, q * y),
    )  # fmt: skip


def stiff(rng) -> Iterator[Problem]:
    n = int(rng.integers(1, 10))
    w = 10 ** rng.uniform(2, 5)
    x = rng.standard_normal(n)
    yield Problem(
        "stiff", f"sine of frequency {w:.0e}", lambda x: np.sum(np.sin(w * x)), lambda x: w * np.cos(w * x), x
    )
    k = rng.uniform(20, 300)
    y = rng.uniform(0.5, 1.5, n)
    yield Problem("stiff", f"exp({k:.0f} x)", lambda x: np.sum(np.exp(k * x)), lambda x: k * np.exp(k * x), y)
    m = int(rng.integers(3, 20))
    Q = np.linalg.qr(rng.standard_normal((m, m)))[0]
    A = Q * 10 ** np.linspace(0, 6, m) @ Q.T
    yield Problem(
        "stiff", "condition 1e6", lambda x: x @ A @ x / 2, lambda x: (A + A.T) @ x / 2, rng.standard_normal(m)
    )
    yield Problem(
        "stiff", "rosenbrock", lambda x: np.sum(1e4 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2),
        lambda x: np.append(-4e4 * x[:-1] * (x[1:] - x[:-1] ** 2) - 2 * (1 - x[:-1]), 0)
        + np.append(0, 2e4 * (x[1:] - x[:-1] ** 2)),
        rng.standard_normal(m),
    )  # fmt: skip


def widened(claim):
    return {key: value.astype(float) for key, value in claim.items()}


def single(rng) -> Iterator[Problem]:
    """float32, open and hidden behind a float64 interface."""
    make = partial(Problem, precise=False)
    for activation in ("tanh", "sigmoid", "softplus", "relu", "leaky"):
        forward, params = mlp(rng, np.float32, activation, str(rng.choice(["squares", "entropy"])))
        slope = grad(forward)
        sharp = activation in ("relu", "leaky")
        yield make("float32", f"open mlp {activation}", forward, slope, params, entry=not sharp, spoilable=not sharp)
        wide = {key: value.astype(np.float64) for key, value in params.items()}
        yield make(
            "float32", f"hidden mlp {activation}",
            lambda p, f=forward: float(f({k: np.asarray(v, np.float32) for k, v in p.items()})),
            lambda p, s=slope: widened(s({k: v.astype(np.float32) for k, v in p.items()})),
            wide, entry=not sharp, spoilable=not sharp,
        )  # fmt: skip
    n = int(rng.integers(2, 100))
    a, x = rng.standard_normal(n).astype(np.float32), rng.standard_normal(n).astype(np.float32)
    yield make("float32", "open sines", lambda x: np.sum(a * np.sin(x)), lambda x: a * np.cos(x), x)
    yield make(
        "float32", "hidden sines", lambda x: float(np.sum(a * np.sin(x.astype(np.float32)))),
        lambda x: (a * np.cos(x.astype(np.float32))).astype(float), x.astype(float),
    )  # fmt: skip
    yield make(
        "float32", "inside only", lambda x: float(np.sum(a * np.sin(x).astype(np.float32))) * 1.7 + 0.1,
        lambda x: 1.7 * a * np.cos(x), x.astype(float),
    )  # fmt: skip
    X = rng.standard_normal((4, 5)).astype(np.float32)
    yield make("float32", "open softmax", softmax_rows, softmax_back, X, entry=False)
    y = 2 * rng.standard_normal(n).astype(np.float32)
    yield make(
        "float32", "open log-sum-exp", lambda x: np.log(np.sum(np.exp(x))), lambda x: np.exp(x) / np.exp(x).sum(), y,
        entry=False,
    )  # fmt: skip
