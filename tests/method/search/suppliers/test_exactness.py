"""A search of slices and lists gives what scoring every firm one by one, in plain Python, gives."""

import math
import random

import numpy as np
import pytest

from factories.register import capabilities_frame, establishments_frame, siret_of, write_snapshot
from maillon.method.search import Filters, Need, search_suppliers
from maillon.method.search.designation import Share
from maillon.method.search.suppliers.profile import standard_profile
from maillon.method.search.suppliers.search import searcher_of
from maillon.reference.classifications.processes import find_process
from maillon.reference.places import distance_km
from maillon.reference.register import open_register
from maillon.reference.register.index import build_index
from method.search.suppliers.conftest import BELFORT

NAF = ("25.62A", "25.62B", "25.50A", "24.51Z", "28.15Z", "46.69B", "10.71C", None)
PROCESSES = ("turning", "milling", "gear-cutting", "grinding")
FIRMS = 400


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    random_ = random.Random(20261123)  # noqa: S311 - invents firms, hides nothing
    firms, told = [], []
    for place in range(FIRMS):
        siret = siret_of(10_000_000 + place)
        low = random_.choice((None, 0, 3, 20, 100))
        firms.append(
            {
                "siret": siret,
                "name": f"FIRME {place}",
                "naf": random_.choice(NAF),
                "lat": random_.uniform(46.5, 48.5),
                "lon": random_.uniform(5.0, 8.0),
                "headcount_low": low,
                "headcount_high": low and low + 5,
            }
        )
        told += [
            {"siret": siret, "kind": "process", "code": code, "text": code}
            for code in random_.sample(PROCESSES, random_.choice((0, 0, 1, 2)))
        ]
    folder = write_snapshot(
        tmp_path_factory.mktemp("region"), establishments_frame(*firms), capabilities_frame(*told)
    )
    build_index(folder)
    return open_register(folder), firms, told


def score(need, firm, shown, text):
    """Score one firm from the formula; None where nothing links it to the need."""
    profile = standard_profile()
    total = sum(share.probability for share in need.processes)
    evidence = sum(s.probability / total for s in need.processes if s.code in shown)
    activity = sum(s.probability / total * link(profile, s.code, firm["naf"] or "") for s in need.processes)
    if not evidence and not activity and not text:
        return None
    km = distance_km(BELFORT.lat, BELFORT.lon, np.float32(firm["lat"]), np.float32(firm["lon"]))
    xs = {
        "process": saturate(evidence, profile.shapes["process_steepness"]),
        "text": text / (text + profile.shapes["text_half"]),
        "activity": saturate(activity, profile.shapes["activity_steepness"]),
        "distance": 1 / (1 + km / profile.shapes["distance_half_km"]),
        "headcount": 0.0
        if firm["headcount_low"] is None
        else max((low, x) for low, x in profile.bands if low <= firm["headcount_low"])[1],
    }
    terms = sum(round(profile.weights[name] * x, 3) for name, x in xs.items())
    return profile.weights["bias"] + terms, km


def link(profile, process, naf):
    best = 0.0
    for place, code in enumerate(find_process(process).naf):
        rank = profile.ranks[min(place, len(profile.ranks) - 1)]
        if naf == code:
            return max(best, rank)
        if naf[:5] == code[:5]:
            best = max(best, rank * profile.same_class)
    return best


def saturate(share, steepness):
    return math.log1p(math.expm1(steepness) * share) / steepness


@pytest.mark.parametrize("km", [30.0, 70.0, 140.0])
@pytest.mark.parametrize(
    "shares", [{"gear-cutting": 0.9}, {"turning": 0.5, "milling": 0.3, "grinding": 0.1}, {"milling": 1.0}]
)
def test_the_search_gives_what_scoring_every_firm_gives(region, km, shares):
    register, firms, told = region
    need = Need("x", (("gear", 1.0), ("turning", 0.5)), tuple(Share(*pair) for pair in shares.items()))
    shown = {}
    for row in told:
        shown.setdefault(row["siret"], set()).add(row["code"])
    index = searcher_of(register).index
    hits = index.text.find(dict(need.words), limit=FIRMS)
    text = dict(zip((int(index.columns.siret[row]) for row in hits.rows), hits.scores.tolist(), strict=True))
    expected = {}
    for firm in firms:
        siret, trades = firm["siret"], (firm["naf"] or "").startswith("46")
        found = score(need, firm, shown.get(siret, set()), text.get(int(siret), 0.0))
        if found and found[1] <= km and not trades:
            expected[siret] = found[0]
    result = search_suppliers(register, need, BELFORT, km, filters=Filters(), limit=FIRMS)
    assert {c.siret: c.score for c in result.candidates} == pytest.approx(expected, abs=0.0021)
    assert result.found == len(expected) > 5
