"""A small invented region with one firm for each thing that a search must tell apart."""

import datetime as dt

import pytest

from factories.register import capabilities_frame, establishments_frame, siret_of, write_snapshot
from maillon.core.place import Place
from maillon.reference.register import open_register
from maillon.reference.register.index import build_index

BELFORT = Place("FR", "27", "90", "90010", 47.6379, 6.8629)
SIRET = {
    name: siret_of(10_000_000 + place)
    for place, name in enumerate(
        (
            "proven", "likely", "trader", "far", "small-size", "big-lots", "masked", "insolvent", "own",
            "excluded", "lists-steel", "unrelated", "closed", "famous",
        )
    )
}  # fmt: skip
FAR = {"lat": 45.76, "lon": 4.84, "commune": "69123", "departement": "69", "region": "84"}


def firms():
    plain = {"naf": "25.62B"}
    special = {
        "proven": {},
        "likely": {},
        "trader": {"naf": "46.69B", "name": "NEGOCE DE FRAISAGE"},
        "far": FAR,
        "masked": {"masked": True, "name": None},
        "insolvent": {"insolvency": dt.date(2026, 3, 1)},
        "unrelated": {"naf": "10.71C", "name": "BOULANGERIE DU COIN"},
        "closed": {"active": False},
    }
    return establishments_frame(
        *(
            {"siret": siret, "name": name.upper(), **plain, **special.get(name, {})}
            for name, siret in SIRET.items()
        )
    )


def told():
    milling = ("proven", "far", "small-size", "big-lots", "insolvent", "own", "excluded", "closed")
    rows = [
        {"siret": SIRET[name], "kind": "process", "code": "milling", "text": "fraisage"} for name in milling
    ]
    rows += [
        {"siret": SIRET["proven"], "kind": "material", "code": "aluminium"},
        {"siret": SIRET["proven"], "kind": "certificate", "code": "iso-9001"},
        {"siret": SIRET["lists-steel"], "kind": "material", "code": "steel"},
        {"siret": SIRET["proven"], "kind": "size", "high": 900.0, "unit": "mm"},
        {"siret": SIRET["small-size"], "kind": "size", "high": 100.0, "unit": "mm"},
        {"siret": SIRET["big-lots"], "kind": "lot", "low": 1000.0, "ideal": 5000.0, "high": 20000.0},
        {"siret": SIRET["own"], "kind": "role", "code": "own-supplier", "source": "list"},
        {"siret": SIRET["excluded"], "kind": "role", "code": "excluded", "source": "list"},
        {"siret": SIRET["famous"], "kind": "role", "code": "maker", "source": "list"},
    ]
    return capabilities_frame(*rows)


@pytest.fixture(scope="session")
def register(tmp_path_factory):
    folder = write_snapshot(tmp_path_factory.mktemp("suppliers"), firms(), told())
    build_index(folder)
    return open_register(folder)
