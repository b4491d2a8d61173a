"""The costed imports of a project: the library's figures, who sees amounts, scenarios, refusals."""

import datetime as dt

import pytest
from django.utils import timezone

from maillon.pipeline.costing import cost_lines
from maillon.web.cost.cases import Case, compare_case, figures_of
from maillon.web.cost.models import CostLine, CostRun, CostScenario
from maillon.web.cost.queries.material import material_of
from maillon.web.jobs.models import Job
from maillon.web.jobs.services.run import run_job

pytestmark = pytest.mark.django_db
NOBODYS = ("supplier", "startup", "other_owner", "adviser_without", "adviser_unconfirmed", "manager")


def url(project, tail=""):
    return f"/projects/{project.pk}/cost/{tail}"


def test_the_job_writes_what_the_library_computes_on_the_cobot(signed_in, cobot, no_scope):
    asked = signed_in("owner").post(url(cobot, "run/"), {"per_year": "25"})
    job = Job.objects.get()
    assert asked.url == f"/jobs/{job.pk}/"
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result_url) == (Job.State.DONE, url(cobot))
    run = CostRun.objects.get()
    bom, diagnosis = material_of(run.version)
    own = cost_lines(bom, diagnosis, per_year=25.0, today=timezone.localdate())
    kept = list(CostLine.objects.filter(run=run))
    assert len(kept) == len(own.lines) > 10
    assert (run.left_out, run.products_per_year, run.products_assumed) == (own.left_out, None, False)
    for line, computed in zip(kept, own.lines, strict=True):
        assert line.line == computed.line
        assert line.figures == figures_of(computed.comparison)
        assert figures_of(compare_case(Case(**line.case))) == line.figures


def test_the_same_lines_are_costed_once_a_day(signed_in, cobot, no_scope):
    client = signed_in("owner")
    first = client.post(url(cobot, "run/"), {"per_year": "25"})
    assert client.post(url(cobot, "run/"), {"per_year": "25"}).url == first.url
    assert Job.objects.count() == 1


@pytest.mark.parametrize("per_year", ["-5", "0", "beaucoup"])
def test_a_senseless_number_of_products_is_said(signed_in, territory, costed, per_year, no_scope):
    page = signed_in("owner").post(url(territory.project, "run/"), {"per_year": per_year})
    assert page.status_code == 422
    assert list(page.context["run_form"].errors) == ["per_year"]
    assert Job.objects.count() == 0


def test_owner_sees_names_and_amounts(signed_in, territory, costed):
    text = signed_in("owner").get(url(territory.project)).content.decode()
    assert "carter aluminium 3 CANARYOURS" in text
    assert "€" in text


@pytest.mark.parametrize("name", ["adviser", "reader"])
def test_without_prices_there_is_no_amount(signed_in, territory, costed, name):
    client = signed_in(name)
    for tail in ("", "1/", "1/likely/", "?order=spend"):
        text = client.get(url(territory.project, tail)).content.decode()
        for amount in ("10,00", "30,00", "3 000", "1 000", "EUR"):
            assert amount not in text, (tail, amount)


def test_without_lines_there_is_no_name(signed_in, territory, costed):
    client = signed_in("member")
    for tail in ("", "1/", "1/likely/"):
        assert "CANARYOURS" not in client.get(url(territory.project, tail)).content.decode()


@pytest.mark.parametrize("name", NOBODYS)
def test_others_find_nothing(signed_in, territory, costed, name):
    client = signed_in(name)
    for tail in ("", "1/", "1/likely/", "1/cost.xlsx", "costs.json"):
        assert client.get(url(territory.project, tail)).status_code == 404


@pytest.mark.parametrize("tail", ["costs.json", "1/cost.xlsx"])
def test_what_holds_amounts_needs_the_right_to_prices(signed_in, territory, costed, tail):
    assert signed_in("adviser").get(url(territory.project, tail)).status_code == 404
    assert signed_in("adviser_prices").get(url(territory.project, tail)).status_code == 200


def test_the_order_by_spend_needs_prices(signed_in, territory, costed):
    assert signed_in("adviser").get(url(territory.project, "?order=spend")).context["order"] == "line"
    page = signed_in("owner").get(url(territory.project, "?order=spend"))
    assert [line.line for line in page.context["lines"]] == [3, 1]


@pytest.mark.parametrize("lines", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    signed_in, territory, costed, lines, django_assert_num_queries, no_scope
):
    first = CostLine.objects.filter(run=costed).first()
    CostLine.objects.filter(run=costed).exclude(pk=first.pk).delete()
    for number in range(1, lines):
        first.pk, first.id, first.line = None, None, 100 + number
        first._state.adding = True
        first.save(force_insert=True)
    client = signed_in("owner")
    with django_assert_num_queries(7):
        assert client.get(url(territory.project)).status_code == 200


def test_typed_figures_are_computed_and_not_kept(signed_in, territory, costed, no_scope):
    typed = {"price": "10", "currency": "EUR", "country": "CN", "annual_quantity": "100", "local_price": "9"}
    page = signed_in("owner").post(url(territory.project, "1/"), typed)
    assert page.status_code == 200
    assert page.context["told"].found.local_price_known is True
    assert CostScenario.objects.count() == 0


def test_an_assumption_that_is_typed_counts_and_comes_back(signed_in, territory, costed, no_scope):
    client = signed_in("owner")
    typed = {
        "price": "10", "currency": "EUR", "country": "CN", "annual_quantity": "100", "local_price": "9",
        "import-duty-low": "0,1", "import-duty-mid": "0,1", "import-duty-high": "0,2",
        "name": "Droits relevés", "keep": "1",
    }  # fmt: skip
    answer = client.post(url(territory.project, "1/"), typed)
    scenario = CostScenario.objects.get()
    assert answer.url == f"{url(territory.project, '1/')}?scenario={scenario.pk}"
    assert scenario.case["assumed"] == {"import": {"duty": [0.1, 0.1, 0.2]}}
    page = client.get(answer.url)
    assert page.context["told"].found.imported.factors["duty"].mid == 0.1
    row = next(row for row in page.context["table"].rows["import"] if row.name == "duty")
    assert (row.low, row.high, row.changed) == ("0,1", "0,2", True)
    emptied = typed | {f"import-duty-{bound}": "" for bound in ("low", "mid", "high")}
    back = client.post(f"{url(territory.project, '1/')}?scenario={scenario.pk}", emptied)
    assert CostScenario.objects.get().case["assumed"] == {}
    assert back.status_code == 302


@pytest.mark.parametrize("texts", [("0,3", "0,2", "0,1"), ("a", "b", "c"), ("-1", "0", "1"), ("0,1", "", "")])
def test_a_range_that_is_none_is_said_in_its_row(signed_in, territory, costed, texts):
    typed = {"price": "10", "currency": "EUR", "country": "CN", "annual_quantity": "100"}
    typed |= dict(zip(("import-duty-low", "import-duty-mid", "import-duty-high"), texts, strict=True))
    page = signed_in("owner").post(url(territory.project, "1/"), typed)
    assert page.status_code == 422
    assert page.context["table"].wrong == 1
    assert "told" not in page.context


def test_a_refusal_of_the_engine_is_said_in_words(signed_in, territory, costed):
    typed = {"price": "10", "currency": "EUR", "country": "CN", "annual_quantity": "100"}
    typed |= {"both-service_level-low": "0,1", "both-service_level-mid": "0,2"}
    typed |= {"both-service_level-high": "0,3"}
    page = signed_in("owner").post(url(territory.project, "1/"), typed)
    assert page.status_code == 422
    assert "Un taux de service" in page.content.decode()


@pytest.mark.parametrize("name", ["adviser", "member", "reader"])
def test_who_may_not_see_prices_cannot_type_them(signed_in, territory, costed, name):
    typed = {"price": "10", "currency": "EUR", "country": "CN", "annual_quantity": "100"}
    assert signed_in(name).post(url(territory.project, "1/"), typed).status_code == 404


def test_a_scenario_is_chosen_for_the_plan_one_at_a_time_and_removed(signed_in, territory, costed, no_scope):
    client = signed_in("buyer")
    typed = {"price": "10", "currency": "EUR", "country": "CN", "annual_quantity": "100", "local_price": "9"}
    for name in ("A", "B"):
        client.post(url(territory.project, "1/"), typed | {"name": name, "keep": "1"})
    one, two = CostScenario.objects.order_by("name")
    for scenario in (one, two):
        client.post(url(territory.project, f"scenarios/{scenario.pk}/choose/"))
    assert list(CostScenario.objects.filter(in_plan=True)) == [two]
    again = typed | {"name": "A", "keep": "1"}
    kept = client.post(url(territory.project, "1/"), again, headers={"HX-Request": "true"})
    assert kept["HX-Redirect"] == f"{url(territory.project, '1/')}?scenario={one.pk}"
    client.post(url(territory.project, f"scenarios/{two.pk}/remove/"))
    assert list(CostScenario.objects.all()) == [one]


def test_a_scenario_of_another_firm_cannot_be_reached(signed_in, territory, costed, no_scope):
    theirs = CostScenario.objects.create(
        organisation=territory.other, project=territory.other_project, line=1, name="x", case={}, figures={}
    )
    client = signed_in("owner")
    for address in (url(territory.project), url(territory.other_project)):
        assert client.post(f"{address}scenarios/{theirs.pk}/remove/").status_code == 404
    assert CostScenario.objects.count() == 1


def test_an_edit_makes_the_costs_stale(signed_in, territory, costed, no_scope):
    client = signed_in("owner")
    assert client.get(url(territory.project)).context["stale"] is False
    costed.version.revision += 1
    costed.version.save()
    assert client.get(url(territory.project)).context["stale"] is True


def test_pages_speak_english(signed_in, territory, costed):
    client = signed_in("owner")
    client.cookies["language"] = "en"
    assert "Which imports cost more than their price?" in client.get(url(territory.project)).content.decode()


def test_the_day_of_the_run_dates_its_figures(costed):
    assert costed.today == dt.date(2026, 11, 23)


def test_computing_asks_for_no_name(signed_in, territory, costed):
    page = signed_in("owner").get(url(territory.project, "1/"))
    assert "required" not in str(page.context["named"]["name"])
