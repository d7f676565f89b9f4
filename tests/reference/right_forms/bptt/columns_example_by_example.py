import numpy as np


def states(x, h, params):
    out = []
    for v in x:
        h = np.tanh(params["W"].T @ v + params["U"].T @ h + params["b"])
        out.append(h)
    return out


def rnn_forward(x, h0, params):
    hs = np.stack([np.stack(states(x[:, n], h0[n], params)) for n in range(len(h0))], axis=1)
    return hs, np.array([[params["V"].T @ h + params["c"] for h in row] for row in hs])


def loss(x, h0, params, t):
    total = 0.0
    for n in range(len(t)):
        y = params["V"].T @ states(x[:, n], h0[n], params)[-1] + params["c"]
        total += 0.5 * np.dot(y - t[n], y - t[n])
    return total / len(t)


def zeros(params):
    return {key: np.zeros(params[key].shape) for key in "WUbVc"}


def add_step(g, v, before, d):
    g["W"] += np.outer(v, d)
    g["U"] += np.outer(before, d)
    g["b"] += d


def rnn_backward(x, h0, params, dys):
    g, dx, dh0 = zeros(params), np.zeros(x.shape), np.zeros(h0.shape)
    for n in range(len(h0)):
        hs = [h0[n], *states(x[:, n], h0[n], params)]
        dh = 0 * h0[n]
        for s in reversed(range(len(x))):
            g["V"] += np.outer(hs[s + 1], dys[s, n])
            g["c"] += dys[s, n]
            d = (params["V"] @ dys[s, n] + dh) * (1 - hs[s + 1] ** 2)
            add_step(g, x[s, n], hs[s], d)
            dx[s, n] = params["W"] @ d
            dh = params["U"] @ d
        dh0[n] = dh
    return dx, dh0, g


def gradients(x, h0, params, t):
    g, dh0 = zeros(params), np.zeros(h0.shape)
    for n in range(len(h0)):
        one = x[:, n : n + 1], h0[n : n + 1], params
        dys = np.zeros((len(x), 1, t.shape[1]))
        dys[-1, 0] = (rnn_forward(*one)[1][-1, 0] - t[n]) / len(t)
        _, row, part = rnn_backward(*one, dys)
        dh0[n] = row[0]
        g = {key: g[key] + part[key] for key in g}
    return dh0, g


def truncated_bptt(x, h0, params, dys, tau):
    g = zeros(params)
    for n in range(len(h0)):
        hs = [h0[n], *states(x[:, n], h0[n], params)]
        for t in range(len(x)):
            g["V"] += np.outer(hs[t + 1], dys[t, n])
            g["c"] += dys[t, n]
            dh = params["V"] @ dys[t, n]
            for s in range(t, max(-1, t - tau - 1), -1):
                d = dh * (1 - hs[s + 1] ** 2)
                add_step(g, x[s, n], hs[s], d)
                dh = params["U"] @ d
    return g
