"""Watching a validation loss, and stopping when it has not improved for a while."""


class EarlyStopping:
    """The decision to stop, from one validation loss after another.

    patience: how many epochs in succession may be no improvement, at least 1; with the last of them it stops.
    min_delta: by more than this a loss has to lie below the best one to be an improvement, at least 0.
    best: the loss that last counted as an improvement. best_epoch: its epoch; the first call of validate is epoch 0.
    """

    def __init__(self, patience, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.best = float("inf")
        self.best_epoch = None
        self._epoch = -1
        self._waited = 0

    def validate(self, loss):
        """Take note of the loss of one more epoch.

        loss: a number; nan is never an improvement.
        Returns: whether to stop now, True or False.
        """
        self._epoch += 1
        if loss < self.best - self.min_delta:  # False where loss is nan
            self.best, self.best_epoch, self._waited = loss, self._epoch, 0
        else:
            self._waited += 1
        return self._waited >= self.patience


def stop_and_best(losses, patience, min_delta=0.0):
    """Feed the losses one by one to an EarlyStopping.

    losses: (E,), E >= 1, the first one finite.
    Returns: (stop, best_epoch): the index of the loss at which training stops, or None if it never does, and the best
    epoch as it is known then.
    """
    stopping = EarlyStopping(patience, min_delta)
    for epoch, loss in enumerate(losses):
        if stopping.validate(loss):
            return epoch, stopping.best_epoch
    return None, stopping.best_epoch
