"""Vendors resolved against an invented register, beside a plain comparison of names.

Set ``MAILLON_BENCH_ESTABLISHMENTS`` to judge on a larger register (1000000 is the target's size).
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from bench.vendors import HABITS, draw_vendors
from bench.vendors_ceiling import with_answerable
from maillon.demo.register import write_register_files
from maillon.method.search.resolve import Decision, resolve_vendors
from maillon.reference.register import Register, build_register, open_register
from maillon.reference.register.names.cleaning import clean_names

PEERS = ("rapidfuzz",)
SIZE = int(os.environ.get("MAILLON_BENCH_ESTABLISHMENTS", "100000"))
VENDORS = 20_000
_PEER_VENDORS = 500
HEADER = [
    "system", "vendors", "s", "recall@20 %", "of the answerable %", "taken %", "precision of taken %",
    "ECE %", "peak MB",
]  # fmt: skip


def table() -> tuple[str, list[str], list[list[str]]]:
    """Resolve the vendors and judge what was taken, by the number of typing errors too."""
    with tempfile.TemporaryDirectory() as place:
        register, strangers = (
            _register(Path(place) / "own", SIZE, 1),
            _register(Path(place) / "other", SIZE // 4, 2),
        )
        drawn = draw_vendors(register, strangers, VENDORS, 31, HABITS["judge"])
        vendors = with_answerable(register, drawn)
        rows = [_ours(register, vendors), *_by_typos(register, vendors)]
        few = vendors.head(_PEER_VENDORS)
        rows += [_ours(register, few), _plain(register, few)]
        title = (
            f"{VENDORS:,} vendor names against {register.rows:,} establishments, 15% of them in no register "
            "(right: the firm; recall of those in the register)"
        )
    return title, HEADER, rows


def _register(folder: Path, size: int, seed: int) -> Register:
    files = write_register_files(folder / "files", size=size, seed=seed)
    sources = [files.establishments, files.units, files.geolocation]
    build_register(sources, scope="all", folder=folder / "snapshots")
    return open_register(folder / "snapshots")


def _ours(register: Register, vendors: pl.DataFrame, label: str = "maillon") -> list[str]:
    start = time.perf_counter()
    found = resolve_vendors(register, vendors.drop("truth", "typos", "answerable"), most=20)
    seconds = time.perf_counter() - start
    sirens = [[one.siret[:9] for one in match.candidates] for match in found.matches]
    taken = [
        match.siret[:9] if match.decision is Decision.ACCEPT and match.siret else None
        for match in found.matches
    ]
    return _judged(label, vendors, seconds, sirens, taken, [match.p for match in found.matches])


def _by_typos(register: Register, vendors: pl.DataFrame) -> list[list[str]]:
    return [
        _ours(register, part, f"maillon, {typos} typing errors")
        for (typos,), part in sorted(vendors.partition_by("typos", as_dict=True).items())
    ]


def _judged(
    label: str,
    vendors: pl.DataFrame,
    seconds: float,
    sirens: Sequence[Sequence[str]],
    taken: Sequence[str | None],
    p: Sequence[float] | None,
) -> list[str]:
    truth = [siret[:9] if siret else None for siret in vendors["truth"]]
    known = [i for i, siren in enumerate(truth) if siren]
    hits = {i: truth[i] in sirens[i] for i in known}
    fair = [hits[i] for i in known if vendors["answerable"][i]]
    right = [truth[i] == siren for i, siren in enumerate(taken) if siren]
    ece = (
        ""
        if p is None
        else f"{100 * _ece(p, [bool(s) and s[0] == t for s, t in zip(sirens, truth, strict=True)]):.1f}"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        label,
        f"{vendors.height:,}",
        f"{seconds:.1f}",
        f"{100 * sum(hits.values()) / len(known):.1f}",
        f"{100 * sum(fair) / len(fair):.1f}",
        f"{100 * len(right) / vendors.height:.1f}",
        f"{100 * sum(right) / len(right):.2f}" if right else "",
        ece,
        f"{peak:.0f}",
    ]


def _ece(p: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error: mean gap between probability and share right, by bin."""
    scores, hits = np.array(p), np.array(right, dtype=float)
    place = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [
        abs(scores[place == b].mean() - hits[place == b].mean()) * (place == b).mean()
        for b in range(bins)
        if (place == b).any()
    ]
    return float(sum(gaps))


def _plain(register: Register, vendors: pl.DataFrame) -> list[str]:
    """Compare cleaned names alone, by the token sort ratio that many scripts use; take above 95."""
    start = time.perf_counter()
    asked = [" ".join(words) for words in clean_names(vendors["name"])]
    table = register.establishments(["siret", "name"]).drop_nulls("name")
    names = [" ".join(words) for words in clean_names(table["name"])]
    sirets = table["siret"].to_list()
    found = [process.extract(text, names, scorer=fuzz.token_sort_ratio, limit=20) for text in asked]
    sirens = [[sirets[place][:9] for _, _, place in one] for one in found]
    taken = [s[0] if one and one[0][1] >= 95 else None for s, one in zip(sirens, found, strict=True)]
    return _judged(
        "rapidfuzz, token_sort_ratio ≥ 95", vendors, time.perf_counter() - start, sirens, taken, None
    )
