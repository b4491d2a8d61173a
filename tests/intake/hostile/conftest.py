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
    """No test may take 30 seconds, and no child of this process may ever have held 1 GiB."""
    before = time.monotonic()
    yield
    assert time.monotonic() - before < 30
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1 << 20  # in KiB


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
