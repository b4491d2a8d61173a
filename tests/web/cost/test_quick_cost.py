"""The quick cost: seven figures, the library's own result, nothing kept, worded refusals."""

import pytest
from django.test import override_settings

from maillon.core.estimate import Estimate
from maillon.method.cost import CostAssumptions, QuickInputs, estimate_quick_cost
from maillon.web.cost.cases import Case, assumptions_of, compare_case, figures_of
from maillon.web.cost.forms.numbers import read_number
from maillon.web.journal.models import Event

pytestmark = pytest.mark.django_db
TYPED = {"price": "10", "currency": "EUR", "country": "CN", "annual_quantity": "2 000", "mass": "0,5"}


def test_a_case_costs_what_the_library_says():
    for local in (None, 11.0):
        case = Case(10.0, "EUR", "CN", 2000.0, mass=0.5, local_price=local)
        known = CostAssumptions(today=case.day)
        own = estimate_quick_cost(QuickInputs(10.0, "EUR", "CN", 2000.0, 0.5, None, local), known)
        found = compare_case(case)
        assert figures_of(found) == figures_of(own)
        assert [reason.code for reason in found.reasons] == [reason.code for reason in own.reasons]


def test_a_case_in_dollars_takes_the_rate_that_was_typed():
    case = Case(10.0, "USD", "CN", 2000.0, mass=0.5, rate=0.92)
    rate = Estimate(0.92, 0.92, 0.92, "EUR/USD", "entered by the user", case.day)
    own = estimate_quick_cost(
        QuickInputs(10.0, "USD", "CN", 2000.0, 0.5), CostAssumptions(rates={"USD": rate}, today=case.day)
    )
    assert compare_case(case).break_even == own.break_even


def test_an_assumption_of_one_side_leaves_the_other_alone():
    plain = compare_case(Case(10.0, "EUR", "CN", 2000.0, mass=0.5))
    dearer = compare_case(
        Case(10.0, "EUR", "CN", 2000.0, mass=0.5, assumed={"import": {"duty": (0.1, 0.1, 0.1)}})
    )
    assert dearer.imported.factors["duty"].mid == 0.1
    assert dearer.local.per_unit == plain.local.per_unit
    assert dearer.imported.per_unit.mid > plain.imported.per_unit.mid


def test_what_holds_for_both_is_replaced_on_both_sides():
    case = Case(10.0, "EUR", "CN", 2000.0, assumed={"both": {"life": (2.0, 3.0, 4.0)}})
    found = compare_case(case)
    assert {found.imported.factors["life"].mid, found.local.factors["life"].mid} == {3.0}
    assert assumptions_of(case).ranges["life"].unit == "year"


@pytest.mark.parametrize(
    ("text", "value"),
    [("12,5", 12.5), ("12.5", 12.5), ("1\u202f234,5", 1234.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5)],
)
def test_numbers_are_read_as_they_are_written(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["", "abc", "nan", "inf", "1_000", "1,2,3"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the sentence is the form's
        read_number(text)


def test_the_page_shows_the_verdict_and_keeps_nothing(signed_in, no_scope):
    page = signed_in("supplier").post("/cost/", TYPED)
    assert page.status_code == 200
    case = Case(10.0, "EUR", "CN", 2000.0, mass=0.5)
    share = compare_case(case).margin.mid
    assert page.context["told"].found.margin.mid == pytest.approx(share)
    assert "de plus" in page.content.decode()
    assert Event.objects.count() == 0


def test_the_page_speaks_english(signed_in):
    client = signed_in("supplier")
    client.cookies["language"] = "en"
    page = client.post("/cost/", TYPED)
    assert "A local source may cost" in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"price": "-1"}, "price"),
        ({"price": "0"}, "price"),
        ({"price": "dix"}, "price"),
        ({"annual_quantity": ""}, "annual_quantity"),
        ({"country": "FR"}, "country"),
        ({"currency": "USD"}, "rate"),
        ({"currency": "12$"}, "currency"),
        ({"mass": "1e99"}, "mass"),
        ({"cn": "abc"}, "cn"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_box(signed_in, changed, field):
    page = signed_in("owner").post("/cost/", TYPED | changed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "told" not in page.context


def test_a_fragment_is_only_the_bench(signed_in):
    page = signed_in("owner").post("/cost/", TYPED, headers={"HX-Request": "true"})
    text = page.content.decode()
    assert text.lstrip().startswith('<div class="stack" id="bench">')


@override_settings(LANGUAGE_CODE="fr")
def test_the_workbook_holds_the_same_total(signed_in, tmp_path):
    from openpyxl import load_workbook

    answer = signed_in("owner").post("/cost/workbook/", TYPED)
    assert answer["Content-Disposition"] == 'attachment; filename="cost.xlsx"'
    path = tmp_path / "cost.xlsx"
    path.write_bytes(answer.content)
    cells = {
        round(cell, 6)
        for row in load_workbook(path, data_only=True).worksheets[0].iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, float)
    }
    assert round(compare_case(Case(10.0, "EUR", "CN", 2000.0, mass=0.5)).imported.per_unit.mid, 6) in cells
