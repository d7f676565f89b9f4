"""What an answer can see of this machine's files: Python and numpy. Knows paths; enforces nothing.

Never `site-packages` as a whole: other packages are there, and perhaps a course with its model answers.
A path with a final slash is a folder that may be listed, without what is in it.
"""

import os
import sys
from functools import cache
from pathlib import Path

import numpy as np

PACKAGES = ("site-packages", "dist-packages")
ALWAYS = ("/dev/null", "/dev/urandom", "/usr/share/zoneinfo", "/etc/ld.so.cache")
# Shared libraries that modules of the standard library load late.
LIBRARIES = ("libsqlite3", "libffi", "libcrypto", "libssl", "libz", "libbz2", "liblzma", "libuuid", "libgcc_s")


@cache
def files() -> tuple[str, ...]:
    """The standard library, numpy, and the libraries of the system that they need."""
    found = [*standard_library(), *arrays(), *ALWAYS, *_shared_libraries()]
    return tuple(dict.fromkeys(path for path in found if os.path.exists(path)))


def library() -> str:
    """The folder of the standard library."""
    return os.path.dirname(os.path.realpath(os.__file__))


def standard_library() -> list[str]:
    folder = Path(library())
    return [f"{folder}/", *(str(entry) for entry in folder.iterdir() if entry.name not in PACKAGES)]


def arrays() -> list[str]:
    """numpy, and the shared libraries that its wheel brings along."""
    package = Path(np.__file__ or "").resolve().parent
    return [str(package), str(package.parent / "numpy.libs")]


def library_folders() -> list[str]:
    """Where this system keeps its shared libraries."""
    multiarch = getattr(sys.implementation, "_multiarch", None)  # what sysconfig says, without its ten milliseconds
    candidates = [f"/usr/lib/{multiarch}" if multiarch else "/usr/lib64", "/usr/lib64"]
    return list(dict.fromkeys(os.path.realpath(folder) for folder in candidates if os.path.isdir(folder)))


def _shared_libraries() -> list[str]:
    return [
        entry.path for folder in library_folders() for entry in os.scandir(folder) if entry.name.startswith(LIBRARIES)
    ]
