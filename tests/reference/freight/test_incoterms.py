"""The eleven rules."""

import pytest

from maillon.core.errors import InvalidRequest
from maillon.reference.freight.incoterms import INCOTERMS, Party, Step, risk_passes_after, who_pays


def sold(rule):
    return {step for step, party in who_pays(rule).items() if party is Party.SELLER}


def test_there_are_eleven_rules_of_eleven_steps():
    assert len(INCOTERMS) == 11
    assert all(list(who_pays(rule)) == list(Step) for rule in INCOTERMS)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("EXW", "FCA"),
        ("FAS", "FOB"),
        ("FOB", "CFR"),
        ("CFR", "CIF"),
        ("CPT", "CIP"),
        ("DAP", "DPU"),
        ("DAP", "DDP"),
    ],
)
def test_the_seller_pays_more_along_each_family(narrow, wide):
    assert sold(narrow) < sold(wide)


def test_only_ddp_pays_duty_only_dpu_unloads_only_exw_leaves_export_to_the_buyer():
    def payers(step):
        return [rule for rule in INCOTERMS if step in sold(rule)]

    assert payers(Step.IMPORT_CLEARANCE_AND_DUTY) == ["DDP"]
    assert payers(Step.UNLOADING) == ["DPU"]
    assert set(INCOTERMS) - set(payers(Step.EXPORT_CLEARANCE)) == {"EXW"}
    assert "CIF" in payers(Step.INSURANCE)
    assert "CFR" not in payers(Step.INSURANCE)


def test_under_c_rules_risk_passes_before_the_carriage_that_the_seller_pays():
    order = list(Step)
    for rule in ("CFR", "CIF", "CPT", "CIP"):
        assert Step.MAIN_CARRIAGE in sold(rule)
        assert order.index(risk_passes_after(rule)) < order.index(Step.MAIN_CARRIAGE)
    assert order.index(risk_passes_after("DAP")) > order.index(Step.MAIN_CARRIAGE)


def test_a_withdrawn_rule_is_refused_by_name():
    with pytest.raises(InvalidRequest, match="DAT is not a rule of Incoterms 2020"):
        who_pays("DAT")
