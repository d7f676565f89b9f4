"""A uid that nobody has, for the children of one wall. Knows /proc; changes nothing."""

import os
import random

# Unused by convention for users, and inside the 65 536 ids that a container without root maps.
RANGE = range(61_184, 65_520)
MARGIN = 64  # processes and threads that an answer may have


def uid() -> int:
    """One for each wall and not `nobody`: the same uid would mean signals and ptrace between two walls' children."""
    taken = _in_use()
    return random.SystemRandom().choice([uid for uid in RANGE if uid not in taken])


def _in_use() -> set[int]:
    found = set()
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                found.add(entry.stat().st_uid)
            except FileNotFoundError:  # it ended while we looked
                continue
    return found


def processes_allowed() -> int:
    """For RLIMIT_NPROC: what this user has, and a margin. It counts all processes of a user, and nothing for root."""
    if os.getuid() == 0 or not os.path.isdir("/proc"):
        return 0
    mine = 0
    for entry in os.scandir("/proc"):
        try:
            mine += entry.name.isdigit() and entry.stat().st_uid == os.getuid()
        except FileNotFoundError:
            continue
    return mine + MARGIN
