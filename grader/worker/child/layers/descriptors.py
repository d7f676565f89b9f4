"""Layer: a child has four descriptors and no others. Knows numbers; does not know what is behind them."""

import os

ANSWER = 3  # the child's own socket
RULESET = 4  # Landlock's, until it is applied


def reserve() -> None:
    """In the template: occupy the two numbers, so that what arrives later has others."""
    nothing = os.open("/dev/null", os.O_RDONLY)
    for number in {ANSWER, RULESET} - {nothing}:
        os.dup2(nothing, number, inheritable=False)
    if nothing not in (ANSWER, RULESET):
        os.close(nothing)


def arrange(answer: int, output: int) -> None:
    """0: nothing to read. 1 and 2: the output pipe. 3: the answer's socket. 4: Landlock's ruleset or nothing."""
    nothing = os.open("/dev/null", os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    if answer != ANSWER:  # the kernel refuses to duplicate a descriptor onto itself
        os.dup2(answer, ANSWER, inheritable=False)
    os.closerange(RULESET + 1, 1 << 30)
