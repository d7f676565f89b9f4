"""Patience that is used up and filled again, in a class with __slots__."""


class EarlyStopping:
    __slots__ = ("_epoch", "_left", "best", "best_epoch", "min_delta", "patience")

    def __init__(self, patience, min_delta=0.0):
        self.patience = self._left = patience
        self.min_delta = min_delta
        self.best = self.best_epoch = None
        self._epoch = 0

    def _improved(self, loss):
        return self.best is None or loss < self.best - self.min_delta

    def validate(self, loss):
        if self._improved(loss):
            self.best, self.best_epoch = loss, self._epoch
            self._left = self.patience
        else:
            self._left -= 1
        self._epoch += 1
        return not self._left > 0


def stop_and_best(losses, patience, min_delta=0.0):
    watcher, stop = EarlyStopping(patience, min_delta), None
    for k in range(len(losses)):
        if watcher.validate(float(losses[k])):
            stop = k
            break
    return stop, watcher.best_epoch
