"""Everything that can go wrong with a child or a template, done for real: it costs one answer and no class."""

import contextlib
import os
import resource
import select
import signal
import sys
import textwrap
import threading
from pathlib import Path

import numpy as np
import pytest

from grader.wire import Part
from grader.worker import Account, Died, Fault, Flood, LevelMissing, Limits, OutOfMemory, Protocol, Timeout, open_wall
from grader.worker.template import Build
from grader.worker.wall import Wall

GOOD = Part("", "def f(x): return x + 1")
FRAME = """
    import os, struct, sys, threading
    def frame(nonce, kind, tree=b'\\x92\\x01\\x90'):
        header = b'\\x93\\xcf' + struct.pack('>Q', nonce) + bytes([0xa0 + len(kind)]) + kind.encode() + tree
        return struct.pack('<IQ', len(header), 0) + header
    def send(data): os.write(3, data)
"""


def works(wall):
    with wall.answer(Account()) as child:
        child.load([GOOD], "answer")
        return child.call("f", (1,)).value == 2


@pytest.mark.parametrize(("line", "code", "number"), [
    ("os._exit(7)", 7, None),
    ("os.kill(os.getpid(), 9)", None, 9),
    ("import ctypes; ctypes.string_at(0)", None, signal.SIGSEGV),
    ("os.close(3)", 70, None),
    ("os.abort()", None, signal.SIGABRT),
])  # fmt: skip
def test_a_dead_child_costs_one_answer_and_no_class(wall, loaded, line, code, number):
    with loaded(f"import os\ndef f():\n    {line}") as child:
        with pytest.raises(Died) as caught:
            child.call("f")
        assert (caught.value.code, caught.value.signal) == (code, number)
        with pytest.raises(Died):
            child.call("f")
    assert works(wall)


def test_a_child_that_dies_while_it_loads_is_dead_and_no_fault(wall):
    with wall.answer(Account()) as child, pytest.raises(Died):
        child.load([Part("", "import os; os._exit(71)")], "answer")


@pytest.mark.parametrize("where", ["before", "between", "within"])
def test_a_killed_template_is_replaced(where):
    with open_wall("process") as wall:
        pid = wall._template.pid
        if where == "before":
            os.kill(pid, signal.SIGKILL)
        else:
            with wall.answer(Account(Limits(call=1))) as child:
                child.load([Part("", "def f():\n    while True: pass")], "answer")
                if where == "within":
                    threading.Timer(0.05, os.kill, (pid, signal.SIGKILL)).start()
                    with pytest.raises((Died, Timeout)):
                        child.call("f")
                else:
                    os.kill(pid, signal.SIGKILL)
        assert works(wall)
        assert wall._template.pid != pid


def test_a_stopped_template_is_killed_and_replaced(monkeypatch):
    monkeypatch.setattr("grader.worker.template.REPLY", 0.3)
    with open_wall("process") as wall:
        os.kill(wall._template.pid, signal.SIGSTOP)
        assert works(wall)


REFUSES = """
import socket, struct, sys
control = socket.socket(fileno=int(next(word for word in sys.argv[1:] if word.isdigit())))
control.recv(int.from_bytes(control.recv(4), "little"))
control.sendall(struct.pack("<cqqq", b"w", 0, 1, 0))
while control.recv(25):
    control.sendall(struct.pack("<cqqq", b"e", 11, 0, 0))
"""


def test_a_fork_that_is_refused_three_times_is_a_fault():
    wall = Wall([("process", Build(around=(sys.executable, "-c", REFUSES)))], fork=True)
    with wall, pytest.raises(Fault, match="no more processes"):
        wall._new_child(Account())


def test_a_grader_without_descriptors_reports_a_fault_and_recovers(wall):
    assert works(wall)
    taken = []
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) + 8, before[1]))
    try:
        with contextlib.suppress(OSError):
            while True:
                taken.append(os.open("/dev/null", os.O_RDONLY))
        with pytest.raises(Fault):
            wall.answer(Account())
    finally:
        for descriptor in taken:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert works(wall)


def test_an_endless_loop_ends_at_the_limit(loaded):
    account = Account(Limits(call=0.2))
    with loaded("def f():\n    while True: pass", account) as child, pytest.raises(Timeout) as caught:
        child.call("f")
    assert (caught.value.limit, caught.value.what, account.timeouts) == (0.2, "call", 1)


def test_an_endless_loop_at_load_ends_too(wall):
    with wall.answer(Account(Limits(load=0.2))) as child, pytest.raises(Timeout, match="load"):
        child.load([Part("", "while True: pass")], "answer")


def test_an_answer_that_sleeps_is_cut_at_twice_the_limit(loaded):
    account = Account(Limits(call=0.2))
    with loaded("import time\ndef f(): time.sleep(60)", account) as child, pytest.raises(Timeout):
        child.call("f")
    assert 0.35 < account.wall < 10


def test_many_short_calls_end_when_the_answer_has_used_its_time(loaded):
    with loaded("def f():\n    for _ in range(10**6): pass", wall=0.3) as child, pytest.raises(Timeout, match="answer"):
        any(child.call("f").value for _ in range(1000))


def test_processor_time_is_bounded_by_the_kernel_too(loaded):
    with loaded("def f():\n    while True: pass", cpu=1.0, call=30) as child, pytest.raises(Timeout, match="cpu"):
        child.call("f")


@pytest.mark.parametrize(
    "line", ["np.ones((10**5, 10**5))", "[0] * 10**10", "np.ones(10**8).tolist()", "bytearray(10**10)"]
)
def test_an_array_too_large_ends_at_the_limit_of_memory(loaded, line):
    with (
        loaded(f"import numpy as np\ndef f(): return len({line})", memory=1 << 28) as child,
        pytest.raises(OutOfMemory),
    ):
        child.call("f")


@pytest.mark.parametrize("line", ["print('x' * 10**6)", "os.write(2, b'x' * 10**6)", "print(chr(27) * 1000)"])
def test_a_flood_of_prints_is_cut(loaded, line):
    with loaded(f"import os\ndef f():\n    while True: {line}") as child:
        with pytest.raises(Flood, match="printed"):
            child.call("f")
        assert len(child.printed) < 30_000


def test_an_honest_lover_of_prints_is_heard_and_costs_nothing(loaded):
    with loaded("def f():\n    for i in range(10_000): print('line', i, 'x' * 80)\n    return 1") as child:
        assert child.call("f").value == 1
        assert child.printed.startswith("line 0 ")
        assert child.printed.rstrip().endswith("x")
        assert "line 9999 " in child.printed


def test_a_reply_above_the_limit_is_cut_before_it_is_read(loaded):
    source = "import numpy as np\ndef f(): return np.ones(10**6)\ndef g(): return list(range(10**6))"
    for name in ("f", "g"):
        with loaded(source, reply=1 << 20) as child, pytest.raises(Flood, match="reply"):
            child.call(name)


def test_a_reply_that_drips_is_cut_at_the_limit(loaded):
    source = (
        FRAME
        + """
    def f():
        import time
        for byte in b'\\x20\\0\\0\\0' + bytes(1000):
            send(bytes([byte])); time.sleep(0.02)
    """
    )
    with loaded(source, call=0.3) as child, pytest.raises(Timeout):
        child.call("f")


def test_a_claimed_length_costs_nothing(loaded):
    source = (
        FRAME + "    def f(): send(struct.pack('<IQ', 100, 60 << 20)); sys.stdin.read(); threading.Event().wait()\n"
    )
    with loaded(source, call=0.2) as child, pytest.raises(Timeout):
        child.call("f")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1 << 20


def test_a_child_that_does_not_read_its_question_is_cut_too(loaded):
    source = """
        import sys, threading
        def f(): sys._getframe(2).f_globals["receive"] = lambda line: threading.Event().wait()
    """
    with loaded(source, call=0.2) as child:
        child.call("f")
        with pytest.raises(Timeout):
            child.call("f", (np.ones(10**6),))


@pytest.mark.parametrize("line", [
    "send(frame(1, 'value'))",
    "send(b'garbage' * 100)",
    "send(struct.pack('<IQ', 3, 0) + b'\\xff\\xff\\xff')",
    "send(frame(0, 'ready', b'\\x90'))",
    "send(frame(0, 'layer'))",
    "threading.Thread(target=lambda: [send(frame(1, 'value')) for _ in range(99)]).start()",
])  # fmt: skip
@pytest.mark.parametrize("where", ["load", "call"])
def test_a_reply_that_nobody_asked_for_is_forged(wall, line, where):
    body = textwrap.dedent(FRAME) + (line if where == "load" else "") + f"\ndef f():\n    {line}\n"
    with wall.answer(Account(Limits(call=1, load=1))) as child, pytest.raises((Protocol, Flood)) as caught:
        any(child.call("f").value for _ in range(3) if child.load([Part("", body)], "answer"))
    assert isinstance(caught.value, Flood) or caught.value.forged


def test_a_question_of_a_stub_that_was_not_set_is_forged(loaded):
    source = (
        FRAME
        + """
    def f():
        worker = sys._getframe(1).f_locals['self']
        return worker.ask('secret', (), {})
    """
    )
    with loaded(source) as child, pytest.raises(Protocol):
        child.call("f")


def test_a_stub_that_is_asked_without_end_is_cut(loaded):
    with loaded("def f():\n    while True: g(1)") as child:
        child.stub(["g"], lambda name, args, kwargs: 0.0)
        with pytest.raises((Flood, Timeout)):
            child.call("f")


def test_daemons_of_an_answer_end_with_it(wall, loaded):
    source = """
        import os, time
        def f():
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    for n in range(3, 64):
                        try: os.close(n)
                        except OSError: pass
                    time.sleep(600)
                os._exit(0)
            os.wait()
    """
    with loaded(source) as child:
        child.call("f")
    assert _children(wall._template.pid) == ""


def test_a_bomb_of_processes_is_put_out(wall, loaded):
    with (
        loaded(
            "import os\ndef f():\n    while True:\n        try: os.fork()\n        except OSError: pass", call=0.3
        ) as child,
        pytest.raises((Timeout, Protocol, Died)),
    ):
        child.call("f")
    assert works(wall)
    assert _children(wall._template.pid) == ""


def test_a_child_does_not_outlive_a_killed_grader(tmp_path):
    pid = os.fork()
    if pid == 0:
        wall = open_wall("process")
        child = wall.answer(Account())
        child.load([Part("", "import os\ndef f(): return os.getpid()\ndef g():\n    while True: pass")], "answer")
        (tmp_path / "pids").write_text(f"{child.call('f').value} {wall._template.pid}")
        threading.Thread(target=child.call, args=("g",), daemon=True).start()
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    for number in (tmp_path / "pids").read_text().split():
        assert _gone(int(number))


def _gone(pid: int) -> bool:
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    return bool(select.select([descriptor], [], [], 10)[0])


def _children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text()


def _left_behind(wall):
    pid = wall._template.pid
    return (
        len(os.listdir("/proc/self/fd")),
        len(os.listdir(f"/proc/{pid}/fd")),
        _children(pid),
        # Shared memory has one place for the whole machine: beside other tests it shows what theirs have left.
        sorted(os.listdir("/dev/shm")) if "PYTEST_XDIST_WORKER" not in os.environ else [],
    )


def test_nothing_is_left_behind_by_a_thousand_answers(wall):
    works(wall)
    before = _left_behind(wall)
    for _ in range(1000):
        assert works(wall)
    assert _left_behind(wall) == before


@pytest.mark.soak
def test_nothing_is_left_behind_by_five_hundred_time_outs(wall, loaded):
    works(wall)
    before = _left_behind(wall)
    for _ in range(500):
        with loaded("def f():\n    while True: pass", call=0.05) as child, pytest.raises(Timeout):
            child.call("f")
    assert _left_behind(wall) == before


@pytest.mark.soak
def test_a_child_can_be_killed_at_any_moment(wall):
    for delay in np.linspace(0, 0.01, 100):
        with wall.answer(Account()) as child:
            timer = threading.Timer(delay, child._line.kill)
            timer.start()
            try:
                child.load([GOOD], "answer")
                for _ in range(50):
                    child.call("f", (1,))
            except Died:
                continue
            finally:
                timer.cancel()
                timer.join()
    assert works(wall)


def test_a_layer_that_fails_is_a_fault_and_never_left_out():
    wall = Wall([("process", Build(("identity",), uid=-2))], fork=True)
    with wall, pytest.raises(Fault, match="A layer of the wall failed"):
        wall._new_child(Account())
    with pytest.raises(LevelMissing, match="A layer of the wall failed"):
        Wall([("process", Build(("identity",), uid=-2))], fork=True).settle()
