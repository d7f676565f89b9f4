"""Backpropagation through time: one set of weights, used at every step, collects the error of all steps."""

import numpy as np


def rnn_forward(x, h0, params):
    """The RNN read from left to right: h_t = tanh(x_t W + h_{t−1} U + b), y_t = h_t V + c.

    x: (T, N, n_in). h0: (N, n_h), the state before the first step.
    params: W (n_in, n_h), U (n_h, n_h), b (n_h,), V (n_h, n_out), c (n_out,).
    Returns: (hs, ys): (T, N, n_h) and (T, N, n_out); hs[t] is the state after x[t] was read.
    """
    hs = []
    h = h0
    for x_t in x:
        h = np.tanh(x_t @ params["W"] + h @ params["U"] + params["b"])
        hs.append(h)
    hs = np.stack(hs)
    return hs, hs @ params["V"] + params["c"]


def loss(x, h0, params, t):
    """The squared error of the last output alone: (1/N) Σ_n Σ_k ½ (y_nk − t_nk)².

    x, h0, params: as in rnn_forward. t: (N, n_out), what the last output should be.
    Returns: a number.
    """
    _, ys = rnn_forward(x, h0, params)
    return 0.5 * np.sum((ys[-1] - t) ** 2) / len(t)


def rnn_backward(x, h0, params, dys):
    """The gradients of Σ dys ⊙ ys, through all steps.

    x, h0, params: as in rnn_forward. dys: (T, N, n_out), the upstream gradient of every output.
    Returns: (dx, dh0, grads): the shapes of x and h0, and a dict with the keys W, U, b, V, c.
    """
    hs, _ = rnn_forward(x, h0, params)
    grads = _output_gradients(hs, params, dys)
    dx = np.zeros(np.shape(x))
    dh = np.zeros(np.shape(h0))  # from the steps after this one; nothing comes after the last
    for s in reversed(range(len(x))):
        du = (dh + dys[s] @ params["V"].T) * (1 - hs[s] ** 2)
        _collect(grads, x[s], hs[s - 1] if s > 0 else h0, du)
        dx[s] = du @ params["W"].T
        dh = du @ params["U"].T
    return dx, dh, grads


def gradients(x, h0, params, t):
    """The gradients of loss with respect to the start state and the parameters.

    x, h0, params, t: as in loss.
    Returns: (dh0, grads): the shape of h0, and a dict with the keys W, U, b, V, c.
    """
    _, ys = rnn_forward(x, h0, params)
    dys = np.zeros(ys.shape)
    dys[-1] = (ys[-1] - t) / len(t)
    _, dh0, grads = rnn_backward(x, h0, params, dys)
    return dh0, grads


def truncated_bptt(x, h0, params, dys, tau):
    """The parameters' gradients where the error of each output goes back over U at most tau times.

    x, h0, params, dys: as in rnn_backward. tau: a whole number from 0 on.
    Returns: a dict with the keys W, U, b, V, c.
    """
    hs, _ = rnn_forward(x, h0, params)
    grads = _output_gradients(hs, params, dys)
    for t in range(len(x)):
        dh = dys[t] @ params["V"].T
        for s in range(t, max(0, t - tau) - 1, -1):
            du = dh * (1 - hs[s] ** 2)
            _collect(grads, x[s], hs[s - 1] if s > 0 else h0, du)
            dh = du @ params["U"].T
    return grads


def _output_gradients(hs, params, dys):
    """Gradients of all parameters as far as the outputs alone give them: none yet for W, U, b."""
    grads = {name: np.zeros(params[name].shape) for name in ("W", "U", "b")}
    return {**grads, "V": np.einsum("tnh,tnk->hk", hs, dys), "c": np.sum(dys, axis=(0, 1))}


def _collect(grads, x_s, h_before, du):
    """Add one step's share to the gradients; du is the error at its pre-activation."""
    grads["W"] += x_s.T @ du
    grads["U"] += h_before.T @ du
    grads["b"] += du.sum(axis=0)
