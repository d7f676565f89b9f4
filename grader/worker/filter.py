"""The system calls that an answer may make, as a program for the kernel. Knows names; is built by the grader, once.

A list of what is allowed, not of what is forbidden: a call that nobody thought of is refused. Refused calls fail with
EPERM and do not kill, since numpy and the standard library try several that may fail.
"""

import tempfile
from functools import cache

ALLOWED = """
read write readv writev pread64 pwrite64 close fstat newfstatat stat lstat statx lseek poll ppoll select pselect6 mmap
mprotect munmap mremap madvise brk rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack access faccessat faccessat2
dup dup2 dup3 ftruncate getcwd getdents64 open openat readlink readlinkat futex set_robust_list rseq sched_yield
sched_getaffinity clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time getrusage getrandom uname
sysinfo getpid gettid getppid getuid geteuid getgid getegid getgroups getresuid getresgid getpgrp getpgid getsid exit
exit_group restart_syscall set_tid_address pipe2 eventfd2 epoll_create1 epoll_ctl epoll_wait epoll_pwait membarrier
getcpu recvfrom recvmsg times arch_prctl
"""
FIONREAD, TCGETS, FIOCLEX, FIONCLEX = 0x541B, 0x5401, 0x5451, 0x5450
F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_DUPFD_CLOEXEC = 0, 1, 2, 3, 4, 5, 6, 7, 1030
CLONE_THREAD = 0x10000
ENOSYS = 38
ANSWER = 3  # the only socket of a child


class NoFilter(Exception):
    """libseccomp cannot be used here."""


@cache
def program() -> bytes:
    """The filter in BPF, for the architecture of this machine."""
    try:
        import pyseccomp as seccomp
    except (ImportError, OSError, RuntimeError) as error:
        raise NoFilter(str(error)) from None
    rules = seccomp.SyscallFilter(seccomp.ERRNO(1))
    allow, argument, equal, masked = seccomp.ALLOW, seccomp.Arg, seccomp.EQ, seccomp.MASKED_EQ
    for name in ALLOWED.split():
        _add(rules, allow, name)
    for command in (FIONREAD, TCGETS, FIOCLEX, FIONCLEX):
        _add(rules, allow, "ioctl", argument(1, equal, command))
    # Not among them: F_SETOWN and F_SETSIG, with which a pipe sends SIGKILL to others; F_SETPIPE_SZ; F_NOTIFY.
    for command in (F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_DUPFD_CLOEXEC):
        _add(rules, allow, "fcntl", argument(1, equal, command))
    # An address could reach a socket with a path, or another host; without one only the peer is left.
    _add(rules, allow, "sendto", argument(0, equal, ANSWER), argument(4, equal, 0))
    _add(rules, allow, "prlimit64", argument(0, equal, 0), argument(2, equal, 0))
    _add(rules, allow, "clone", argument(0, masked, CLONE_THREAD, CLONE_THREAD))
    # Its flags are in memory, where no filter can read them. glibc takes ENOSYS for an old kernel and uses clone.
    _add(rules, seccomp.ERRNO(ENOSYS), "clone3")
    return _exported(rules)


def _add(rules: object, action: int, name: str, *arguments: object) -> None:
    """A call that this architecture does not have needs no rule."""
    try:
        rules.add_rule(action, name, *arguments)  # type: ignore[attr-defined]
    except (OSError, ValueError, RuntimeError):
        if name in ("read", "write", "openat", "clone", "clone3"):
            raise


def _exported(rules: object) -> bytes:
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)  # type: ignore[attr-defined]
        file.seek(0)
        return file.read()
