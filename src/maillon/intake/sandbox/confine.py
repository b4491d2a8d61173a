"""How the child ties its own hands before it reads the first byte of a stranger's file."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys

from maillon.intake.sandbox.limits import Limits

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


def confine(limits: Limits, parent: int) -> bool:
    """Apply every limit to this process; return whether it is cut off from the network.

    Outside Linux only the resource limits exist, and a kernel may forbid new namespaces: the reading goes on
    with what there is, and the caller is told.
    """
    isolated = False
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        _die_with_parent(libc, parent)
        isolated = _leave_network(libc)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds, grace=1)
    _limit(resource.RLIMIT_FSIZE, limits.written_bytes)
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    return isolated


def _limit(what: int, value: int, grace: int = 0) -> None:
    """Set a bound, never above what this process was itself allowed; ``grace`` tells its end from a kill."""
    hard = resource.getrlimit(what)[1]
    bounds = [b if hard == resource.RLIM_INFINITY else min(b, hard) for b in (value, value + grace)]
    resource.setrlimit(what, (bounds[0], bounds[1]))


def _die_with_parent(libc: ctypes.CDLL, parent: int) -> None:
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)


def _leave_network(libc: ctypes.CDLL) -> bool:
    """Enter a network namespace of our own, which has no interface at all."""
    attempts = (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET)
    return any(bool(libc.unshare(flags) == 0) for flags in attempts)
