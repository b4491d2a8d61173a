"""A small register with homonyms, a group, a shop sign and a closed establishment, and its index of names."""

import pytest

from factories.register import establishments_frame, siret_of, write_snapshot
from maillon.reference.register import open_register
from maillon.reference.register.names import build_names

PLACES = {
    "BELFORT": {"postcode": "90000", "commune": "90010", "commune_name": "BELFORT", "departement": "90"},
    "MONTBELIARD": {
        "postcode": "25200", "commune": "25388", "commune_name": "MONTBELIARD", "departement": "25",
    },
    "LYON": {"postcode": "69003", "commune": "69383", "commune_name": "LYON", "departement": "69"},
}  # fmt: skip
NAMES = {
    "gears": siret_of(1), "gears_lyon": siret_of(1, 2), "martin_belfort": siret_of(2),
    "martin_lyon": siret_of(3), "sign": siret_of(4), "closed": siret_of(5), "acronym": siret_of(6),
}  # fmt: skip


@pytest.fixture(scope="session")
def sirets():
    return NAMES


@pytest.fixture(scope="session")
def register(tmp_path_factory):
    n = NAMES
    fillers = [
        {"siret": siret_of(100 + i), "name": f"{trade} {place}", **PLACES[town]}
        for i, (trade, place, town) in enumerate(
            (trade, place, town)
            for trade in ("USINAGE", "MECANIQUE", "TRANSPORTS", "GARAGE", "OUTILLAGE")
            for place in ("DUPONT", "LEGRAND", "MOREL", "VIDAL", "COLIN", "BERGER")
            for town in PLACES
        )
    ]
    frame = establishments_frame(
        {"siret": n["gears"], "name": "ENGRENAGES DE LA SAVOUREUSE", **PLACES["BELFORT"]},
        {
            "siret": n["gears_lyon"], "name": "ENGRENAGES DE LA SAVOUREUSE", "head_office": False,
            **PLACES["LYON"],
        },
        {"siret": n["martin_belfort"], "name": "TOLERIE MARTIN", **PLACES["BELFORT"]},
        {"siret": n["martin_lyon"], "name": "TOLERIE MARTIN", **PLACES["LYON"]},
        {
            "siret": n["sign"], "name": "HOLDING PERRIN", "trade_names": ["VISSERIE EXPRESS"],
            **PLACES["MONTBELIARD"],
        },
        {"siret": n["closed"], "name": "FONDERIE DES TROIS LACS", "active": False, **PLACES["LYON"]},
        {
            "siret": n["acronym"], "name": "COMPAGNIE RHODANIENNE DE POLISSAGE", "acronym": "CRPX",
            **PLACES["LYON"],
        },
        *fillers,
    )  # fmt: skip
    folder = write_snapshot(tmp_path_factory.mktemp("vendors") / "register", frame)
    build_names(folder)
    return open_register(folder)
