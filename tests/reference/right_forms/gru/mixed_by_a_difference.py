"""h + (1 - z)(n - h), sigma by tanh, two gates in one product; backward from that form."""
import numpy as np


def sigma(v):
    return 0.5 + 0.5 * np.tanh(0.5 * v)


def parts(x, h, p):
    xh = np.hstack([x, h])
    both = np.block([[p["W_r"], p["W_z"]], [p["U_r"], p["U_z"]]])
    r, z = np.split(sigma(xh @ both + np.hstack([p["b_r"], p["b_z"]])), 2, axis=1)
    n = np.tanh(np.hstack([x, r * h]) @ np.vstack([p["W_h"], p["U_h"]]) + p["b_h"])
    return xh, both, r, z, n


def gru_step(x, h, params):
    _, _, _, z, n = parts(x, h, params)
    return h + (1 - z) * (n - h)


def gru_forward(x, h0, params):
    hs = np.empty((len(x) + 1, *np.shape(h0)))
    hs[0] = h0
    for t, x_t in enumerate(x):
        hs[t + 1] = gru_step(x_t, hs[t], params)
    return hs[1:]


def gru_step_backward(x, h, params, dh_new):
    xh, both, r, z, n = parts(x, h, params)
    m, k = x.shape[1], h.shape[1]
    dn = dh_new * (1 - z) * (1 + n) * (1 - n)
    drh = dn @ params["U_h"].T
    gates = np.hstack([drh * h * (r - r * r), -dh_new * (n - h) * (z - z * z)])
    back = gates @ both.T
    g = xh.T @ gates
    grads = {
        "W_r": g[:m, :k], "W_z": g[:m, k:], "U_r": g[m:, :k], "U_z": g[m:, k:],
        "b_r": gates.sum(0)[:k], "b_z": gates.sum(0)[k:],
        "W_h": x.T @ dn, "U_h": (r * h).T @ dn, "b_h": dn.sum(0),
    }
    return [back[:, :m] + dn @ params["W_h"].T, back[:, m:] + drh * r + dh_new - dh_new * (1 - z), grads]


def gru_backward(x, h0, params, dhs):
    hs = np.concatenate([h0[None], gru_forward(x, h0, params)])
    dh, dxs, steps = np.zeros_like(h0), [], []
    for t in range(len(x) - 1, -1, -1):
        dx, dh, grads = gru_step_backward(x[t], hs[t], params, dh + dhs[t])
        dxs.insert(0, dx)
        steps.append(grads)
    return np.stack(dxs), dh, {key: np.sum([s[key] for s in steps], axis=0) for key in params}
