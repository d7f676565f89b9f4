"""Inputs of all times multiplied beforehand; errors of all times collected, then einsum."""
import numpy as np


def sig(v):
    return 1 / (1 + np.exp(-v))


def run(x, h, p):
    fed = {g: np.einsum("tni,ih->tnh", x, p["W_" + g]) + p["b_" + g] for g in "rzh"}
    trace = []
    for t in range(len(x)):
        r, z = sig(fed["r"][t] + h @ p["U_r"]), sig(fed["z"][t] + h @ p["U_z"])
        n = np.tanh(fed["h"][t] + (r * h) @ p["U_h"])
        new = z * h + (1 - z) * n
        trace.append((h, r, z, n, new))
        h = new
    return trace


def gru_step(x, h, params):
    return run(x[np.newaxis], h, params)[0][-1]


def gru_forward(x, h0, params):
    return np.stack([row[-1] for row in run(x, h0, params)])


def gru_step_backward(x, h, params, dh_new):
    dx, dh, grads = gru_backward(x[np.newaxis], h, params, dh_new[np.newaxis])
    return dx[0], dh, grads


def gru_backward(x, h0, params, dhs):
    trace = run(x, h0, params)
    e = {g: np.zeros((len(x), *h0.shape)) for g in "rzh"}
    d = np.zeros(h0.shape)
    for t in reversed(range(len(x))):
        h, r, z, n, _ = trace[t]
        d = d + dhs[t]
        e["h"][t] = d * (1 - z) * (1 - n**2)
        s = e["h"][t] @ params["U_h"].T
        e["r"][t] = s * h * r * (1 - r)
        e["z"][t] = d * (h - n) * z * (1 - z)
        d = d * z + s * r + e["r"][t] @ params["U_r"].T + e["z"][t] @ params["U_z"].T
    seen = {"r": [row[0] for row in trace], "z": [row[0] for row in trace], "h": [row[1] * row[0] for row in trace]}
    grads = {}
    for g in "hzr":
        grads["b_" + g] = np.einsum("tnh->h", e[g])
        grads["U_" + g] = np.einsum("tnk,tnh->kh", np.array(seen[g]), e[g])
        grads["W_" + g] = np.einsum("tni,tnh->ih", x, e[g])
    return np.einsum("gtnh,gih->tni", [e[g] for g in "rzh"], [params["W_" + g] for g in "rzh"]), d, grads
