"""The processes that texts speak of, read in bulk."""

from __future__ import annotations

from collections.abc import Iterator


def read_texts(texts: list[str]) -> Iterator[list[tuple[str, float]]]:
    """Yield, for each text, the processes that it speaks of with their weights."""
    from maillon.reference.classifications.processes.evidence import (  # noqa: PLC0415 - heavy: compiles
        read_process_evidence,
    )

    for text in texts:
        yield [(code, weight) for code, weight, _ in read_process_evidence(text)]
