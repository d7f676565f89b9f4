"""What the wall costs: milliseconds to the first reply and answers a second, by set of layers.

    .venv/bin/python benchmarks/wall.py [--answers 200]

An answer is: fork, put on the layers, load nine lines, ten calls with an array of (4, 3), kill, bury. Sets of layers
take turns, so that a machine that is busy with other things is busy for all of them alike; medians are shown.
"""

import argparse
import multiprocessing
import os
import platform
import statistics
import time

import numpy as np

from grader.wire import Part
from grader.worker import Account, bubblewrap, readable, spare
from grader.worker.template import Build, Template, interpreter
from grader.worker.wall import Wall

SOURCE = [
    Part(
        "",
        """
import numpy as np

def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1.0, e) / (1.0 + e)

def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))
""",
    )
]
X = np.linspace(-3, 3, 12).reshape(4, 3)


def builds():
    root = os.getuid() == 0
    uid, files = (spare.uid() if root else 0), readable.files()
    identity = ("identity",) if root else ()
    around = bubblewrap.command(interpreter()) if bubblewrap.found() else None
    yield "limits alone (process)", Build()
    if root:
        yield "+ spare uid, no capabilities", Build(identity, uid=uid)
    yield "+ Landlock", Build((*identity, "landlock"), files, uid)
    yield "+ filter of system calls (confined)", Build((*identity, "landlock", "seccomp"), files, uid)
    if around:
        yield "+ bubblewrap (full)", Build((*identity, "landlock", "seccomp"), files, uid, around=around)


def answer(wall):
    """Seconds to the first reply, and in all."""
    start = time.perf_counter()
    with wall.answer(Account()) as child:
        child.load(SOURCE, "answer")
        first = time.perf_counter()
        for _ in range(10):
            child.call("sigmoid", (X,))
    return first - start, time.perf_counter() - start


def bare_fork(times):
    """The floor: fork of a warm interpreter with numpy, one byte through a pipe, kill, wait."""
    for _ in range(times):
        start = time.perf_counter()
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            np.exp(X)
            os.write(writing, b"x")
            time.sleep(60)
        os.read(reading, 1)
        first = time.perf_counter()
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(reading)
        os.close(writing)
        yield first - start, time.perf_counter() - start


def lane(answers):
    with Wall([list(levels())[-1]], fork=True) as wall:
        answer(wall)
        for _ in range(answers):
            answer(wall)


def levels():
    return [("process", build) for _, build in builds()]


def by_lanes(lanes, answers):
    """Answers a second in all, at the best level."""
    processes = [multiprocessing.get_context("spawn").Process(target=lane, args=(answers,)) for _ in range(lanes)]
    start = time.perf_counter()
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return lanes * answers / (time.perf_counter() - start)


def starting(build):
    start = time.perf_counter()
    template = Template(build, fork=True)
    template.ready()
    seconds = time.perf_counter() - start
    template.end()
    return seconds


def main():
    parser = argparse.ArgumentParser(description="What the wall costs, by set of layers.")
    parser.add_argument("--answers", type=int, default=200)
    answers = parser.parse_args().answers
    versions = f"Python {platform.python_version()}, numpy {np.__version__}"
    print(f"Linux {platform.release()}, {os.cpu_count()} cores, {versions}")
    print(f"load average {os.getloadavg()[0]:.1f} at the start; {answers} answers for each row\n")
    sets = list(builds())
    walls = [Wall([("process", build)], fork=True) for _, build in sets]
    for wall in walls:
        wall.settle()
    seen = {name: [] for name, _ in sets}
    floor = []
    for _ in range(answers):
        floor += bare_fork(1)
        for (name, _), wall in zip(sets, walls, strict=True):
            seen[name].append(answer(wall))
    for wall in walls:
        wall.close()
    print(f"{'layers':38}{'template':>10}{'first reply':>13}{'answer':>9}{'x limits':>10}{'answers/s':>11}")
    row("a bare fork, nothing asked", None, floor, None)
    base = statistics.median(total for _, total in seen[sets[0][0]])
    for name, build in sets:
        row(name, starting(build), seen[name], base)
    for name, build in sets[-2:]:
        with Wall([("process", build)], fork=False) as wall:
            answer(wall)
            row(f"fresh interpreter, {name}", None, [answer(wall) for _ in range(max(5, answers // 20))], base)
    print()
    for lanes in (1, 2):
        print(f"{lanes} lane(s), all layers, start of the lanes included: {by_lanes(lanes, answers):.0f} answers/s")


def row(name, start, times, base):
    first, total = (statistics.median(column) for column in zip(*times, strict=True))
    template = f"{start * 1000:.0f} ms" if start else ""
    ratio = f"{total / base:.2f}" if base else ""
    print(f"{name:38}{template:>10}{first * 1000:>10.2f} ms{total * 1000:>6.1f} ms{ratio:>10}{1 / total:>11.0f}")


if __name__ == "__main__":
    main()
