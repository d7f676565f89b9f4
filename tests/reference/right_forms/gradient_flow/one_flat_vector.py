"""Multi_dot for the product; the norm of one flat concatenation; 1e-6 added to the norm as PyTorch does."""
import numpy as np


def step_jacobian(h_new, U):
    return np.diag(1 - h_new * h_new) @ U.T


def jacobian_product(hs, U):
    factors = [step_jacobian(h, U) for h in hs[:0:-1]]
    return np.linalg.multi_dot([*factors, np.eye(len(U)), np.eye(len(U))]) if factors else np.eye(len(U))


def gradient_norms(x, h0, params, dh_last):
    hs = [h0]
    for x_t in x:
        hs.append(np.tanh(x_t @ params["W"] + hs[-1] @ params["U"] + params["b"]))
    errors = [dh_last]
    for h in hs[:1:-1]:
        errors.append(np.dot(errors[-1] * (1 - h**2), params["U"].T))
    return np.linalg.norm(np.array(errors[::-1]).reshape(len(x), -1), axis=1)


def spectral_radius(U):
    return np.array(np.abs(np.linalg.eigvals(U)).max())


def scale_to_radius(U, rho):
    return np.multiply(U, rho) / spectral_radius(U)


def clip_by_norm(grads, max_norm):
    norm = np.linalg.norm(np.concatenate([g.ravel() for g in grads.values()]))
    factor = min(1.0, max_norm / (norm + 1e-6))
    return {k: factor * g for k, g in grads.items()}, norm
