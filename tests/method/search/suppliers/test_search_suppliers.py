import datetime as dt
import math

import pytest

from maillon.core.errors import InvalidRequest, MissingData
from maillon.method.search import Filters, Need, read_need, search_suppliers
from maillon.method.search.designation import Share
from maillon.method.search.suppliers.profile import standard_profile
from method.search.suppliers.conftest import BELFORT, SIRET

PART = Need("bloc", words=(("bloc", 1.0),), processes=(Share("milling", 0.8),), material="aluminium")


def search(register, need=PART, km=80.0, **conditions):
    limit = conditions.pop("limit", 50)
    return search_suppliers(register, need, BELFORT, km, filters=Filters(**conditions), limit=limit)


def names(candidates):
    known = {siret: name for name, siret in SIRET.items()}
    return [known[candidate.siret] for candidate in candidates]


def points(candidate):
    return {reason.code.removeprefix("supplier-"): reason.weight for reason in candidate.reasons}


def test_makers_with_evidence_stand_above_near_unknowns(register):
    found = search(register).candidates
    assert names(found)[0] == "proven"
    shown = [candidate.has_evidence for candidate in found]
    assert shown == sorted(shown, reverse=True)
    assert set(names(found)) == set(SIRET) - {"trader", "far", "excluded", "unrelated", "closed"}


def test_points_are_weight_times_x_and_sum_to_the_score(register):
    weights, shapes = standard_profile().weights, standard_profile().shapes
    best = search(register).candidates[0]
    told = points(best)
    assert told["process"] == weights["process"]
    assert told["material"] == weights["material"]
    assert told["distance"] == weights["distance"]  # at the door
    assert told["activity"] == round(
        weights["activity"]
        * math.log1p(math.expm1(shapes["activity_steepness"]) * _rank("milling", "25.62B"))
        / shapes["activity_steepness"],
        3,
    )
    assert told["headcount"] == round(weights["headcount"] * 0.5, 3)
    for candidate in search(register).candidates:
        assert math.fsum(points(candidate).values()) == pytest.approx(candidate.score, abs=1e-12)


def _rank(process, naf):
    from maillon.reference.classifications.processes import find_process

    return standard_profile().ranks[find_process(process).naf.index(naf)]


def test_what_is_not_known_adds_nothing_and_is_listed(register):
    likely = next(c for c in search(register).candidates if c.siret == SIRET["likely"])
    assert set(likely.unknown) >= {"process", "material", "maker"}
    assert not set(likely.unknown) & set(points(likely))
    gains = {gain.code: gain.weight for gain in likely.would_raise}
    assert gains["supplier-process-missing"] == standard_profile().weights["process"]
    assert [gain.weight for gain in likely.would_raise] == sorted(gains.values(), reverse=True)


def test_a_firm_that_lists_other_materials_loses_points(register):
    found = {c.siret: points(c) for c in search(register).candidates}
    assert found[SIRET["lists-steel"]]["material"] == -standard_profile().weights["material"]
    assert "material" not in found[SIRET["likely"]]


def test_a_trader_is_never_a_maker_and_only_shown_when_asked(register):
    hidden = search(register, read_need("fraisage"))
    assert SIRET["trader"] not in {c.siret for c in hidden.candidates}
    assert {one.condition: one.firms for one in hidden.removed}["trader"] == 1
    shown = {c.siret: c for c in search(register, read_need("fraisage"), traders=True).candidates}
    trader = shown[SIRET["trader"]]
    assert trader.trader
    assert points(trader)["maker"] == -standard_profile().weights["maker"]


def test_known_makers_gain(register):
    found = {c.siret: c for c in search(register).candidates}
    assert points(found[SIRET["famous"]])["maker"] == standard_profile().weights["maker"]
    assert found[SIRET["famous"]].score > found[SIRET["likely"]].score


def test_lists_masks_and_insolvency(register):
    found = {c.siret: c for c in search(register).candidates}
    assert SIRET["excluded"] not in found
    assert found[SIRET["own"]].own_supplier
    assert not found[SIRET["proven"]].own_supplier
    assert found[SIRET["masked"]].masked
    assert found[SIRET["masked"]].name is None
    assert found[SIRET["insolvent"]].insolvency == dt.date(2026, 3, 1)
    assert found[SIRET["insolvent"]].score == found[SIRET["own"]].score


@pytest.mark.parametrize("number", [SIRET["proven"], SIRET["proven"][:9]])
def test_excluded_numbers_never_appear_and_are_counted(register, number):
    result = search(register, excluded=frozenset({number}))
    shown = {c.siret for c in result.candidates} | {n.candidate.siret for n in result.near_matches}
    assert SIRET["proven"] not in shown
    assert {one.condition: one.firms for one in result.removed}["excluded"] == 2


def test_the_territory_removes_counts_and_leaves_near_matches(register):
    here = {one.condition: one.firms for one in search(register).removed}
    assert here["territory"] == 1
    wide = search(register, km=400.0)
    lyon = next(c for c in wide.candidates if c.siret == SIRET["far"])
    assert lyon.distance_km == pytest.approx(258.8, abs=1.0)
    assert points(lyon)["distance"] == pytest.approx(1 / (1 + lyon.distance_km / 60.0), abs=5e-4)
    close = search(register, km=200.0)
    assert {n.candidate.siret: n.missing.code for n in close.near_matches}[
        SIRET["far"]
    ] == "missing-territory"
    assert search(register, departements=frozenset({"69"}), km=None).candidates[0].siret == SIRET["far"]


def test_a_certificate_asked_for_removes_and_is_named(register):
    result = search(register, certificates=("iso-9001",))
    assert names(result.candidates) == ["proven"]
    missing = {
        n.missing.params["certificate"]
        for n in result.near_matches
        if n.missing.code == "missing-certificate"
    }
    assert missing == {"iso-9001"}


def test_limits_that_a_firm_states_are_honoured(register):
    need = Need("bloc", processes=(Share("milling", 1.0),), length=300.0, lot=20.0)
    result = search(register, need)
    found = {c.siret: points(c) for c in result.candidates}
    assert found[SIRET["proven"]]["size"] == standard_profile().weights["size"]
    missing = {n.candidate.siret: n.missing for n in result.near_matches}
    assert missing[SIRET["small-size"]].params == {"wanted": 300.0, "low": None, "ideal": None, "high": 100.0}
    assert missing[SIRET["big-lots"]].code == "missing-lot"
    fitting = search(register, Need("bloc", processes=(Share("milling", 1.0),), lot=5000.0))
    assert points(next(c for c in fitting.candidates if c.siret == SIRET["big-lots"]))["lot"] == 0.6


def test_ties_break_by_siret(register):
    found = [(c.score, c.siret) for c in search(register).candidates]
    assert found == sorted(found, key=lambda pair: (-pair[0], pair[1]))
    assert len({score for score, _ in found}) < len(found)


def test_a_limit_keeps_the_best(register):
    assert search(register, limit=3).candidates == search(register).candidates[:3]
    assert search(register, limit=3).found == search(register).found


def test_nobody_is_a_gap_with_its_reasons(register):
    nothing = search(register, "zzyzx")
    assert [reason.code for reason in nothing.gap.reasons] == ["gap-not-understood", "gap-nobody"]
    filtered = search(register, headcount=10_000)
    assert filtered.candidates == ()
    reasons = [(r.params.get("condition"), r.params.get("firms")) for r in filtered.gap.reasons]
    assert reasons[0] == ("headcount", filtered.linked - 1)
    assert reasons[-1] == (None, len(filtered.near_matches))
    assert search(register).gap is None


def test_age_and_activity_remove(register):
    assert search(register, naf=("25.62A",)).found == 0
    assert search(register, naf=("25",)).found == search(register).found
    today = dt.date(2026, 11, 1)
    assert search(register, years=25.4, today=today).found == search(register).found
    assert search(register, years=25.5, today=today).found == 0


@pytest.mark.parametrize(
    ("need", "km", "conditions"),
    [
        ("", 80.0, {}),
        ("vis", -1.0, {}),
        ("vis", math.nan, {}),
        ("vis", 80.0, {"naf": ("99.99",)}),
        ("vis", 80.0, {"departements": frozenset({"99"})}),
    ],
)
def test_senseless_requests_are_refused(register, need, km, conditions):
    with pytest.raises(InvalidRequest):
        search(register, need, km, **conditions)


def test_a_distance_needs_a_place(register):
    with pytest.raises(InvalidRequest, match="place to start"):
        search_suppliers(register, "vis", None, 50.0)


def test_a_register_without_index_says_what_to_do(tmp_path):
    from factories.register import establishments_frame, write_snapshot
    from maillon.reference.register import open_register

    with pytest.raises(MissingData, match="register build"):
        search_suppliers(open_register(write_snapshot(tmp_path, establishments_frame({}))), "vis")
