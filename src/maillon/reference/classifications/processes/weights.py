"""Weights as people write them in the sheets: ``turning 60|milling 40``, in percent."""

from __future__ import annotations

from maillon.reference.classifications.processes.sheet import split_cell


def read_weights(cell: str) -> dict[str, float]:
    """Return code → share between 0 and 1; a code without a figure weighs 100 %.

    >>> read_weights("turning 60|milling 40"), read_weights("nuts")
    ({'turning': 0.6, 'milling': 0.4}, {'nuts': 1.0})
    """
    weights: dict[str, float] = {}
    for part in split_cell(cell):
        code, _, percent = part.partition(" ")
        weights[code] = (int(percent) if percent else 100) / 100
    return weights
