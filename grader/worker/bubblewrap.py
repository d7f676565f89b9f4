"""Layer around the template: namespaces in which the host's files, processes and network do not exist.

Knows bubblewrap's options. Does not know what runs inside.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from grader.worker import readable

HOUSE = Path(__file__).resolve().parents[1]
# As root without a user namespace: inside one, root would stay root for every file of the host. The template
# needs these four to give each child another uid, to drop the rest for good, and to end its children.
KEPT = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_KILL")


def found() -> str | None:
    return shutil.which("bwrap")


def command(interpreter: str) -> tuple[str, ...]:
    """What to write before the interpreter's own command line."""
    words = [found() or "bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    words += ["--unshare-cgroup-try", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    if os.getuid() == 0:
        for capability in KEPT:
            words += ["--cap-add", capability]
    else:
        words.append("--unshare-user")
    bound = [path for path in _bound(interpreter) if os.path.exists(path)]
    for folder in _parents(bound):
        words += ["--perms", "0755", "--dir", folder]  # bubblewrap's own would be closed to another uid
    for path in bound:
        words += ["--ro-bind", path, path]
    for link in ("/lib", "/lib64", "/lib32"):
        if os.path.islink(link):
            words += ["--symlink", os.readlink(link), link]
    for folder in _hidden(bound):
        words += ["--tmpfs", folder]
    for path in (*readable.arrays(), str(Path(msgspec.__file__ or "").resolve().parent)):
        if os.path.exists(path) and path not in bound:
            words += ["--ro-bind", path, path]
    return (*words, "--dev", "/dev", "--proc", "/proc", "--remount-ro", "/", "--chdir", "/", "--")


def _bound(interpreter: str) -> Iterator[str]:
    """What the template needs to start; Landlock then takes most of it away from its children."""
    yield from readable.library_folders()
    yield from (folder for folder in ("/lib", "/lib64") if not os.path.islink(folder))
    yield from ("/usr/share/zoneinfo", "/etc/ld.so.cache", interpreter)
    yield readable.library()
    beside = os.path.dirname(readable.library())
    yield from (entry.path for entry in os.scandir(beside) if entry.name.startswith("libpython"))
    yield from (str(HOUSE / "wire.py"), str(HOUSE / "__pycache__"), str(HOUSE / "worker" / "child"))
    yield from _outside(readable.arrays())
    yield from _outside([str(Path(msgspec.__file__ or "").resolve().parent)])


def _outside(paths: list[str]) -> Iterator[str]:
    """Packages that lie in a folder of their own kind of the standard library are bound later, above the cover."""
    yield from (path for path in paths if not path.startswith(f"{readable.library()}/"))


def _hidden(bound: list[str]) -> list[str]:
    """Folders of packages inside what is bound: covered, because a course and its model answers may be there."""
    stdlib = readable.library()
    inside = [os.path.join(stdlib, name) for name in readable.PACKAGES]
    return [folder for folder in inside if os.path.isdir(folder) and stdlib in bound]


def _parents(paths: list[str]) -> list[str]:
    found = {str(parent) for path in paths for parent in Path(path).parents}
    return sorted(found - {"/"}, key=len)
