"""What one answer costs: CPU and wall of a judged model answer on a warm template, and of a cold `grader check`.

    .venv/bin/python benchmarks/answers.py            every exercise of the bundled course
    .venv/bin/python benchmarks/answers.py sigmoid    some of them

CPU is that of the grader and of the answer's processes together. Medians of RUNS after one run that warms up.
"""

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import grader
from grader.course import load_course
from grader.grading import judge
from grader.submissions import Answer, read_answer
from grader.worker import open_wall

RUNS = 7
PROGRAM = Path(sys.executable).with_name("grader")


def main(ids: list[str]) -> None:
    course = load_course()
    print(f"grader {grader.__version__}, Python {platform.python_version()}, numpy {np.__version__}")
    with open_wall() as wall:
        print(f"level {wall.level}; medians of {RUNS} runs, milliseconds\n")
        print(f"{'exercise':22}{'CPU':>8}{'wall':>8}{'calls on':>12}")
        cpus = []
        for id in ids or course.ids:
            answer = read_answer(course.solution(id), frozenset(course.ids))
            assert isinstance(answer, Answer)
            runs = [judge(answer, course, wall, seed=seed, lang="en") for seed in range(RUNS + 1)][1:]
            assert all(run.status == "pass" for run in runs), id
            cpu = statistics.median(run.seconds.cpu for run in runs)
            cpus.append(cpu)
            clock = statistics.median(run.seconds.wall for run in runs)
            print(f"{id:22}{cpu * 1e3:8.0f}{clock * 1e3:8.0f}{len(runs[0].checks):>9} checks")
        print(f"{'median':22}{statistics.median(cpus) * 1e3:8.0f}\n")
    cold(course.solution((ids or course.ids)[0]))
    memory(course.solution((ids or course.ids)[0]))


def cold(path: Path) -> None:
    """`grader check` of one file from a cold start, the interpreter's included."""
    seconds = []
    for _run in range(RUNS):
        began = time.perf_counter()
        subprocess.run([PROGRAM, "check", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        seconds.append(time.perf_counter() - began)
    print(f"cold `grader check {path.name}`: {statistics.median(seconds):.2f} s")


def memory(path: Path) -> None:
    """Peak memory of the grader's own process for a class of 20 and one of 200 answers."""
    for size in (20, 200):
        with tempfile.TemporaryDirectory() as folder:
            for number in range(size):
                home = Path(folder, "class", f"student{number:03}")
                home.mkdir(parents=True)
                (home / path.name).write_bytes(path.read_bytes() + f"# {number}\n".encode())
            command = [PROGRAM, "grade", f"{folder}/class", "--out", f"{folder}/out"]
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _pid, _status, usage = _wait(child.pid)
            print(f"`grader grade` of {size:3} answers: peak {usage.ru_maxrss / 1024:.0f} MiB")


def _wait(pid: int) -> tuple[int, int, resource.struct_rusage]:

    return os.wait4(pid, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
