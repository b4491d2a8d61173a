"""Speed of the supplier search beside SQLite FTS5 and bm25s: same firms, same needs, same places, one core.

The register is invented (``maillon.demo.register``), the needs are the designations of the development split
of the labelled set, the batch is the cobot of the examples. The environment variable ``BENCH_ROWS`` sets
another number of establishments than a million. Each engine runs alone in a process bound to one core;
ours answers with filters and reasons, the others with SIRET numbers of the box only.
"""

from __future__ import annotations

import csv
import multiprocessing
import os
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from maillon.demo.register import write_register_files
from maillon.intake import read_file
from maillon.method.search import read_designation, search_batch, search_suppliers
from maillon.method.search.suppliers import need_of, read_need, searcher_of
from maillon.reference.classifications.naf import codes, label
from maillon.reference.places import locate
from maillon.reference.register import Register, build_register, open_register
from maillon.reference.register.index import build_index
from maillon.reference.register.index.cells import box_around

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
OPEN = 0.9  # share of the rows written that the scope "active" keeps
TOWNS = ("Belfort", "Lyon", "Paris", "Nantes", "Lille", "Toulouse")
KM, LIMIT = 80.0, 20
PEERS = ("tantivy", "bm25s")
_ROOT = Path(__file__).parents[1]
_WORD = re.compile(r"[^\W_]{2,}")

Measure = tuple[str, dict[str, float]]


def table() -> tuple[str, list[str], list[list[str]]]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        register, seconds = build(folder)
        runs = [
            ("Maillon: 80 km, explained", ours, register.folder),
            ("Maillon: batch of the cobot, 80 km, explained", batch, register.folder),
            ("SQLite FTS5: box of 80 km, words only", fts5, write_fts5(folder / "fts.db", register)),
            ("bm25s: whole register scored, then box", bm25, write_bm25s(folder / "bm25s", register)),
        ]
        rows = [row_of(name, alone(measure, path)) for name, measure, path in runs]
        size = register.rows
        built = disk(register.folder / "index")
        rows.insert(0, [f"Maillon: index built in {seconds:.0f} s", "", "", "", "", f"{built:.0f}", ""])
    title = f"Supplier search on {size:,} establishments (invented), {len(designations())} designations"
    return title, ["", "p50 ms", "p95 ms", "CPU ms", "CPU ms p95", "disk MB", "peak RSS MB"], rows


def build(folder: Path) -> tuple[Register, float]:
    """Write and build an invented register of about ``ROWS``; return it with the seconds of its index."""
    files = write_register_files(folder / "files", size=round(ROWS / OPEN), seed=20_261_124)
    place = build_register(
        files.sources, enrichment=files.enrichment, scope="active", folder=folder / "built"
    )
    start = time.perf_counter()
    build_index(place)
    return open_register(place), time.perf_counter() - start


def designations() -> list[str]:
    path = Path(__file__).parent / "search" / "labelled" / "dev.csv"
    with path.open(encoding="utf-8", newline="") as opened:
        return [row["designation"] for row in csv.DictReader(opened)]


def cobot_lines() -> list[str]:
    bom = read_file(_ROOT / "examples" / "cobot.xlsx").bom
    assert bom is not None
    return [text for text in bom.lines["designation"].to_list() if text]


def ours(folder: Path) -> dict[str, float]:
    register = open_register(folder)
    places = [locate(town) for town in TOWNS]

    def ask(place: int, text: str) -> None:
        search_suppliers(register, read_need(text), places[place % len(places)], KM, limit=LIMIT)

    return timed(ask) | {"disk": disk(folder / "index")}


def batch(folder: Path) -> dict[str, float]:
    """Measure a whole bill of materials on all cores: reading, searching, reasons."""
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    register, lines = open_register(folder), cobot_lines()
    searcher_of(register)
    read_designation(lines[0])
    start, cpu = time.perf_counter(), time.process_time()
    found = search_batch(register, lines, locate(TOWNS[0]), KM, limit=10)
    wall = time.perf_counter() - start
    distinct = len({need_of(read_designation(text)) for text in lines})
    assert distinct == len(found.results)
    return {
        "lines": len(lines),
        "needs": len(found.results),
        "wall": wall,
        "cpu": 1000 * (time.process_time() - cpu) / len(found.results),
        "rss": rss(),
    }


def documents(register: Register) -> pl.DataFrame:
    """Return ``siret, lat, lon, text``: names, title of the activity, and all that the sources say."""
    titles = {code: label(code, "fr") for code in codes()}
    told = (
        register.capabilities().group_by("siret").agg(pl.col("text").drop_nulls().str.join(" ").alias("told"))
    )
    firms = register.establishments(["siret", "name", "trade_names", "naf", "lat", "lon"])
    return firms.join(told, on="siret", how="left", maintain_order="left").select(
        "siret",
        "lat",
        "lon",
        text=pl.concat_str(
            pl.col("name"),
            pl.col("trade_names").list.join(" "),
            pl.col("naf").replace_strict(titles, default=None, return_dtype=pl.String),
            pl.col("told"),
            separator=" ",
            ignore_nulls=True,
        ),
    )


def write_fts5(path: Path, register: Register) -> Path:
    base = sqlite3.connect(path)
    base.execute("create table firms (id integer primary key, siret text, lat real, lon real)")
    base.execute(
        "create virtual table texts using fts5(text, content='', tokenize='unicode61 remove_diacritics 2')"
    )
    for number, (siret, lat, lon, text) in enumerate(documents(register).iter_rows()):
        base.execute("insert into firms values (?, ?, ?, ?)", (number, siret, lat, lon))
        base.execute("insert into texts (rowid, text) values (?, ?)", (number, text))
    base.commit()
    base.close()
    return path


def fts5(path: Path) -> dict[str, float]:
    base = sqlite3.connect(path)
    boxes = [box_of(town) for town in TOWNS]
    query = (
        "select siret from texts join firms on firms.id = texts.rowid where texts match ? "
        "and lat between ? and ? and lon between ? and ? order by rank limit ?"
    )

    def ask(place: int, text: str) -> None:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(text))
        if words:
            base.execute(query, (words, *boxes[place % len(boxes)], LIMIT)).fetchall()

    return timed(ask) | {"disk": path.stat().st_size / 1e6}


def write_bm25s(folder: Path, register: Register) -> Path:
    import bm25s  # noqa: PLC0415 - only the processes of this engine pay for it

    firms = documents(register)
    model = bm25s.BM25()
    model.index(
        bm25s.tokenize(firms["text"].to_list(), stopwords="french", show_progress=False), show_progress=False
    )
    model.save(str(folder))
    np.save(folder / "points.npy", firms.select("lat", "lon").to_numpy())
    return folder


def bm25(folder: Path) -> dict[str, float]:
    import bm25s  # noqa: PLC0415 - only the processes of this engine pay for it

    model = bm25s.BM25.load(str(folder), mmap=True)
    points = np.load(folder / "points.npy", mmap_mode="r")
    masks = []
    for south, north, west, east in map(box_of, TOWNS):
        lat, lon = points[:, 0], points[:, 1]
        masks.append(((lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)).astype(np.float32))

    def ask(place: int, text: str) -> None:
        tokens = bm25s.tokenize(text, stopwords="french", show_progress=False, return_ids=False)
        model.retrieve(tokens, k=LIMIT, show_progress=False, weight_mask=masks[place % len(masks)])

    return timed(ask) | {"disk": disk(folder)}


def box_of(town: str) -> tuple[float, float, float, float]:
    place = locate(town)
    assert place is not None
    assert place.lat is not None
    assert place.lon is not None
    return box_around(place.lat, place.lon, KM)


def timed(ask: Callable[[int, str], None]) -> dict[str, float]:
    """Ask every designation once to warm up a little, then once more on the clock."""
    asked = designations()
    for place, text in enumerate(asked[: len(asked) // 4]):
        ask(place, text)
    walls, cpus = [], []
    for place, text in enumerate(asked):
        start, cpu = time.perf_counter(), time.process_time()
        ask(place, text)
        cpus.append(1000 * (time.process_time() - cpu))
        walls.append(1000 * (time.perf_counter() - start))
    (median, high), high_cpu = np.percentile(walls, [50, 95]), np.percentile(cpus, 95)
    return {
        "p50": float(median),
        "p95": float(high),
        "cpu": float(np.mean(cpus)),
        "cpu95": float(high_cpu),
        "rss": rss(),
    }


def alone(measure: Callable[[Path], dict[str, float]], path: Path) -> dict[str, float]:
    """Run a measure in a process of its own, on one core."""
    with multiprocessing.get_context("spawn").Pool(1, initializer=bind_to_one_core) as pool:
        return pool.apply(measure, (path,))


def bind_to_one_core() -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def row_of(name: str, found: dict[str, float]) -> list[str]:
    if "wall" in found:
        text = f"{name}: {found['lines']:.0f} lines, {found['needs']:.0f} needs"
        return [
            text,
            f"{found['wall']:.2f} s in all",
            "",
            f"{found['cpu']:.1f}",
            "",
            "",
            f"{found['rss']:.0f}",
        ]
    figures: Sequence[Any] = (found["p50"], found["p95"], found["cpu"], found["cpu95"])
    return [name, *(f"{value:.1f}" for value in figures), f"{found['disk']:.0f}", f"{found['rss']:.0f}"]


def disk(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def rss() -> float:
    """Return the peak of this process's own memory in MB (``getrusage`` would keep its parent's)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
