"""A register of a dozen firms in two départements, whose right answers can be counted by hand."""

import sys
from pathlib import Path

import polars as pl
import pytest

from maillon.reference.register.schema import CAPABILITIES, ESTABLISHMENTS

sys.path.append(str(Path(__file__).parents[2]))  # the benchmarks are no installed package

#: siren, NAF, département, name, what a source says of it, what it really makes.
FIRMS = [
    ("100000009", "25.62B", "25", "MECA DOUBS", "usinage, fraisage 5 axes", ["milling", "turning"]),
    ("200000008", "25.61Z", "25", "ZINC DOUBS", "zingage et anodisation", ["zinc-plating", "anodising"]),
    ("300000007", "25.93Z", "25", "RESSORTS COMTOIS", "ressorts de compression", ["spring-coiling"]),
    ("400000006", "46.74A", "25", "RESSORTS DISTRIBUTION", "ressorts et vis en stock", ["spring-coiling"]),
    ("500000005", "22.29A", "25", "PLASTI DOUBS", None, ["injection-moulding"]),
    ("600000004", "25.62B", "90", "USINAGE BELFORT", None, ["turning"]),
    ("700000003", "25.93Z", "90", "FIL BELFORT", "cambrage de fil", ["wire-forming"]),
    ("800000002", "25.62B", "90", "CLOSED", "fraisage", ["milling"]),
]  # fmt: skip


def empty(schema, rows):
    full = [dict.fromkeys(schema) | row for row in rows]
    return pl.DataFrame(full, schema=schema, orient="row")


@pytest.fixture
def establishments():
    rows = [
        {"siret": siren + "00017", "siren": siren, "naf": naf, "departement": place, "name": name,
         "active": name != "CLOSED", "masked": False, "region": "27"}
        for siren, naf, place, name, _, _ in FIRMS
    ]  # fmt: skip
    return empty(ESTABLISHMENTS, rows)


@pytest.fixture
def capabilities():
    rows = [
        {"siret": siren + "00017", "source": "members", "kind": "description", "text": text}
        for siren, _, _, _, text, _ in FIRMS
        if text
    ]
    return empty(CAPABILITIES, rows)


@pytest.fixture
def truth(tmp_path):
    rows = [
        {
            "siret": siren + "00017",
            "processes": made,
            "role": "distributor" if naf.startswith("46") else "maker",
        }
        for siren, naf, _, _, _, made in FIRMS
    ]
    path = tmp_path / "truth.parquet"
    pl.DataFrame(rows).write_parquet(path)
    return path


@pytest.fixture
def one_part(monkeypatch):
    """Every firm on the side of the test, so that counts do not depend on a hash."""
    import bench.search.corpus

    monkeypatch.setattr(bench.search.corpus, "part_of", lambda siren: "test")


@pytest.fixture
def need():
    from bench.search.labelled_set import Labelled

    def make(designation, *processes, noun="x", naf=("25.93",)):
        return Labelled("q1", designation, noun, "fr", "springs", processes, naf, ("7320",), "springs")

    return make
