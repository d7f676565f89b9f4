"""Loops over indices; eigenvalues by eig; clipping as TensorFlow writes it."""
import math

import numpy as np


def step_jacobian(h_new, U):
    n = len(h_new)
    J = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            J[i, j] = (1 - h_new[i]) * (1 + h_new[i]) * U[j, i]
    return J


def jacobian_product(hs, U):
    P = np.identity(hs.shape[1])
    for t in range(len(hs) - 1, 0, -1):
        P = P @ step_jacobian(hs[t], U)
    return P


def gradient_norms(x, h0, params, dh_last):
    T, N = x.shape[0], x.shape[1]
    squares = [0.0] * T
    for n in range(N):
        h, states = h0[n], []
        for t in range(T):
            h = np.tanh(params["W"].T @ x[t, n] + params["U"].T @ h + params["b"])
            states.append(h)
        d = dh_last[n]
        for t in range(T - 1, -1, -1):
            squares[t] += float(d @ d)
            d = params["U"] @ (d * (1 - states[t] * states[t]))
    return [math.sqrt(s) for s in squares]


def spectral_radius(U):
    values, _ = np.linalg.eig(U)
    return max(abs(v) for v in values)


def scale_to_radius(U, rho):
    return rho * U / spectral_radius(U)


def clip_by_norm(grads, max_norm):
    total = 0.0
    for g in grads.values():
        total += np.vdot(g, g)
    norm = math.sqrt(total)
    return [{k: g * max_norm / max(norm, max_norm) for k, g in grads.items()}, norm]
