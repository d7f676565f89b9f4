"""Early stopping: watch the validation loss, remember its best, and stop when patience runs out."""

import numpy as np

from grader.course import Exercise, _, expect, expect_true, show

exercise = Exercise(
    title=_("Early stopping"),
    after=["overfitting"],
    hints=[
        _("Take the losses 1.0, 2.0, 1.5 and go through them by hand. Which loss has each of them to beat?"),
        _("What has to be remembered from one call to the next? Write it down before you write validate."),
        _("Put the last improvement in epoch 3 and patience at 2. In which epoch does validate say True?"),
    ],
)


@exercise.function
class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch, self.epoch, self.waited = np.inf, -1, -1, 0

    def improves(self, loss):
        return loss < self.best - self.min_delta  # False where loss is nan

    def validate(self, loss):
        self.epoch += 1
        if self.improves(loss):
            self.best, self.best_epoch, self.waited = loss, self.epoch, 0
        else:
            self.waited += 1
        return self.waited >= self.patience


@exercise.function
def stop_and_best(losses, patience, min_delta=0.0):
    stopping = EarlyStopping(patience, min_delta)
    for epoch, loss in enumerate(losses):
        if stopping.validate(loss):
            return epoch, stopping.best_epoch
    return None, stopping.best_epoch


def until_stop(losses, patience, min_delta=0.0):
    """(loss, what validate says, best, its epoch) for every epoch up to the first True."""
    stopping = EarlyStopping(patience, min_delta)
    for loss in losses:
        said = stopping.validate(float(loss))
        yield float(loss), said, stopping.best, stopping.best_epoch
        if said:
            return


def sequences(rng, count=8):
    return np.exp(rng.normal(size=(count, 12)))


def eighths(rng, falls):
    """Losses from 4 on in steps of 1/8, where floating-point numbers are exact."""
    return 4 + np.cumsum(rng.choice(np.array(falls) / 8, 12))


WORKED = [1.0, 0.8, 0.9, 0.7, 0.75, 0.71, 0.72, 0.6]


# EarlyStopping


@exercise.check("value", of="EarlyStopping", points=2, title=_("validate: stop now, or go on"))
def decisions(student, rng):
    for losses in sequences(rng):
        for patience in (1, 2, 3):
            stopping = student.EarlyStopping(patience)
            for loss, said, _best, _epoch in until_stop(losses, patience):
                expect(stopping.validate(loss), said)
    stopping = student.EarlyStopping(patience=3)
    for loss, said, _best, _epoch in until_stop(WORKED, 3):
        expect(stopping.validate(loss), said, shown=True, note=_("the worked number of the statement"))


@exercise.check("value", of="EarlyStopping", points=2, title=_("best and best_epoch: the last loss that counted"))
def attributes(student, rng):
    for losses in sequences(rng):
        stopping = student.EarlyStopping(4)
        for loss, _said, best, epoch in until_stop(losses, 4):
            stopping.validate(loss)
            expect(stopping.best, best, note=_("the attribute best"))
            expect(stopping.best_epoch, epoch, note=_("the attribute best_epoch"))


@exercise.check("law", of="EarlyStopping", title=_("a constant added to all losses changes no decision"))
def constant_added(student, rng):
    for _sequence in range(4):
        losses = eighths(rng, (-2, -1, 0, 1, 2))
        low, high = student.EarlyStopping(2), student.EarlyStopping(2)
        for loss, _said, _best, _epoch in until_stop(losses, 2):
            expect(high.validate(loss + 10), low.validate(loss), note=_("all losses larger by 10"))


@exercise.check("edge", of="EarlyStopping", title=_("a plateau is no improvement, and nan never is"))
def plateau_and_nan(student, rng):
    level, nan = float(rng.uniform(0.5, 2)), float("nan")
    for losses in ([level] * 4, [level, nan, level / 2, nan, nan], [level, level / 2, nan, level / 2, level]):
        for patience in (2, 1):
            stopping = student.EarlyStopping(patience)
            for loss, said, best, epoch in until_stop(losses, patience):
                expect(stopping.validate(loss), said)
                expect(stopping.best, best, note=_("the attribute best"))
                expect(stopping.best_epoch, epoch, note=_("the attribute best_epoch"))


@exercise.check(
    "edge", of="EarlyStopping", title=_("min_delta: a fall has to be larger, and small falls do not add up")
)
def smallest_fall(student, rng):
    rising, falling, creeping = [4, 4.125, 4.125, 4.125], [4, 3.875, 3.75, 3.75], 4 - np.arange(12) / 8
    for losses in (rising, falling, creeping, *(eighths(rng, (-4, -2, -1, -1, 0, 1)) for _sequence in range(4))):
        stopping = student.EarlyStopping(3, min_delta=0.25)
        steps = list(until_stop(losses, 3, 0.25))
        for loss, said, _best, _epoch in steps:
            expect(stopping.validate(loss), said)
        expect(stopping.best, steps[-1][2], note=_("the attribute best"))


@exercise.check("edge", of="EarlyStopping", title=_("two objects at once know nothing of each other"))
def two_at_once(student, rng):
    one, other = student.EarlyStopping(2), student.EarlyStopping(2)
    expect(one.validate(1.0), False)
    expect(one.validate(2.0), False)
    expect(other.validate(0.5), False, reveals="shared_between_objects")
    expect(one.validate(1.5), True, reveals="shared_between_objects", note=_("another object was asked in between"))
    expect(other.validate(0.7), False, reveals="shared_between_objects", note=_("another object was asked in between"))
    expect(one.best, 1.0, note=_("the attribute best"), reveals="shared_between_objects")
    expect(other.best, 0.5, note=_("the attribute best"), reveals="shared_between_objects")


# stop_and_best


@exercise.check("value", of="stop_and_best", points=2, title=_("stop_and_best: where it stops, and the best epoch"))
def stops(student, rng):
    rows = sequences(rng)
    rows[:2] = np.sort(rows[:2])[:, ::-1]  # these never stop
    points = [(row, 1 + k % 3) for k, row in enumerate(rows)]
    for point, value in zip(points, student.stop_and_best.many(points), strict=True):
        expect(value, stop_and_best(*point))
    row = eighths(rng, (-3, -1, 0, 1))
    expect(student.stop_and_best(row, 3, 0.25), stop_and_best(row, 3, 0.25), note=_("with min_delta = 0.25"))
    got = student.stop_and_best(np.array(WORKED), 3)
    expect(got, (6, 3), shown=True, note=_("the worked number of the statement"))


@exercise.check("law", of="stop_and_best", title=_("stop_and_best: more patience, no earlier stop; no look ahead"))
def patience_and_future(student, rng):
    for losses in sequences(rng, 3):
        answers = student.stop_and_best.many([(losses, patience) for patience in (1, 2, 3)])
        stops = [len(losses) if stop is None else stop for stop, _best in answers]
        expect_true(stops == sorted(stops), _("With more patience training stops earlier."))
        seen = np.where(np.arange(12) <= stops[0], losses, 0.0)
        expect(student.stop_and_best(seen, 1), answers[0], note=_("the losses after the stop made 0"))


@exercise.check("edge", of="stop_and_best", title=_("stop_and_best: one epoch, a plateau, nan in the middle"))
def short_and_flat(student, rng):
    level = float(rng.uniform(0.5, 2))
    for losses in ([level], [level] * 5, [level, np.nan, level / 2, np.nan, np.nan, 3.0]):
        row = np.array(losses)
        expect(student.stop_and_best(row, 1), stop_and_best(row, 1))
        expect(student.stop_and_best(row, patience=2), stop_and_best(row, 2))


def validation_curve(rng):
    """Validation losses of 400 steps of descent on 20 noisy examples with 15 inputs: down, and up again."""
    scales, w = np.geomspace(1, 0.2, 15), rng.normal(size=15)
    w = 1.5 * w / np.linalg.norm(w)
    x, x_val = scales * rng.normal(size=(20, 15)), scales * rng.normal(size=(200, 15))
    t, t_val = x @ w + 1.5 * rng.normal(size=20), x_val @ w + 1.5 * rng.normal(size=200)
    H, moment, learned, losses = x.T @ x / 20, x.T @ t / 20, np.zeros(15), []
    rate = 0.1 / np.linalg.eigvalsh(H)[-1]
    for _step in range(400):
        learned = learned - rate * (H @ learned - moment)
        losses.append(np.mean((x_val @ learned - t_val) ** 2))
    return np.array(losses)


@exercise.check("experiment", of="stop_and_best", title=_("a training that is stopped early, close to its best"))
def stopped_near_the_best(student, rng):
    curves = [validation_curve(rng) for _curve in range(9)]
    for losses in curves:
        stop, best = student.stop_and_best(losses, 10)
        expect_true(stop is not None and stop < 399, _("Training did not stop before its last epoch."))
        near = losses[best] <= 1.05 * losses.min()
        expect_true(near, _("The best epoch's loss is more than 5 % above the least of the whole curve."))
    show(_("validation loss of one training"), curves[0])
    show(_("stop and best epoch of it"), list(student.stop_and_best(curves[0], 10)))
    show(_("last over least loss, the median of 9"), np.median([losses[-1] / losses.min() for losses in curves]))


# What beginners write


@exercise.mistake(
    of="EarlyStopping",
    id="equal_is_improvement",
    says=_("A loss that is equal to the best counts as an improvement."),
    ask=_("Is a loss that stays the same a better one?"),
)
class EqualIsImprovement(EarlyStopping):
    def improves(self, loss):
        return loss <= self.best - self.min_delta


@exercise.mistake(
    of="EarlyStopping",
    id="more_than_patience",
    says=_("It stops when there are more bad epochs than patience, one too late."),
    ask=_("With patience 1, how many bad epochs are allowed?"),
)
class MoreThanPatience(EarlyStopping):
    def validate(self, loss):
        super().validate(loss)
        return self.waited > self.patience


@exercise.mistake(
    of="EarlyStopping",
    id="one_too_early",
    says=_("It stops one bad epoch too early."),
    ask=_("Was this epoch counted already?"),
)
class OneTooEarly(EarlyStopping):
    def validate(self, loss):
        super().validate(loss)
        return self.waited + 1 >= self.patience


@exercise.mistake(
    of="EarlyStopping",
    id="wait_never_reset",
    says=_("All bad epochs are counted, not those in succession."),
    ask=_("What does a new best do to patience?"),
)
class WaitNeverReset(EarlyStopping):
    def validate(self, loss):
        before = self.waited
        super().validate(loss)
        self.waited = before + (self.best_epoch != self.epoch)
        return self.waited >= self.patience


@exercise.mistake(
    of="EarlyStopping",
    id="compares_with_previous",
    says=_("The loss was compared with the one before, not with the best."),
    ask=_("After 1.0, 2.0, 1.5: is 1.5 an improvement?"),
)
class ComparesWithPrevious(EarlyStopping):
    previous = np.inf

    def improves(self, loss):
        previous, self.previous = self.previous, loss
        return loss < previous - self.min_delta


@exercise.mistake(
    of="EarlyStopping",
    id="best_is_last",
    says=_("best is overwritten by every loss."),
    ask=_("Which loss is to be beaten?"),
)
class BestIsLast(EarlyStopping):
    def validate(self, loss):
        said = super().validate(loss)
        self.best = loss
        return said


@exercise.mistake(
    of="EarlyStopping",
    id="min_delta_ignored",
    says=_("min_delta has no effect."),
    ask=_("Does a fall by 0.001 count when min_delta is 0.25?"),
)
class MinDeltaIgnored(EarlyStopping):
    def improves(self, loss):
        return loss < self.best


@exercise.mistake(
    of="EarlyStopping",
    id="min_delta_sign",
    says=_("min_delta was added to the best loss, so that a slightly larger loss is an improvement."),
    ask=_("Does min_delta make it harder or easier to improve?"),
)
class MinDeltaSign(EarlyStopping):
    def improves(self, loss):
        return loss < self.best + self.min_delta


@exercise.mistake(
    of="EarlyStopping",
    id="best_creeps_down",
    says=_("best follows a fall that is no improvement."),
    ask=_("May many small falls each move the bar?"),
)
class BestCreepsDown(EarlyStopping):
    def validate(self, loss):
        said = super().validate(loss)
        self.best = min(self.best, loss)
        return said


@exercise.mistake(
    of="EarlyStopping",
    id="nan_is_improvement",
    says=_("nan counts as an improvement: it was asked whether the loss is not larger."),
    ask=_("What does Python say to nan >= 1, and to nan < 1?"),
)
class NanIsImprovement(EarlyStopping):
    def improves(self, loss):
        return not loss >= self.best - self.min_delta


@exercise.mistake(
    of="EarlyStopping",
    id="epochs_from_one",
    says=_("The first epoch is counted as epoch 1."),
    ask=_("Which number has the first epoch here?"),
)
class EpochsFromOne(EarlyStopping):
    def __init__(self, patience, min_delta=0.0):
        super().__init__(patience, min_delta)
        self.epoch = 0


@exercise.mistake(
    of="EarlyStopping",
    id="shared_between_objects",
    says=_("Something is kept on the class, and so shared by all objects."),
    ask=_("Does a second training know of the first?"),
)
class SharedBetweenObjects(EarlyStopping):
    waiting: list[float] = []  # noqa: RUF012 - the mistake itself: one list for all objects

    def validate(self, loss):
        super().validate(loss)
        if self.best_epoch == self.epoch:
            self.waiting.clear()
        else:
            self.waiting.append(loss)
        return len(self.waiting) >= self.patience


@exercise.mistake(
    of="EarlyStopping",
    id="maximises",
    says=_("A larger loss counts as an improvement."),
    ask=_("Is a loss better when it is larger?"),
)
class Maximises(EarlyStopping):
    def __init__(self, patience, min_delta=0.0):
        super().__init__(patience, min_delta)
        self.best = -np.inf

    def improves(self, loss):
        return loss > self.best + self.min_delta


@exercise.mistake(
    of="EarlyStopping",
    id="says_improved",
    says=_("validate says whether the loss improved."),
    ask=_("What question does validate answer?"),
)
class SaysImproved(EarlyStopping):
    def validate(self, loss):
        super().validate(loss)
        return self.best_epoch == self.epoch


@exercise.mistake(
    of="stop_and_best",
    says=_("The best epoch comes before the stop."),
    ask=_("In which order are the two asked?"),
)
def best_first(losses, patience, min_delta=0.0):
    return stop_and_best(losses, patience, min_delta)[::-1]


@exercise.mistake(
    of="stop_and_best",
    says=_("The stop is counted from 1."),
    ask=_("What is the index of the first loss?"),
)
def stop_counted_from_one(losses, patience, min_delta=0.0):
    stop, best = stop_and_best(losses, patience, min_delta)
    return stop if stop is None else stop + 1, best


@exercise.mistake(
    of="stop_and_best",
    says=_("Where training never stops, the last epoch came back, not None."),
    ask=_('How can the caller tell "stopped at the end" from "never stopped"?'),
)
def never_is_last_epoch(losses, patience, min_delta=0.0):
    stop, best = stop_and_best(losses, patience, min_delta)
    return len(losses) - 1 if stop is None else stop, best


@exercise.mistake(
    of="stop_and_best",
    says=_("The best epoch was looked for among all losses, those after the stop included."),
    ask=_("Does training know losses that come after its stop?"),
)
def best_of_all_losses(losses, patience, min_delta=0.0):
    return stop_and_best(losses, patience, min_delta)[0], int(np.argmin(losses))
