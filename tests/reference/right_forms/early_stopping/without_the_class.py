"""stop_and_best has a loop of its own; the class has more methods than asked for."""

import math


class Watcher:
    def __init__(self, **constants):
        self.__dict__.update(constants)


class EarlyStopping(Watcher):
    def __init__(self, patience, min_delta=0.0):
        super().__init__(patience=patience, min_delta=min_delta, best=math.inf, best_epoch=0, epoch=-1, bad=0)

    def reset(self):
        self.bad = 0

    def __call__(self, loss):
        self.epoch += 1
        self.bad += 1
        if not math.isnan(loss) and self.best - self.min_delta > loss:
            self.best, self.best_epoch = loss, self.epoch
            self.reset()
        return self.bad == self.patience

    validate = __call__


def stop_and_best(losses, patience, min_delta=0.0):
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - min_delta:
            best = epoch
        elif epoch - best == patience:
            return epoch, best
    return None, best
