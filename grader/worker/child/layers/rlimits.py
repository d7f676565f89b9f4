"""Layer: what one process may use up. Knows setrlimit; the numbers come from the grader."""

import resource


def limit(memory: int, cpu: int, descriptors: int, processes: int) -> None:
    """Hard limits, so that they cannot be raised again. memory: bytes of address space in all; processes 0: any number.

    No file may be written (FSIZE): what an answer prints goes to a pipe, which this does not count.
    """
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_NOFILE, descriptors),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        *([(resource.RLIMIT_NPROC, processes)] if processes else []),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
