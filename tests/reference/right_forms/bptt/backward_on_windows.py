import numpy as np


def rnn_step(x, h, params):
    return np.tanh(np.dot(x, params["W"]) + np.dot(h, params["U"]) + params["b"])


def rnn_forward(x, h0, params):
    hs = np.empty((len(x), *h0.shape))
    for t in range(len(x)):
        hs[t] = rnn_step(x[t], hs[t - 1] if t > 0 else h0, params)
    return [hs, np.einsum("tnh,hk->tnk", hs, params["V"]) + params["c"]]


def loss(x, h0, params, t):
    _, ys = rnn_forward(x, h0, params)
    return np.asarray(np.sum(np.square(t - ys[len(x) - 1])) * 0.5 / t.shape[0])


def rnn_backward(x, h0, params, dys):
    hs, _ = rnn_forward(x, h0, params)
    T = len(x)
    deltas = np.zeros(hs.shape)
    dh = np.zeros(h0.shape)
    for t in range(T - 1, -1, -1):
        deltas[t] = (1 - hs[t]) * (1 + hs[t]) * (dys[t] @ params["V"].T + dh)
        dh = deltas[t] @ params["U"].T
    before = np.concatenate([h0[np.newaxis], hs[:-1]])
    flat = deltas.reshape(-1, deltas.shape[-1])
    grads = {
        "W": x.reshape(-1, x.shape[-1]).T @ flat,
        "U": before.reshape(-1, before.shape[-1]).T @ flat,
        "b": flat.sum(axis=0),
        "V": hs.reshape(-1, hs.shape[-1]).T @ dys.reshape(-1, dys.shape[-1]),
        "c": dys.reshape(-1, dys.shape[-1]).sum(axis=0),
    }
    return [deltas @ params["W"].T, dh, grads]


def gradients(x, h0, params, t):
    _, ys = rnn_forward(x, h0, params)
    dys = np.concatenate([np.zeros(ys[:-1].shape), [(ys[-1] - t) / t.shape[0]]])
    return rnn_backward(x, h0, params, dys)[1:]


def truncated_bptt(x, h0, params, dys, tau):
    hs, _ = rnn_forward(x, h0, params)
    total = None
    for t in range(len(x)):
        s = max(0, t - tau)
        window = np.zeros(dys[s : t + 1].shape)
        window[-1] = dys[t]
        grads = rnn_backward(x[s : t + 1], hs[s - 1] if s else h0, params, window)[2]
        total = grads if total is None else {key: total[key] + grads[key] for key in grads}
    return total
