"""What an answer may use, and what it has used. Knows numbers; enforces nothing by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from grader.i18n import _


@dataclass(frozen=True)
class Limits:
    """Seconds are wall seconds but for `cpu`; sizes are bytes."""

    load: float = 10.0  # executing the source: an honest table of values may take a second
    call: float = 5.0
    per_point: float = 0.005  # added to `call` for each point of a call_many
    wall: float = 60.0  # all children of one answer together, while they were waited for
    cpu: float = 30.0
    memory: int = 1 << 30  # above what the interpreter with numpy takes
    reply: int = 64 << 20
    header: int = 256 << 10
    kept: int = 20 << 10  # of what is printed: four fifths from the beginning, one from the end
    printed: int = 16 << 20
    descriptors: int = 64

    @classmethod
    def of(cls, mapping: Mapping[str, object]) -> "Limits":
        """The defaults with some of them replaced; ValueError with one sentence for what cannot be used."""
        known: dict[str, type[int] | type[float]] = {
            entry.name: float if isinstance(entry.default, float) else int for entry in fields(cls)
        }
        for name, value in mapping.items():
            if name not in known:
                raise ValueError(
                    _('There is no limit "{name}". Those that can be set: {known}.').format(
                        name=name, known=", ".join(known)
                    )
                )
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not value > 0 or (known[name] is int and value % 1):  # type: ignore[operator]
                raise ValueError(_("The limit {name} is a number above 0.").format(name=name))
        return cls(**{name: known[name](value) for name, value in mapping.items()})  # type: ignore[arg-type, call-overload]


@dataclass
class Account:
    """What all children of one answer have spent. They add to it, and their deadlines respect what is left."""

    limits: Limits = field(default_factory=Limits)
    wall: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    timeouts: int = 0

    def seconds_left(self) -> float:
        """Of the time in which the grader waits for this answer; 0 where either clock has run out."""
        return max(0.0, self.limits.wall - self.wall) if self.cpu < self.limits.cpu else 0.0

    def cpu_seconds_left(self) -> int:
        """As whole seconds, at least 1: the kernel counts no fractions."""
        return max(1, -int(-(self.limits.cpu - self.cpu) // 1))
