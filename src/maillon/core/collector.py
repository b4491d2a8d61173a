"""Python's search for circles of references, paused where millions of values come and go without any."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search_for_circles() -> Iterator[None]:
    """Spare the collector's walks over cells and rows: values still go as soon as nothing refers to them.

    >>> with no_search_for_circles():
    ...     gc.isenabled()
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
