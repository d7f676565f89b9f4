import numpy as np


def joined(params):
    return np.vstack([params["W"], params["U"], params["b"]])


def rnn_forward(x, h0, params):
    M = joined(params)
    ones = np.ones((x.shape[1], 1))
    h, hs, ys = h0, [], []
    for x_t in x:
        h = np.tanh(np.hstack([x_t, h, ones]) @ M)
        hs.append(h)
        ys.append(np.hstack([h, ones]) @ np.vstack([params["V"], params["c"]]))
    return np.array(hs), np.array(ys)


def loss(x, h0, params, t):
    y = rnn_forward(x, h0, params)[1][-1]
    return np.mean(np.sum((y - t) ** 2, axis=1)) / 2


def walk(x, h0, params, dys, first, last, hs):
    """Errors of the outputs dys back from step last to step first."""
    n_in, n_h = params["W"].shape
    ones = np.ones((x.shape[1], 1))
    dM, dx, dh = np.zeros((n_in + n_h + 1, n_h)), np.zeros(x.shape), np.zeros(h0.shape)
    for s in range(last, first - 1, -1):
        before = hs[s - 1] if s else h0
        d = (dh + dys[s] @ params["V"].T) * (1 - hs[s] ** 2)
        z = np.hstack([x[s], before, ones])
        dM += z.T @ d
        dz = d @ joined(params).T
        dx[s], dh = dz[:, :n_in], dz[:, n_in : n_in + n_h]
    return dM, dx, dh


def split(dM, hs, dys, params):
    n_in, n_h = params["W"].shape
    V = sum(h.T @ dy for h, dy in zip(hs, dys))
    return {"c": dys.sum((0, 1)), "V": V, "W": dM[:n_in], "U": dM[n_in : n_in + n_h], "b": dM[-1]}


def rnn_backward(x, h0, params, dys):
    hs, _ = rnn_forward(x, h0, params)
    dM, dx, dh0 = walk(x, h0, params, dys, 0, len(x) - 1, hs)
    return dx, dh0, split(dM, hs, dys, params)


def gradients(x, h0, params, t):
    hs, ys = rnn_forward(x, h0, params)
    dys = np.zeros_like(ys)
    dys[-1] = (ys[-1] - t) / len(t)
    return rnn_backward(x, h0, params, dys)[1:]


def truncated_bptt(x, h0, params, dys, tau):
    hs, _ = rnn_forward(x, h0, params)
    total = 0
    for t in range(len(x)):
        alone = np.zeros_like(dys)
        alone[t] = dys[t]
        total = total + walk(x, h0, params, alone, max(0, t - tau), t, hs)[0]
    return split(total, hs, dys, params)
