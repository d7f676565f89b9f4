"""No counter of bad epochs: how far back the best epoch lies; numpy's truth values."""

import numpy as np


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch, self.epochs = np.float64(np.inf), np.int64(-1), 0

    def validate(self, loss):
        if self.best - loss > self.min_delta:
            self.best, self.best_epoch = np.float64(loss), np.int64(self.epochs)
        self.epochs += 1
        return np.bool_(self.epochs - 1 - self.best_epoch >= self.patience)


def stop_and_best(losses, patience, min_delta=0.0):
    stopping = EarlyStopping(patience, min_delta)
    said = [stopping.validate(losses[0])]
    while not said[-1] and len(said) < len(losses):
        said.append(stopping.validate(losses[len(said)]))
    return [len(said) - 1 if said[-1] else None, stopping.best_epoch]
