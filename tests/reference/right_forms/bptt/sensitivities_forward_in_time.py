"""RTRL: how the state depends on every parameter is carried along with the state."""
import numpy as np


def rnn_forward(x, h0, params):
    hs = exact(x, h0, params)
    return hs, hs @ params["V"] + params["c"]


def exact(x, h0, params):
    h, hs = h0, []
    for x_t in x:
        h = np.tanh(x_t @ params["W"] + h @ params["U"] + params["b"])
        hs.append(h)
    return np.array(hs)


def loss(x, h0, params, t):
    return 0.5 / len(t) * np.sum((rnn_forward(x, h0, params)[1][-1] - t) ** 2)


def rnn_backward(x, h0, params, dys):
    hs = exact(x, h0, params)
    before = np.concatenate([h0[None], hs[:-1]])
    d, dx, dh = np.zeros(hs.shape), np.zeros(x.shape), np.zeros(h0.shape)
    for s in range(len(x))[::-1]:
        y = hs[s]
        d[s] = (dh + dys[s] @ params["V"].T) * (1 - y * y)
        dx[s], dh = d[s] @ params["W"].T, d[s] @ params["U"].T
    shared = {"W": np.tensordot(x, d, ((0, 1), (0, 1))), "U": np.tensordot(before, d, ((0, 1), (0, 1)))}
    return dx, dh, {**shared, "b": d.sum((0, 1)), "V": np.tensordot(hs, dys, ((0, 1), (0, 1))), "c": dys.sum((0, 1))}


def gradients(x, h0, params, t):
    W, U, V = params["W"], params["U"], params["V"]
    (n_in, H), N = W.shape, len(h0)
    I = np.eye(H)
    SW, SU, Sb = np.zeros((N, H, n_in, H)), np.zeros((N, H, H, H)), np.zeros((N, H, H))
    Sh = np.broadcast_to(I, (N, H, H))
    h = h0
    for x_t in x:
        new = np.tanh(x_t @ W + h @ U + params["b"])
        slope = 1 - new**2
        SW = np.einsum("nj,niab,ij->njab", slope, SW, U) + np.einsum("nj,na,jb->njab", slope, x_t, I)
        SU = np.einsum("nj,niab,ij->njab", slope, SU, U) + np.einsum("nj,na,jb->njab", slope, h, I)
        Sb = np.einsum("nj,nib,ij->njb", slope, Sb, U) + np.einsum("nj,jb->njb", slope, I)
        Sh = np.einsum("nj,nib,ij->njb", slope, Sh, U)
        h = new
    dy = (h @ V + params["c"] - t) / N
    dh = dy @ V.T
    grads = {
        "W": np.einsum("nj,njab->ab", dh, SW),
        "U": np.einsum("nj,njab->ab", dh, SU),
        "b": np.einsum("nj,njb->b", dh, Sb),
        "V": h.T @ dy,
        "c": dy.sum(axis=0),
    }
    return np.einsum("nj,njb->nb", dh, Sh), grads


def truncated_bptt(x, h0, params, dys, tau):
    starts = np.concatenate([h0[None], exact(x, h0, params)])
    total = {key: 0.0 for key in "WUbVc"}
    for t, dy in enumerate(dys):
        s = max(0, t - tau)
        piece = np.concatenate([np.zeros((t - s, *dy.shape)), dy[None]])
        part = rnn_backward(x[s : t + 1], starts[s], params, piece)[2]
        total = {key: total[key] + part[key] for key in part}
    return total
