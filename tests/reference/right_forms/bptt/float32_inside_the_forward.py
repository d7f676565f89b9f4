import numpy as np


def rnn_forward(x, h0, params):
    p = {key: value.astype(np.float32) for key, value in params.items()}
    h, hs = h0.astype(np.float32), []
    for x_t in x.astype(np.float32):
        h = np.tanh(x_t @ p["W"] + h @ p["U"] + p["b"])
        hs.append(h)
    hs = np.stack(hs)
    return hs.astype(np.float64), (hs @ p["V"] + p["c"]).astype(np.float64)


def states(x, h0, params):
    h, hs = h0, []
    for x_t in x:
        h = np.tanh(x_t @ params["W"] + h @ params["U"] + params["b"])
        hs.append(h)
    return np.stack(hs)


def loss(x, h0, params, t):
    y = states(x, h0, params)[-1] @ params["V"] + params["c"]
    return 0.5 * np.sum((y - t) ** 2) / len(t)


def rnn_backward(x, h0, params, dys):
    hs = states(x, h0, params)
    before = np.concatenate([h0[None], hs[:-1]])
    d, dh = np.zeros(hs.shape), np.zeros(h0.shape)
    for s in reversed(range(len(x))):
        d[s] = (dh + dys[s] @ params["V"].T) * (1 - hs[s] ** 2)
        dh = d[s] @ params["U"].T
    grads = {"W": np.einsum("tni,tnh->ih", x, d), "U": np.einsum("tnk,tnh->kh", before, d), "b": d.sum((0, 1))}
    return d @ params["W"].T, dh, {**grads, "V": np.einsum("tnh,tnk->hk", hs, dys), "c": dys.sum((0, 1))}


def gradients(x, h0, params, t):
    y = states(x, h0, params)[-1] @ params["V"] + params["c"]
    dys = np.zeros((len(x), *t.shape))
    dys[-1] = (y - t) / len(t)
    return rnn_backward(x, h0, params, dys)[1:]


def truncated_bptt(x, h0, params, dys, tau):
    hs = states(x, h0, params)
    parts = []
    for t in range(len(x)):
        s = max(0, t - tau)
        alone = np.zeros((t + 1 - s, *dys[t].shape))
        alone[-1] = dys[t]
        parts.append(rnn_backward(x[s : t + 1], h0 if s == 0 else hs[s - 1], params, alone)[2])
    return {key: np.sum([part[key] for part in parts], axis=0) for key in parts[0]}
