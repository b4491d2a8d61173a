"""What a child process and its parent say to each other: named arrays, framed by their length."""

from __future__ import annotations

import ctypes
import io
import os
import signal
import struct
import sys
from collections.abc import Mapping
from functools import cache
from typing import IO, Any

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]

#: The environment variable that carries the child's memory limit, in bytes.
MEMORY_VARIABLE = "MAILLON_SOLVE_MEMORY"
#: What a child exits with when it asked for more memory than it may have.
OUT_OF_MEMORY = 71
_HEADER = struct.Struct("<?Q")
_PR_SET_PDEATHSIG = 1


def pack(arrays: Mapping[str, npt.ArrayLike]) -> bytes:
    """Return the arrays as the bytes of one uncompressed ``.npz``; nothing is pickled.

    >>> sorted(unpack(pack({"bound": 1.5, "values": [1, 2]})))
    ['bound', 'values']
    """
    packed = io.BytesIO()
    np.savez(packed, allow_pickle=False, **{name: np.asarray(value) for name, value in arrays.items()})
    return packed.getvalue()


def unpack(content: bytes) -> Arrays:
    """Return the arrays of ``pack``."""
    with np.load(io.BytesIO(content), allow_pickle=False) as packed:
        return {name: packed[name] for name in packed.files}


def read_arrays() -> Arrays:
    """Read, in the child, what the parent sent; from here on the child obeys its memory limit.

    The child also ends with its parent, even a killed one, where the system can promise it.
    """
    _end_with_the_parent()
    _limit_memory()
    _frames()
    return unpack(sys.stdin.buffer.read())


def write_frame(arrays: Mapping[str, npt.ArrayLike], *, final: bool = False) -> None:
    """Send, from the child, a result so far (an incumbent, a better bound) or the final answer."""
    content = pack(arrays)
    _frames().write(_HEADER.pack(final, len(content)) + content)
    _frames().flush()


def read_frame(stream: IO[bytes]) -> tuple[bool, Arrays] | None:
    """Read, in the parent, whether the next frame is final and what it holds; ``None`` at the end.

    A frame that the child did not finish writing counts as the end.
    """
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    final, length = _HEADER.unpack(header)
    content = stream.read(length)
    return (final, unpack(content)) if len(content) == length else None


@cache
def _frames() -> IO[bytes]:
    """Keep the pipe for frames alone: what a solver prints on standard output goes to the error output."""
    pipe = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return pipe


def _limit_memory() -> None:
    limit = os.environ.get(MEMORY_VARIABLE)
    if limit and sys.platform != "win32":
        import resource  # noqa: PLC0415 - it does not exist on Windows

        resource.setrlimit(resource.RLIMIT_AS, (int(limit), int(limit)))


def _end_with_the_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
