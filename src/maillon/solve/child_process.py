"""Running a solver in a child process: its crash, its memory and its time are its own.

Solvers cannot share a process (HiGHS and OR-Tools each bring their own copy of HiGHS), and some abort instead
of raising. The child sends every result so far, so that what was found survives a limit, a crash or a cancel.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Literal

import numpy.typing as npt

from maillon.solve.wire import MEMORY_VARIABLE, OUT_OF_MEMORY, Arrays, pack, read_frame

Frames = queue.SimpleQueue[tuple[bool, Arrays] | None]
Ending = Literal["answered", "time", "cancelled", "memory", "failed"]
#: Seconds that the child may take beyond its limit to start, load the solver and answer.
GRACE = 10.0
#: Seconds between two looks at the clock and at ``cancel``.
_PULSE = 0.05
#: What a C++ library says before it aborts for want of memory.
_MEMORY_WORDS = ("bad_alloc", "MemoryError", "Cannot allocate memory")


@dataclass(frozen=True, slots=True, eq=False)
class ChildAnswer:
    """What a child left: the final arrays, or the last it sent before it ``ended`` otherwise.

    ``arrays`` is empty when nothing was sent; ``seconds`` is wall time; ``said`` the end of its error output.
    """

    arrays: Arrays
    ended: Ending
    seconds: float
    said: str = ""


def run_child(
    module: str,
    arrays: Mapping[str, npt.ArrayLike],
    *,
    time_limit: float,
    memory_limit: int | None = None,
    on_progress: Callable[[Arrays], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> ChildAnswer:
    """Run ``python -m module`` on ``arrays`` and return what it answered.

    The child should keep ``time_limit`` (seconds) itself; it is killed ``GRACE`` seconds after.
    ``memory_limit`` is in bytes of address space. ``on_progress`` receives each result so far, in this
    thread. ``cancel`` is asked twenty times a second; an interrupt of this process kills the child too.
    """
    started = time.perf_counter()
    with tempfile.TemporaryFile() as errors, _running(module, memory_limit, errors) as child:
        frames = _start_talking(child, pack(arrays))
        last, final, stopped = _listen(frames, started + time_limit + GRACE, on_progress, cancel)
        if stopped is not None:
            child.kill()
        code = child.wait()
        errors.seek(0)
        said = errors.read().decode(errors="replace")[-2000:]
    ended = stopped or ("answered" if final and code == 0 else _failure(code, said))
    return ChildAnswer(last, ended, time.perf_counter() - started, said)


@contextmanager
def _running(module: str, memory_limit: int | None, errors: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    environment = dict(os.environ)
    environment.pop(MEMORY_VARIABLE, None)
    if memory_limit is not None:
        environment[MEMORY_VARIABLE] = str(memory_limit)
    # A session of its own: Ctrl-C reaches this process only, which then decides what is kept.
    child = subprocess.Popen(  # noqa: S603 - this interpreter and a module of ours, no shell
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=environment,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()


def _start_talking(child: subprocess.Popen[bytes], content: bytes) -> Frames:
    frames: Frames = queue.SimpleQueue()
    threading.Thread(target=_talk, args=(child, content, frames), daemon=True).start()
    return frames


def _talk(child: subprocess.Popen[bytes], content: bytes, frames: Frames) -> None:
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the child has no pipes")
    try:
        child.stdin.write(content)
        child.stdin.close()
        while (frame := read_frame(child.stdout)) is not None:
            frames.put(frame)
    except (OSError, ValueError):  # the child ended, or was killed, in mid-word: its exit code says why
        pass
    finally:
        frames.put(None)


def _listen(
    frames: Frames,
    deadline: float,
    on_progress: Callable[[Arrays], None] | None,
    cancel: Callable[[], bool] | None,
) -> tuple[Arrays, bool, Ending | None]:
    """Return the last arrays, whether they are final, and why listening stopped before the child did."""
    last: Arrays = {}
    while True:
        if cancel is not None and cancel():
            return last, False, "cancelled"
        if time.perf_counter() > deadline:
            return last, False, "time"
        try:
            frame = frames.get(timeout=_PULSE)
        except queue.Empty:
            continue
        if frame is None:
            return last, False, None
        final, last = frame
        if final:
            return last, True, None
        if on_progress is not None:
            on_progress(last)


def _failure(code: int, said: str) -> Ending:
    memory = code == OUT_OF_MEMORY or any(word in said for word in _MEMORY_WORDS)
    return "memory" if memory else "failed"
