"""The weights of the terms (``weights.toml``) and the calibration (``calibration.csv``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache

import numpy as np

from maillon.method.search.classify.materials import PACKAGE
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path
from maillon.reference.classifications.titles.coverage import Scores


@cache
def term_weights(kind: str, terms: tuple[str, ...]) -> Scores:
    """Return the weights of ``terms`` in the table ``kind`` (heading, subdivision or class), in their order.

    ``KeyError`` for a term without weight.
    """
    table = tomllib.loads(sheet_path(PACKAGE, "weights.toml").read_text(encoding="utf-8"))[kind]
    return np.array([table[term] for term in terms], dtype=np.float32)


def calibrate(kind: str, raw: Iterable[float]) -> list[float]:
    """Return what raw probabilities of a ``kind`` of code came to on labelled lines.

    Kinds: heading, subheading, class. Linear between the knots of the
    sheet, which never fall; unchanged for a kind without knots.
    """
    said, found = _knots().get(kind, ((0.0, 1.0), (0.0, 1.0)))
    return [float(p) for p in np.interp(np.fromiter(raw, dtype=np.float64), said, found)]


@cache
def _knots() -> dict[str, tuple[tuple[float, ...], tuple[float, ...]]]:
    knots: dict[str, list[tuple[float, float]]] = {}
    for row in read_rows(sheet_path(PACKAGE, "calibration.csv")):
        knots.setdefault(row["kind"], []).append((float(row["raw"]), float(row["right"])))
    return {kind: (tuple(p for p, _ in pairs), tuple(q for _, q in pairs)) for kind, pairs in knots.items()}
