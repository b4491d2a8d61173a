"""Thousands of invoices in a few sandboxed children: never one process a file, never more than two at once.

A file that kills its child is set apart and the next child goes on behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.sandbox import run_in_sandbox
from maillon.intake.sandbox.limits import DEFAULT_LIMITS

TASK = "maillon.intake.invoices.parse:parse_invoices"
CHILDREN = 2
#: The first batch tells how many files there are; the later ones are as large as 20 s of CPU surely allow.
FIRST_BATCH, BATCH = 100, 500
#: After this many dead children the whole is hostile or the machine is ill.
MOST_CRASHES = 20

#: A year of PDF invoices weighs more than any spreadsheet; it is read one invoice at a time.
LIMITS = replace(DEFAULT_LIMITS, file_bytes=8 << 30)

Item = dict[str, Any]


def read_outcomes(path: Path, progress: Callable[[float], None] | None = None) -> Iterator[Item]:
    """Yield one outcome for each file of ``path`` (an invoice, a zip, a folder) in the order of the files.

    Raises ``RefusedFile`` when the zip or folder as a whole cannot be read.
    """
    first = list(_read_batch(path, 0, FIRST_BATCH))
    count = first.pop(0)["count"]
    yield from first
    starts = range(FIRST_BATCH, count, BATCH)
    with ThreadPoolExecutor(CHILDREN) as pool:
        batches = [
            pool.submit(lambda s: list(_read_batch(path, s, min(s + BATCH, count))), s) for s in starts
        ]
        try:
            for start, batch in zip(starts, batches, strict=True):
                yield from batch.result()[1:]
                if progress is not None:
                    progress(min(1.0, (start + BATCH) / count))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _read_batch(path: Path, start: int, stop: int) -> Iterator[Item]:
    """Yield the count of files, then the outcomes from ``start`` to ``stop``, whatever dies on the way."""
    count: int | None = None
    place = start
    for _ in range(MOST_CRASHES + 1):
        arguments = {"start": place, "stop": stop, "name": path.name}
        try:
            for item in run_in_sandbox(TASK, path, arguments=arguments, limits=LIMITS):
                if "count" in item:
                    if count is None:
                        yield item
                    count = item["count"]
                    continue
                yield item
                place = item["place"] + 1
        except RefusedFile:
            if count is None or place >= min(stop, count):
                raise
            yield {"place": place, "file": "", "problem": "crashed"}
            place += 1
            if place >= min(stop, count):
                return
        else:
            return
    raise RefusedFile(
        message("More than {n} files stopped their reading without an answer.", n=MOST_CRASHES),
        message("Give fewer files at a time, to find those that cannot be read."),
    )
