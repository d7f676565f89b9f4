"""A child's life: it puts on its layers, says that it is ready, and answers until it is killed.

Knows the order of the layers. Does not know what a layer does. The answer's code is not in this process until
the last layer is on.
"""

import contextlib
import os
import signal
import socket
from dataclasses import dataclass
from typing import NoReturn

from grader import wire
from grader.worker.child import serve, warm
from grader.worker.child.layers import descriptors, parent, rlimits
from grader.worker.child.layers.ground import Layer

LAYER_FAILED = 71
OWN_FAULT = 70


@dataclass(frozen=True)
class Plan:
    """What all children of a template have in common."""

    processes: int
    size: int
    before: tuple[Layer, ...]
    after: tuple[Layer, ...]


def live(plan: Plan, ends: tuple[int, ...], limits: tuple[int, int, int], above: int) -> NoReturn:
    """ends: answer socket and output pipe. limits: memory, CPU seconds, descriptors. above: the parent's pid.

    Ends by os._exit or by a signal, never by returning: what an answer registered to run at exit must not run.
    """
    code = LAYER_FAILED
    try:
        answer = _wall_in(plan, ends, limits, above)
        code = OWN_FAULT
        serve.serve(answer)
        code = 0
    except BaseException as error:  # the answer may have broken anything, this interview's own code too
        with contextlib.suppress(BaseException):
            os.write(2, f"\n{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(code)


def _wall_in(plan: Plan, ends: tuple[int, ...], limits: tuple[int, int, int], above: int) -> socket.socket:
    memory, cpu, files = limits
    descriptors.arrange(*ends)
    # Now, because the constructor asks the kernel what kind of socket this is, and a later layer refuses the question.
    answer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=descriptors.ANSWER)
    try:
        if os.getsid(0) != os.getpid():
            os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        rlimits.limit(plan.size + memory, cpu, files, plan.processes)
        warm.reseed()
        for apply in plan.before:
            apply()
        parent.die_with(above)
        for apply in plan.after:
            apply()
        os.close(descriptors.RULESET)
    except BaseException as error:
        answer.sendall(wire.encode(0, "layer", [f"{type(error).__name__}: {error}"[:500]]))
        raise
    answer.sendall(wire.encode(0, "ready", []))
    return answer
