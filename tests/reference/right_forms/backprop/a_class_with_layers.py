import numpy as np


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T


class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)


class Net:
    def __init__(self, W1, b1, W2, b2):
        self.first, self.bend, self.second = Affine(W1, b1), Sigmoid(), Affine(W2, b2)

    def scores(self, x):
        return self.second.forward(self.bend.forward(self.first.forward(x)))


def _softmax(u):
    e = np.exp(u - u.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def forward(x, W1, b1, W2, b2):
    net = Net(W1, b1, W2, b2)
    y = _softmax(net.scores(x))
    return net.bend.out, y


def loss(x, t, W1, b1, W2, b2):
    return -np.sum(t * np.log(forward(x, W1, b1, W2, b2)[1])) / len(x)


def output_delta(y, t):
    delta = y.copy()
    delta[np.arange(len(y)), t.argmax(axis=1)] -= 1
    delta /= len(y)
    return delta


def hidden_delta(h, W2, delta):
    bend = Sigmoid()
    bend.out = h
    return bend.backward(delta @ W2.T)


def gradients(x, t, W1, b1, W2, b2):
    net = Net(W1, b1, W2, b2)
    delta = output_delta(_softmax(net.scores(x)), t)
    net.first.backward(net.bend.backward(net.second.backward(delta)))
    return net.first.dW, net.first.db, net.second.dW, net.second.db
