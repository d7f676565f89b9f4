import numpy as np

def rnn_forward(x, h0, params):
    h = h0
    hs = []
    for xt in x:
        h = np.tanh(xt @ params["W"] + h @ params["U"] + params["b"])
        hs.append(h)
    hs = np.array(hs)
    return hs, hs @ params["V"] + params["c"]

def loss(x, h0, params, t):
    hs, ys = rnn_forward(x, h0, params)
    return np.sum((ys[-1] - t) ** 2) / len(t)

def rnn_backward(x, h0, params, dys):
    hs, ys = rnn_forward(x, h0, params)
    T = len(x)
    grads = {k: np.zeros_like(v) for k, v in params.items()}
    dx = np.zeros_like(x)
    dh = np.zeros_like(h0)
    for s in range(T - 1, -1, -1):
        grads["V"] += hs[s].T @ dys[s]
        grads["c"] += dys[s].sum(axis=0)
        d = (dys[s] @ params["V"].T + dh) * (1 - hs[s] ** 2)
        prev = hs[s - 1] if s > 0 else h0
        grads["W"] += x[s].T @ d
        grads["U"] += prev.T @ d
        grads["b"] += d.sum(axis=0)
        dx[s] = d @ params["W"].T
        dh = d @ params["U"]
    return dx, dh, grads

def gradients(x, h0, params, t):
    hs, ys = rnn_forward(x, h0, params)
    dys = np.zeros_like(ys)
    dys[-1] = 2 * (ys[-1] - t) / len(t)
    dx, dh0, grads = rnn_backward(x, h0, params, dys)
    return dh0, grads

def truncated_bptt(x, h0, params, dys, tau):
    return rnn_backward(x, h0, params, dys)[2]
