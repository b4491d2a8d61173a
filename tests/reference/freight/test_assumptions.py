"""Default assumptions: scopes, every factor a labelled range, files of users."""

import pytest

from maillon.core.errors import InvalidRequest, MissingData, RefusedFile
from maillon.reference.freight.assumptions import Mode, load_assumptions, write_assumptions

FACTORS = [
    "fob_price",
    "packaging",
    "duty",
    "anti_dumping",
    "cbam",
    "fees_rate",
    "fees_flat",
    "freight",
    "air_freight_routine",
    "insurance",
    "prototype",
    "tooling",
    "eol_stock",
    "travel_startup",
    "travel_audit",
    "handling",
    "payment_terms",
    "wacc",
    "carrying_rate",
    "lead_time_days",
    "lead_time_deviation_days",
    "defect_rate",
    "defect_cost_factor",
    "liability",
    "ip_risk",
    "stockout",
    "emergency_air",
    "supplier_stability",
    "political_instability",
    "disruption_probability",
    "disruption_duration_days",
    "innovation_distance",
    "customer_response",
    "brand",
    "wage_drift",
    "currency_drift",
    "currency_volatility",
]


@pytest.mark.parametrize("country", [None, "FR", "DE", "CN", "BR"])
@pytest.mark.parametrize("mode", [None, *Mode])
def test_every_factor_has_a_sourced_range_wherever_it_comes_from(country, mode):
    found = load_assumptions(country, mode)
    assert set(FACTORS) <= set(found)
    assert all(estimate.source and estimate.unit for estimate in found.values())


def test_the_nearer_scope_wins():
    assert load_assumptions("CN", "sea")["transit_days"].low == 28
    assert load_assumptions("VN", "sea")["transit_days"].low == 20
    assert load_assumptions("TR", "road")["duty"].mid == 0 < load_assumptions("IN", "sea")["duty"].mid
    assert load_assumptions("DE", "road")["duty"].high == 0


def test_a_written_file_reads_back_the_same_and_is_never_overwritten(tmp_path):
    path = tmp_path / "mine.toml"
    write_assumptions(path)
    assert load_assumptions("CN", "sea", path) == load_assumptions("CN", "sea")
    with pytest.raises(InvalidRequest, match="exists already"):
        write_assumptions(path)


def test_a_users_file_replaces_what_it_says_and_only_that(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[country.CN]\nwacc = {low = 0.1, mid = 0.11, high = 0.12, unit = "1/year", source = "our bank", '
        "date = 2026-10-01}\n"
    )
    found = load_assumptions("CN", "sea", path)
    assert (found["wacc"].mid, found["wacc"].source) == (0.11, "our bank")
    assert found["insurance"] == load_assumptions("CN", "sea")["insurance"]
    assert load_assumptions("VN", "sea", path) == load_assumptions("VN", "sea")


@pytest.mark.parametrize(
    "bad",
    [
        '[all]\nwacc = {low = 0.2, mid = 0.1, high = 0.3, unit = "x", source = "s", date = 2026-01-01}',
        '[all]\nlead_time_days = {low = -1, mid = 1, high = 3, unit = "d", source = "s", date = 2026-01-01}',
        '[all]\nwac = {low = 0.1, mid = 0.1, high = 0.3, unit = "x", source = "s", date = 2026-01-01}',
        "[all]\nwacc = 0.1",
    ],
)
def test_an_assumption_that_is_no_range_is_named(tmp_path, bad):
    path = tmp_path / "bad.toml"
    path.write_text(bad)
    with pytest.raises(InvalidRequest, match=r"all\.\w+ of .*bad\.toml is not a usable assumption"):
        load_assumptions(None, None, path)


def test_a_file_absent_or_not_toml_and_words_that_do_not_exist(tmp_path):
    (tmp_path / "x.toml").write_text("[[[")
    with pytest.raises(RefusedFile, match="not a TOML file"):
        load_assumptions(None, None, tmp_path / "x.toml")
    with pytest.raises(MissingData, match="cannot be read"):
        load_assumptions(None, None, tmp_path / "absent.toml")
    with pytest.raises(InvalidRequest, match="is not a mode of transport"):
        load_assumptions("CN", "zeppelin")
    with pytest.raises(InvalidRequest, match="not the code of a country"):
        load_assumptions("QQ", "sea")
