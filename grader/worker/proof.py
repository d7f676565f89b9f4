"""Whether a child at a level can do what honest answers do, and cannot do what the level forbids: it is made to try.

Knows a few acts. Does not know how they are stopped. The long list of acts, with words, is `probe`'s.
"""

from grader.wire import Part
from grader.worker.conversation import Child
from grader.worker.errors import CallFailed

SOURCE = """
import os, socket
import numpy as np

def honest():
    import colorsys, threading
    done = []
    thread = threading.Thread(target=done.append, args=(1,))
    thread.start()
    thread.join()
    return done == [1] and float(np.ones((3, 3)).dot(np.ones(3))[0]) == 3.0 and colorsys.rgb_to_hsv(1, 1, 1)[2] == 1

def possible():
    return [act.__name__ for act in (reads, forks, connects, signals) if works(act)]

def works(act):
    try:
        act()
    except OSError:
        return False
    return True

def reads(): os.close(os.open("/etc/passwd", os.O_RDONLY))
def connects(): socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
def signals(): os.kill(os.getppid(), 0)
def forks():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
"""


def gap(child: Child, level: str) -> str | None:
    """What is wrong with this child for this level, in a few words for a reason; None where nothing is."""
    try:
        child.load([Part("", SOURCE)], "answer")
        if child.call("honest").value is not True:
            return "honest code does not run"
        open_acts = child.call("possible").value if level != "process" else []
    except CallFailed as error:
        return f"honest code does not run: {error}"
    return f"still possible: {', '.join(map(str, open_acts))}" if isinstance(open_acts, list) and open_acts else None
