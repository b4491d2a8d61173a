"""Vendors resolved by Maillon, Splink 5 (DuckDB) and a plain comparison, on the same register and vendors.

Splink is given what it asks for: cleaned names on both sides, a comparison by Jaro-Winkler levels with term
frequencies, town and postcode, five blocking rules, u by random sampling and m by expectation maximisation
(Linacre et al. 2022). ``MAILLON_BENCH_ESTABLISHMENTS`` (100,000 written by default) and
``MAILLON_BENCH_VENDORS`` (2,000) set the sizes.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import duckdb
import polars as pl
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.resolve import HEADER, _judged, _ours, _plain, _register
from bench.vendors import HABITS, draw_vendors
from bench.vendors_ceiling import with_answerable
from maillon.reference.register import Register
from maillon.reference.register.names.cleaning import clean_names, clean_town

PEERS = ("splink", "rapidfuzz")
SIZE = int(os.environ.get("MAILLON_BENCH_ESTABLISHMENTS", "100000"))
VENDORS = int(os.environ.get("MAILLON_BENCH_VENDORS", "2000"))
_PEER_VENDORS = 500
_TAKEN = 0.95


def table() -> tuple[str, list[str], list[list[str]]]:
    """Resolve the same vendors three ways."""
    with tempfile.TemporaryDirectory() as place:
        register = _register(Path(place) / "own", SIZE, 1)
        strangers = _register(Path(place) / "other", SIZE // 4, 2)
        return compared(register, strangers)


def compared(register: Register, strangers: Register) -> tuple[str, list[str], list[list[str]]]:
    """Return the table for a register and another that the vendors of no register come from."""
    vendors = with_answerable(register, draw_vendors(register, strangers, VENDORS, 31, HABITS["judge"]))
    few = vendors.head(_PEER_VENDORS)
    rows = [_ours(register, vendors), _splink(register, vendors)]
    rows += [_ours(register, few, f"maillon, first {few.height}"), _plain(register, few)]
    load = os.getloadavg()[0]
    title = (
        f"{vendors.height:,} vendor names against {register.rows:,} establishments, 15% of them in no "
        f"register (right: the firm; load {load:.1f})"
    )
    return title, HEADER, rows


def _every_name(register: Register) -> pl.DataFrame:
    """Return one row a name of each establishment: usual, legal, acronym, signs."""
    place = ["siret", "commune_name", "postcode"]
    table = register.establishments([*place, "name", "legal_name", "acronym", "trade_names"])
    each = [table.select(*place, name=pl.col(column)) for column in ("name", "legal_name", "acronym")]
    signs = table.select(*place, name=pl.col("trade_names")).explode("name", empty_as_null=True)
    every = pl.concat([*each, signs]).drop_nulls("name").unique(maintain_order=True)
    return every.with_row_index("n").with_columns(pl.format("{}-{}", "siret", "n").alias("unique_id"))


def _records(frame: pl.DataFrame, town: str) -> pl.DataFrame:
    words = clean_names(frame["name"].to_list())
    return frame.select(
        "unique_id",
        pl.col("postcode").cast(pl.String),
        pl.Series("name", [" ".join(one) or None for one in words], dtype=pl.String),
        pl.Series("first", [one[0] if one else None for one in words], dtype=pl.String),
        pl.Series("last", [one[-1] if one else None for one in words], dtype=pl.String),
        pl.Series("town", [clean_town(name) or None for name in frame[town]], dtype=pl.String),
    ).with_columns(pl.col("name").str.head(4).alias("head"))


def _splink(register: Register, vendors: pl.DataFrame) -> list[str]:
    """Link the two tables; a vendor's candidates are its pairs by falling probability."""
    start = time.perf_counter()
    own = _every_name(register)
    left = _records(vendors.with_row_index("unique_id").cast({"unique_id": pl.String}), "city")
    right = _records(own, "commune_name")
    pairs = _predicted(left, right).sort("p", "unique_id_r", descending=[True, False])
    found = {int(key): part for (key,), part in pairs.partition_by("unique_id_l", as_dict=True).items()}
    sirens, taken, p = [], [], []
    for place in range(vendors.height):
        part = found.get(place)
        firms = [] if part is None else list(dict.fromkeys(s[:9] for s in part["unique_id_r"].to_list()))
        best = 0.0 if part is None else float(part["p"][0])
        sirens.append(firms[:20])
        p.append(best)
        taken.append(firms[0] if best >= _TAKEN else None)
    label = f"splink 5, p ≥ {_TAKEN}"
    return _judged(label, vendors, time.perf_counter() - start, sirens, taken, p)


def _predicted(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    name = cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True)
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[name, cl.ExactMatch("town"), cl.ExactMatch("postcode")],
        blocking_rules_to_generate_predictions=[
            block_on("name"), block_on("town", "head"), block_on("postcode"), block_on("town", "last"),
            block_on("first", "last"),
        ],
        probability_two_random_records_match=1 / max(right.height, 1),
    )  # fmt: skip
    database = DuckDBAPI(connection=duckdb.connect())
    tables = [
        database.register(frame.to_arrow(), dataset_display_name=place)
        for place, frame in (("vendors", left), ("register", right))
    ]
    linker = Linker(tables, settings, log_level=40)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("town"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))
    told = linker.inference.predict(threshold_match_probability=0.0001).as_record_list()
    rows = [(r["unique_id_l"], r["unique_id_r"], r["source_dataset_l"], r["match_probability"]) for r in told]
    turned = [(a, b, p) if source == "vendors" else (b, a, p) for a, b, source, p in rows]
    return pl.DataFrame(turned, schema=["unique_id_l", "unique_id_r", "p"], orient="row")
