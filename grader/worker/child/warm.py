"""Everything that a child would otherwise have to import, and the state in which each answer finds it.

Knows modules. Does not know answers.
"""

import importlib
import random

import numpy as np

SEED = 20_260_101
# Imported once here instead of once in every child: numpy.random alone cost a child 13 ms.
OFTEN_USED = """
numpy.random numpy.linalg numpy.fft numpy.polynomial numpy.ma
encodings.ascii encodings.latin_1 encodings.utf_8 encodings.unicode_escape
linecache traceback dataclasses typing collections.abc functools itertools logging threading concurrent.futures.thread
statistics decimal fractions random copy warnings inspect math cmath operator enum string re json time datetime os
io pathlib abc numbers contextlib textwrap pickle ctypes heapq bisect queue
"""


def up(everything: bool) -> None:
    """Import, and run one matrix product: OpenBLAS allocates its buffers at the first one, before memory is limited."""
    if everything:
        for name in OFTEN_USED.split():
            importlib.import_module(name)
    square = np.ones((64, 64))
    square @ square
    np.random.seed(SEED)
    _make_builtins()


def _make_builtins() -> None:
    """exit, quit, help and the like, which an interpreter started without `site` lacks."""
    site = importlib.import_module("site")
    site.setquit()
    site.setcopyright()
    site.sethelper()


def reseed() -> None:
    """The same random numbers for each answer that draws without a seed.

    Python's `random` seeds itself anew after a fork. numpy's global state is inherited as the template has set it.
    """
    random.seed(SEED)
