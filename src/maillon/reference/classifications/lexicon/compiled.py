"""What is computed from the sheets once, and kept in the home folder: nouns and forms ready to be looked up.

The file is named after a digest of the sheets, of the code that reads them and of the Python version, so it
is never out of date; it starts with a checksum of its content. Where it cannot be written or read, the sheets
are read again: nothing depends on it but time (some 0.25 CPU-s for 20,000 forms).
"""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from maillon.home import home

CHECKSUM = 32
NAME = "lexicon-"
# What marshal and a checksum that does not agree may raise; MemoryError from a size that makes no sense.
_UNREADABLE = (OSError, EOFError, ValueError, TypeError, MemoryError)


def digest_of(sources: Iterable[Traversable]) -> str:
    """Return a name for the content of ``sources``, under this version of Python."""
    whole = blake2b(repr((sys.version_info[:3], marshal.version)).encode(), digest_size=16)
    for source in sources:
        whole.update(source.read_bytes())
        whole.update(b"\0")
    return whole.hexdigest()


def load_or_compute(digest: str, compute: Callable[[], Any], folder: Path | None = None) -> Any:
    """Return what ``compute`` returned when this digest was first seen; it must hold plain values only."""
    place = (folder or home() / "cache") / f"{NAME}{digest}.bin"
    with suppress(*_UNREADABLE):
        return _read(place)
    computed = compute()
    with suppress(OSError):
        _write(place, computed)
    return computed


def _read(place: Path) -> Any:
    content = place.read_bytes()
    checksum, body = content[:CHECKSUM], content[CHECKSUM:]
    if blake2b(body, digest_size=CHECKSUM).digest() != checksum:
        raise ValueError(place)
    return marshal.loads(body)  # noqa: S302 - our own file, its checksum verified


def _write(place: Path, computed: Any) -> None:
    """Write the file in one step, then remove those of other sheets or versions."""
    body = marshal.dumps(computed)
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".lexicon-")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(blake2b(body, digest_size=CHECKSUM).digest() + body)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for other in place.parent.glob(f"{NAME}*.bin"):
        if other != place:
            other.unlink(missing_ok=True)
