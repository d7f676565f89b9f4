import numpy as np


class Adam:
    def __init__(self, state, lr, beta1, beta2, eps):
        self.m, self.v, self.t = state[0].copy(), state[1].copy(), state[2]
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps

    def step(self, w, g):
        self.t += 1
        self.m *= self.beta1
        self.m += (1 - self.beta1) * g
        self.v *= self.beta2
        self.v += (1 - self.beta2) * g**2
        w = w.copy()
        w -= self.lr * corrected(self.m, self.beta1, self.t) / (np.sqrt(corrected(self.v, self.beta2, self.t)) + self.eps)
        return w

    @property
    def state(self):
        return self.m, self.v, self.t


def adam_init(w):
    return np.zeros(np.shape(w)), np.zeros(np.shape(w)), 0


def corrected(m, beta, t):
    return np.divide(m, 1 - np.power(beta, float(t)))


def adam(w, grad, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    rule = Adam(state, lr, beta1, beta2, eps)
    return rule.step(w, grad), rule.state


def adam_path(w, grads, *constants, **named):
    rule = Adam(adam_init(w), **constants_of(*constants, **named))
    path = [w.copy()]
    for g in grads:
        path.append(rule.step(path[-1], g))
    return np.stack(path)


def constants_of(lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    return {"lr": lr, "beta1": beta1, "beta2": beta2, "eps": eps}
