"""All losses are kept, and everything else is computed from them."""


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta, self.history = patience, min_delta, []

    @property
    def improvements(self):
        epochs = [0]
        for epoch, loss in enumerate(self.history):
            if loss < self.history[epochs[-1]] - self.min_delta:
                epochs.append(epoch)
        return epochs

    @property
    def best_epoch(self):
        return self.improvements[-1]

    @property
    def best(self):
        return self.history[self.best_epoch]

    def validate(self, loss):
        self.history.append(loss)
        return len(self.history) > self.best_epoch + self.patience


def stop_and_best(losses, patience, min_delta=0.0):
    for end in range(1, len(losses) + 1):
        stopping = EarlyStopping(patience, min_delta)
        said = [stopping.validate(loss) for loss in losses[:end]]
        if said[-1]:
            return end - 1, stopping.best_epoch
    return None, stopping.best_epoch
