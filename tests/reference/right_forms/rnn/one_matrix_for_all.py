"""[x, h, 1] times one matrix of W, U and b; backward by splitting what comes back."""
import numpy as np


def joined(x, h):
    return np.hstack([x, h, np.ones((len(x), 1))])


def stacked(params):
    return np.vstack([params["W"], params["U"], params["b"][None, :]])


def rnn_step(x, h, params):
    return np.tanh(joined(x, h) @ stacked(params))


def rnn_forward(x, h0, params):
    hs = [h0]
    for x_t in x:
        hs.append(rnn_step(x_t, hs[-1], params))
    hs = np.array(hs[1:])
    ones = np.ones(hs.shape[:2] + (1,))
    return [hs, np.concatenate([hs, ones], axis=2) @ np.vstack([params["V"], params["c"]])]


def rnn_step_backward(x, h, params, dh_new):
    h_new = rnn_step(x, h, params)
    delta = dh_new * (1 - h_new) * (1 + h_new)
    back = delta @ stacked(params).T
    grad = joined(x, h).T @ delta
    n, m = x.shape[1], h.shape[1]
    return back[:, :n], back[:, n : n + m], {"b": grad[-1], "U": grad[n:-1], "W": grad[:n]}
