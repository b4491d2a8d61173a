"""How hostile files are tried: within 30 seconds and 1 GiB, whatever they hold."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from maillon.core.errors import RefusedFile
from maillon.intake.sandbox import read_sheets


@pytest.fixture(autouse=True)
def _within_bounds() -> Iterator[None]:
    """No test may take 30 seconds, and no child of it may hold 1 GiB, whatever other tests' children held."""
    before, largest = time.monotonic(), _largest_child()
    yield
    assert time.monotonic() - before < 30
    # a child is counted with what its parent held when it was forked: that much is no fault of the file
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert _largest_child() <= max(largest, own, (1 << 20) - 1)


def _largest_child() -> int:
    """Return the most memory that a child of this process ever held, in KiB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


@pytest.fixture
def refusal() -> Callable[[Path], RefusedFile]:
    """Read a file that must be refused and return the refusal, which always comes with a hint."""

    def read(path: Path) -> RefusedFile:
        with pytest.raises(RefusedFile) as caught:
            read_sheets(path)
        assert type(caught.value) is RefusedFile
        assert caught.value.hint is not None
        return caught.value

    return read
