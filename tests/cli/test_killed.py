"""A class whose run is killed loses at most the answer under way, and the next run goes on."""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "grader.cli", "grade", ROOT / "examples" / "class", "--seed", "5", "--out"]


def start(out, **options):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    return subprocess.Popen(
        [*COMMAND, out], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment, **options
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


def test_a_full_disk_ends_the_run_with_a_sentence_and_the_next_goes_on(tmp_path):
    """The kernel's limit of a file's size stands for the disk: a write beyond it fails in the middle of a line."""
    out = tmp_path / "results"
    full = start(out, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)))
    said = full.stderr.read()
    assert full.wait() == 2
    assert "results.jsonl cannot be written" in " ".join(said.split())
    before = judged(out)
    assert 0 < len(before) < 35
    assert start(out).wait() == 0
    assert judged(out)[: len(before)] == before
    assert len(judged(out)) == 35
