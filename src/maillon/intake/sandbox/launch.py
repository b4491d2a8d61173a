"""Starting the child that reads a file, listening to it, and outliving whatever it does."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import select
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.sandbox.limits import DEFAULT_LIMITS, FRAME_BYTES, Limits
from maillon.intake.sandbox.wire import decode, message_from_json

_LOG = logging.getLogger(__name__)
_NOTHING: Mapping[str, object] = MappingProxyType({})

_CHILD = Path(__file__).with_name("enter.py")

#: Short names of tasks; any other is a dotted path ``maillon.package.module:function``.
TASKS = {"sheets": "maillon.intake.formats.parse:parse_sheets"}


def run_in_sandbox(
    task: str,
    path: Path,
    *,
    arguments: Mapping[str, object] = _NOTHING,
    progress: Callable[[float], None] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[dict[str, Any]]:
    """Run ``task`` on the file (or folder) at ``path`` in a confined process and yield what it finds.

    ``task`` is a key of ``TASKS`` or ``maillon.package.module:function``. ``{"progress": share}`` goes to
    ``progress``, everything else to the caller. Raises ``RefusedFile`` when the task refuses the file, fails,
    exceeds a limit or dies. Closing the iterator, or an interruption, ends the child.
    """
    with open_input(path, limits.file_bytes) as source, _child(task, source, arguments, limits) as child:
        for payload in _frames(child, limits):
            found = _decoded(payload)
            if "started" in found:
                if not found["started"]["isolated"]:
                    _LOG.info("the system allows no network isolation for %s", task)
            elif "end" in found:
                return
            elif "progress" in found:
                if progress is not None:
                    progress(min(1.0, max(0.0, float(found["progress"]))))
            elif "refused" in found or "failed" in found:
                raise _refusal(found)
            else:
                yield found
        raise _death(child, limits)


@contextmanager
def open_input(path: Path, limit: int) -> Iterator[int]:
    """Open a regular file of at most ``limit`` bytes, or a folder; refuse anything else."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise RefusedFile(
            message("The file cannot be opened: {reason}.", reason=error.strerror or "?"),
            message("Check its name and that you may read it."),
        ) from error
    try:
        facts = os.fstat(descriptor)
        if not (stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode)):
            raise RefusedFile(message("This is not a file."), message("Give a file or a folder."))
        if stat.S_ISREG(facts.st_mode) and facts.st_size > limit:
            raise too_large(limit)
        yield descriptor
    finally:
        os.close(descriptor)


def too_large(limit: int) -> RefusedFile:
    """Return the refusal of a file of more than ``limit`` bytes."""
    return RefusedFile(
        message("The file is larger than {limit} MiB.", limit=limit >> 20),
        message("Keep only the sheets that hold parts or purchases, or split the file."),
    )


@contextmanager
def _child(
    task: str, source: int, arguments: Mapping[str, object], limits: Limits
) -> Iterator[subprocess.Popen[bytes]]:
    order = {
        "task": TASKS.get(task, task),
        "arguments": dict(arguments),
        "limits": asdict(limits),
        "parent": os.getpid(),
        "source": source,
    }
    command = [sys.executable, "-I", "-X", "utf8", str(_CHILD), json.dumps(order)]
    with tempfile.TemporaryDirectory(prefix="maillon-") as folder:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            command,
            stdin=subprocess.DEVNULL,
            pass_fds=(source,),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd=folder,
            start_new_session=True,
        )
        try:
            yield child
        finally:
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and anything it started, and reap it."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    if child.stdout is not None:
        child.stdout.close()
    child.wait()


def _frames(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    """Yield the payloads that the child sends, within the limits of size and time."""
    pipe = _Pipe(child, limits)
    while (head := pipe.read(4)) is not None:
        size = int.from_bytes(head, "big")
        if size > FRAME_BYTES:
            raise _garbage()
        payload = pipe.read(size)
        if payload is None:
            return
        yield payload


class _Pipe:
    """The child's output, read in exact lengths. Waiting is counted, the caller's own work is not."""

    def __init__(self, child: subprocess.Popen[bytes], limits: Limits) -> None:
        assert child.stdout is not None  # noqa: S101 - opened as a pipe above
        self._descriptor = child.stdout.fileno()
        _widen(self._descriptor)
        self._poll = select.poll()
        self._poll.register(self._descriptor, select.POLLIN)
        self._patience = self._wall = limits.wall_seconds
        self._room = limits.output_bytes
        self._held = bytearray()

    def read(self, size: int) -> bytes | None:
        """Return exactly ``size`` bytes, or None when the child sends no more."""
        while len(self._held) < size:
            data = self._receive()
            if not data:
                return None
            self._held += data
        found = bytes(self._held[:size])
        del self._held[:size]
        return found

    def _receive(self) -> bytes:
        before = time.monotonic()
        ready = self._poll.poll(max(0.0, self._patience) * 1000)
        self._patience -= time.monotonic() - before
        if not ready or self._patience <= 0:
            raise _too_slow(self._wall)
        data = os.read(self._descriptor, 1 << 20)
        self._room -= len(data)
        if self._room < 0:
            raise _garbage()
        return data


def _widen(descriptor: int) -> None:
    """Let the child run ahead while we decode: a larger pipe, where the system has such a thing."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, 1 << 20)


def _decoded(payload: bytes) -> dict[str, Any]:
    try:
        return decode(payload)
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise _garbage() from error


def _refusal(found: Mapping[str, Any]) -> RefusedFile:
    """Return what the child said about the file, as the error to raise here."""
    try:
        if "refused" in found:
            hint = found["refused"]["hint"]
            what = message_from_json(found["refused"]["what"])
            return RefusedFile(what, None if hint is None else message_from_json(hint))
        if found["failed"]["kind"] == "MemoryError":
            return _too_much_memory()
        reason = f"{found['failed']['kind']}: {found['failed']['text']}"
    except (ValueError, TypeError, KeyError):
        return _garbage()
    return RefusedFile(
        message("The file is damaged and cannot be read ({reason}).", reason=reason), _save_again()
    )


def _death(child: subprocess.Popen[bytes], limits: Limits) -> RefusedFile:
    """Return the refusal that explains how the child died without a word."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=5)
    if child.returncode in (-signal.SIGXCPU, None):
        return _too_slow(limits.cpu_seconds)
    if child.returncode in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV):
        return _too_much_memory()
    return RefusedFile(
        message(
            "The reading of the file stopped without an answer (code {code}).", code=str(child.returncode)
        ),
        _save_again(),
    )


def _too_slow(seconds: float) -> RefusedFile:
    return RefusedFile(
        message("The file takes more than {seconds} seconds to read.", seconds=int(seconds)),
        message("Keep only the sheets that hold parts or purchases, or split the file."),
    )


def _too_much_memory() -> RefusedFile:
    return RefusedFile(
        message("Reading the file needs more memory than allowed: it is damaged, or made to be so."),
        _save_again(),
    )


def _garbage() -> RefusedFile:
    return RefusedFile(message("The reading of the file gave a senseless answer."), _save_again())


def _save_again() -> Any:
    return message("Open it in your spreadsheet program and save it again as .xlsx or .csv.")
