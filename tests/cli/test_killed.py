"""A class whose run is killed loses at most the answer under way, and the next run goes on."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "grader.cli", "grade", ROOT / "examples" / "class", "--seed", "5", "--out"]


def start(out):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    return subprocess.Popen(
        [*COMMAND, out], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    )


def judged(out):
    return [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]


def test_a_run_that_is_killed_is_gone_on_with_and_nothing_is_judged_twice(tmp_path):
    out = tmp_path / "results"
    first = start(out)
    next(line for line in first.stderr if line.startswith("4/"))
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    before = judged(out)
    assert 4 <= len(before) < 35

    second = start(out)
    told = [line for line in second.stderr if "/35 " in line]
    assert second.wait() == 0
    after = judged(out)
    assert after[: len(before)] == before
    assert len(told) == 35 - len(before)
    assert len({result["answer"]["path"] for result in after}) == len(after) == 35


def test_a_line_that_was_cut_off_is_judged_anew(tmp_path):
    out = tmp_path / "results"
    assert start(out).wait() == 0
    whole = (out / "results.jsonl").read_bytes()
    (out / "results.jsonl").write_bytes(whole[:-40])
    assert start(out).wait() == 0
    assert len(judged(out)) == 35
