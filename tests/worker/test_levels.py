"""What each level of the wall stops, found by trying."""

import os
import subprocess
import sys

import numpy as np
import pytest

from grader.wire import Part
from grader.worker import LEVELS, Account, LevelMissing, Raised, open_wall
from grader.worker.probe import probe_level

HONEST = """
import sys, threading, inspect, sqlite3, zoneinfo, statistics, secrets, uuid, hashlib, colorsys, tempfile, time, ctypes
from concurrent.futures import ThreadPoolExecutor
import numpy as np
def f(x):
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(np.sum, [x] * 4))
    time.sleep(0.001)
    "text".encode("shift_jis")
    sqlite3.connect(":memory:").execute("select 1")
    zoneinfo.ZoneInfo("UTC"), secrets.token_hex(4), uuid.uuid4(), hashlib.sha256(b"x").hexdigest()
    np.linalg.svd(np.ones((64, 64))), np.fft.fft(np.ones(8)), np.testing.assert_allclose(1, 1)
    print("print", file=sys.stderr)
    return sum(parts), inspect.getsource(f)[:5], sorted({"b", "a"})
"""


@pytest.fixture(params=LEVELS)
def level(request):
    try:
        open_wall(request.param).close()
    except LevelMissing as error:
        pytest.skip(str(error))
    return request.param


@pytest.mark.parametrize("start", ["fork", "fresh"])
def test_honest_code_runs_at_every_level(level, start):
    with open_wall(level, start) as wall, wall.answer(Account()) as child:
        assert child.load([Part("", HONEST)], "answer").failures == ()
        assert child.call("f", (np.ones(3),)).value == (12.0, "def f", ["a", "b"])
        assert (wall.level, wall.start_method) == (level, start)


def test_every_forbidden_act_is_stopped_above_process():
    for level in LEVELS[1:]:
        try:
            acts = probe_level(level)
        except LevelMissing as error:
            pytest.skip(str(error))
        assert [act.name for act in acts if not act.stopped] == []


def test_most_acts_work_without_a_wall_so_that_stopping_them_means_something():
    acts = {act.name: act.stopped for act in probe_level("process")}
    assert acts["allocate"]
    assert not acts["read_file"]
    assert not acts["fork"]
    assert not acts["connect_by_tcp"]


def test_the_best_level_is_taken_where_none_is_asked_for():
    with open_wall() as wall:
        better = LEVELS[LEVELS.index(wall.level) + 1 :]
        assert set(better) == set(wall.reasons)


def test_a_level_that_cannot_be_had_is_missing_with_a_reason(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LevelMissing, match="full: bubblewrap is not installed"):
        open_wall("full")
    with open_wall() as wall:
        assert wall.level != "full"


def test_a_bubblewrap_that_fails_is_not_called_full(monkeypatch, tmp_path):
    (tmp_path / "bwrap").write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(LevelMissing, match="No permissions"):
        open_wall("full")


@pytest.mark.parametrize(("level", "start"), [("highest", None), (None, "spawn")])
def test_a_level_or_a_start_that_does_not_exist_is_named(level, start):
    with pytest.raises(ValueError, match="There is no"):
        open_wall(level, start)


def test_opening_a_wall_loads_nothing_slow():
    code = "import sys; from grader.worker import open_wall; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"autograd", "rich", "click", "nbformat", "asyncio", "multiprocessing", "pyseccomp"} & set(loaded)


def test_children_of_two_walls_cannot_reach_each_other():
    source = "import os\ndef me(): return os.getuid()\ndef reach(pid): os.kill(pid, 0)"
    with (
        open_wall("process") as one,
        open_wall("process") as two,
        one.answer(Account()) as a,
        two.answer(Account()) as b,
    ):
        a.load([Part("", source)], "answer")
        b.load([Part("", source)], "answer")
        if os.getuid() != 0:
            pytest.skip("only root has uids to give")
        assert a.call("me").value != b.call("me").value
        with pytest.raises(Raised, match="PermissionError"):
            a.call("reach", (b._line._pid(),))


def test_an_answer_finds_nothing_of_the_one_before():
    first = "secret = 'the answer of ' + 'another student'\ndef f(): return len(secret)"
    second = """
import gc
def f():
    word = ' '.join(('the answer of', 'another student'))
    words = [x for o in gc.get_objects() if type(o) is dict for x in o.values() if type(x) is str]
    return [x for x in words if word in x and x is not word]
"""
    with open_wall("process") as wall:
        for source, want in ((first, 29), (second, [])):
            with wall.answer(Account()) as child:
                child.load([Part("", source)], "answer")
                assert child.call("f").value == want
