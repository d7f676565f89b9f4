"""How far an error travels: Jacobians of a step, their product, the norms on the way, and clipping."""

import numpy as np


def step_jacobian(h_new, U):
    """The Jacobian of one step h_new = tanh(… + h U) with respect to the old state h, for one example.

    h_new: (n_h,), the state after the step. U: (n_h, n_h).
    Returns: (n_h, n_h), entry [i, j] is the slope of h_new[i] in h[j].
    """
    return (1 - h_new**2)[:, None] * U.T


def jacobian_product(hs, U):
    """The Jacobian of the last state with respect to the first, for one example.

    hs: (T, n_h), the states after each step. U: (n_h, n_h).
    Returns: (n_h, n_h), entry [i, j] is the slope of hs[T−1][i] in hs[0][j]; the identity for T = 1.
    """
    product = np.eye(len(U))
    for h in hs[1:]:
        product = step_jacobian(h, U) @ product
    return product


def gradient_norms(x, h0, params, dh_last):
    """How long the error of the last state is at every step on its way back.

    x: (T, N, n_in). h0: (N, n_h). params: W (n_in, n_h), U (n_h, n_h), b (n_h,).
    dh_last: (N, n_h), the gradient of the loss with respect to the last state, the only one it depends on.
    Returns: (T,), entry t is the norm of the gradient with respect to hs[t], over all N · n_h entries.
    """
    hs = []
    h = h0
    for x_t in x:
        h = np.tanh(x_t @ params["W"] + h @ params["U"] + params["b"])
        hs.append(h)
    norms = np.zeros(len(x))
    dh = dh_last
    for t in reversed(range(len(x))):
        norms[t] = np.linalg.norm(dh)
        dh = (dh * (1 - hs[t] ** 2)) @ params["U"].T
    return norms


def spectral_radius(U):
    """The largest absolute value of an eigenvalue, complex ones included.

    U: (n, n).
    Returns: a number.
    """
    return np.max(np.abs(np.linalg.eigvals(U)))


def scale_to_radius(U, rho):
    """A positive multiple of U whose spectral radius is rho.

    U: (n, n), its spectral radius is not 0. rho: a number above 0.
    Returns: (n, n).
    """
    return U * (rho / spectral_radius(U))


def clip_by_norm(grads, max_norm):
    """Gradients whose common norm is at most max_norm, in the same direction.

    grads: a dict of arrays of any shapes. max_norm: a number above 0.
    Returns: (clipped, norm): a dict with the same keys and shapes, and the norm over all arrays before clipping.
    """
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    factor = max_norm / norm if norm > max_norm else 1.0
    return {key: g * factor for key, g in grads.items()}, norm
