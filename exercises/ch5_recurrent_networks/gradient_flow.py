"""How far an error travels: Jacobians of a step, their product, the norms on the way, and clipping."""

import numpy as np


def step_jacobian(h_new, U):
    """The Jacobian of one step h_new = tanh(… + h U) with respect to the old state h, for one example.

    h_new: (n_h,), the state after the step. U: (n_h, n_h).
    Returns: (n_h, n_h), entry [i, j] is the slope of h_new[i] in h[j].
    """
    raise NotImplementedError("step_jacobian: not written yet")


def jacobian_product(hs, U):
    """The Jacobian of the last state with respect to the first, for one example.

    hs: (T, n_h), the states after each step. U: (n_h, n_h).
    Returns: (n_h, n_h), entry [i, j] is the slope of hs[T−1][i] in hs[0][j]; the identity for T = 1.
    """
    raise NotImplementedError("jacobian_product: not written yet")


def gradient_norms(x, h0, params, dh_last):
    """How long the error of the last state is at every step on its way back.

    x: (T, N, n_in). h0: (N, n_h). params: W (n_in, n_h), U (n_h, n_h), b (n_h,).
    dh_last: (N, n_h), the gradient of the loss with respect to the last state, the only one it depends on.
    Returns: (T,), entry t is the norm of the gradient with respect to hs[t], over all N · n_h entries.
    """
    raise NotImplementedError("gradient_norms: not written yet")


def spectral_radius(U):
    """The largest absolute value of an eigenvalue, complex ones included.

    U: (n, n).
    Returns: a number.
    """
    raise NotImplementedError("spectral_radius: not written yet")


def scale_to_radius(U, rho):
    """A positive multiple of U whose spectral radius is rho.

    U: (n, n), its spectral radius is not 0. rho: a number above 0.
    Returns: (n, n).
    """
    raise NotImplementedError("scale_to_radius: not written yet")


def clip_by_norm(grads, max_norm):
    """Gradients whose common norm is at most max_norm, in the same direction.

    grads: a dict of arrays of any shapes. max_norm: a number above 0.
    Returns: (clipped, norm): a dict with the same keys and shapes, and the norm over all arrays before clipping.
    """
    raise NotImplementedError("clip_by_norm: not written yet")
