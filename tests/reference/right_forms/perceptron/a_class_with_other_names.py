import numpy as np


class Neuron:
    def __init__(self, weights, bias):
        self.weights, self.bias = np.array(weights), bias

    def fires(self, row):
        return 1 if sum(a * c for a, c in zip(row, self.weights)) + self.bias >= 0 else 0

    def learn(self, row, target, rate):
        error = target - self.fires(row)
        self.weights = self.weights + rate * error * np.asarray(row)
        self.bias = self.bias + rate * error
        return error != 0


def step(score):
    return np.where(np.asarray(score) >= 0, 1, 0)


def predict(rows, weights, bias):
    neuron = Neuron(weights, bias)
    return [neuron.fires(row) for row in rows]


def and_gate():
    return [10.0, 20.0], -25.0


def or_gate():
    return [3, 3], -1


def update(row, target, weights, bias, rate):
    neuron = Neuron(weights, bias)
    neuron.learn(row, target, rate)
    return neuron.weights, neuron.bias


def train(rows, targets, weights, bias, rate, epochs):
    neuron = Neuron(weights, bias)
    mistakes = []
    for _ in range(epochs):
        mistakes.append(sum([neuron.learn(row, target, rate) for row, target in zip(rows, targets)]))
        if mistakes[-1] == 0:
            break
    return neuron.weights, neuron.bias, tuple(mistakes)
