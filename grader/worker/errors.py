"""How a question to an answer can end but by a value, as types. Knows words; holds what was seen.

All but Raised and Unsendable end the child: nothing more is asked of one that broke the rules, and asking it again
raises the same error again.
"""


class CallFailed(Exception):
    """No value came. Each kind of end is one of the types below."""


class Raised(CallFailed):
    """The answer's code raised an exception; the child lives on. `line` is of part number `part`."""

    def __init__(
        self, type: str, text: str, line: int | None = None, part: int | None = None, innermost: str | None = None
    ) -> None:
        super().__init__(f"{type}: {text}")
        self.type = type
        self.text = text
        self.line = line
        self.part = part
        self.innermost = innermost


class Unsendable(CallFailed):
    """The value is none of those that cross the wall; the child lives on."""

    def __init__(self, type_name: str) -> None:
        super().__init__(type_name)
        self.type_name = type_name


class Timeout(CallFailed):
    """No complete reply within `limit` seconds. `what`: load, call, answer (all of it together) or cpu."""

    def __init__(self, limit: float, what: str = "call") -> None:
        super().__init__(f"{what}: {limit} s")
        self.limit = limit
        self.what = what


class Died(CallFailed):
    """The child ended by a signal or an exit code, or closed its end. Perhaps for lack of memory, where it was near."""

    def __init__(self, signal: int | None, code: int | None, near_memory_limit: bool = False) -> None:
        super().__init__(f"signal {signal}" if signal is not None else f"code {code}")
        self.signal = signal
        self.code = code
        self.near_memory_limit = near_memory_limit


class OutOfMemory(CallFailed):
    """The answer wanted more memory than it may have."""


class Flood(CallFailed):
    """Too much came. `what`: printed, reply or asks."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Protocol(CallFailed):
    """What came is no reply to this question. `forged`: the child's own code cannot have written it."""

    def __init__(self, what: str, forged: bool) -> None:
        super().__init__(what)
        self.what = what
        self.forged = forged


class Fault(Exception):
    """Trouble on the grader's side, never an answer's doing: one sentence."""


class LevelMissing(Exception):
    """This machine cannot do the level that was asked for: one sentence."""
