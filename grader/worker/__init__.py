"""The wall between the grader and an answer. A theory of operation:

    grader                                  template                             child, one for each answer
    oracle, checks, verdicts                python + numpy, nothing secret       the answer's source is loaded here
    answer socket  <-------------------------------------------------------->    descriptor 3
    output pipe    <--------------------------------------------------------     descriptors 1 and 2
    control socket <-------------------->   forks, buries
    pidfd          <---------------------   one for each child

`open_wall` starts the template, an interpreter that is warm and knows nothing. For each answer the grader makes a
socket pair and a pipe and sends one end of each with a request to fork; the template sends a pidfd back. The child puts
on the layers of its level (`child.life`), says that it is ready, and only then receives the source, over its own
socket: so no answer finds an earlier one in inherited memory. From there on the grader asks (`conversation`) and one
poll loop waits (`line`) for a reply, for prints, for the child's death and for the deadline. Every end but a value is a
type in `errors`.

The grader waits for the template, too, only within deadlines: at the level `process` an answer can stop or kill it.
Nothing that comes from a child is executed, unpickled or believed; `grader.wire` decodes it, and others judge it.

Knows: processes and limits. Does not know: exercises, checks, marks.
"""

from grader.worker.conversation import Answered, Child, Ended, Loaded, Many, PartFailure
from grader.worker.errors import (
    CallFailed,
    Died,
    Fault,
    Flood,
    LevelMissing,
    OutOfMemory,
    Protocol,
    Raised,
    Timeout,
    Unsendable,
)
from grader.worker.levels import LEVELS, open_wall
from grader.worker.limits import Account, Limits
from grader.worker.wall import Wall

__all__ = [
    "LEVELS",
    "Account",
    "Answered",
    "CallFailed",
    "Child",
    "Died",
    "Ended",
    "Fault",
    "Flood",
    "LevelMissing",
    "Limits",
    "Loaded",
    "Many",
    "OutOfMemory",
    "PartFailure",
    "Protocol",
    "Raised",
    "Timeout",
    "Unsendable",
    "Wall",
    "open_wall",
]
