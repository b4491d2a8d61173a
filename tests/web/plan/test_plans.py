"""Plans of a project: the engine's own figures, amounts and names by right, conflicts and questions told."""

import json
from html import unescape

import pytest

from maillon.language import render
from maillon.method.plan.sourcing import plan_sourcing
from maillon.solve import Status
from maillon.web.cost.models import CostScenario
from maillon.web.intake.models import Line
from maillon.web.jobs.models import Cancelled, Job
from maillon.web.jobs.services.run import run_job
from maillon.web.plan.models import PlanScenario, WhyNotAnswer
from maillon.web.plan.stored import plan_from_json, plan_to_json, problem_from_json, rules_of
from maillon.web.plan.tasks import Watch

pytestmark = pytest.mark.django_db
NOBODYS = ("supplier", "startup", "other_owner", "adviser_without", "adviser_unconfirmed", "manager")


def url(project, scenario=None, tail=""):
    return f"/projects/{project.pk}/plan/" + ("" if scenario is None else f"{scenario.pk}/{tail}")


def test_the_plan_kept_is_the_one_of_the_engine(planned, no_scope):
    scenario = planned(local_target="50")
    assert scenario.job.state == Job.State.DONE
    problem = problem_from_json(scenario.problem)
    own = plan_sourcing(problem, rules_of(scenario.wishes), time_limit=10.0)
    kept = plan_from_json(scenario.outcome["plan"])
    assert kept.status is own.status is Status.OPTIMAL
    assert kept.objective == pytest.approx(own.objective)
    assert kept.local_share == pytest.approx(own.local_share)
    assert kept.local_share >= 0.5 - 1e-9
    assert scenario.outcome["wrong"] == []
    assert plan_to_json(kept) == scenario.outcome["plan"]
    assert scenario.summary["moved"] == len(set(kept.moves["part"]))


def test_the_page_shows_moves_by_quarter_with_reasons(planned, client, gears):
    scenario = planned(local_target="50")
    page = client.get(url(gears, scenario))
    told = page.context["told"]
    assert told.moved >= 2
    (quarter, moves), *_rest = told.quarters
    assert (quarter, moves[0].effective) == (1, 3)
    assert (moves[0].notice, moves[0].qualification) == (3.0, 6.0)
    assert moves[0].reasons
    text = page.content.decode()
    assert "TAILLAGE DU LION" in text
    assert "PIGNON CONIQUE" in text


def test_the_same_request_is_searched_once(planned, no_scope):
    first = planned(local_target="50")
    assert planned(local_target="50").pk == first.pk
    assert Job.objects.count() == 1
    assert planned(local_target="60").pk != first.pk


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"budget": "-1"}, "budget"),
        ({"budget": "mille"}, "budget"),
        ({"local_target": "101"}, "local_target"),
        ({"local_target": "-5"}, "local_target"),
        ({"co2_cap": "-1"}, "co2_cap"),
        ({"seconds": "9999"}, "seconds"),
        ({"points": "500"}, "points"),
    ],
)
def test_rules_that_make_no_sense_are_said_beside_their_box(signed_in, gears, asked, field, no_scope):
    page = signed_in("owner").post(url(gears), {"seconds": "10", "points": "0"} | asked)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert PlanScenario.objects.count() == 0


def test_rules_that_contradict_each_other_are_named_with_the_least_change(planned, client, gears):
    scenario = planned(local_target="100", budget="1")
    assert scenario.outcome["plan"]["status"] == Status.INFEASIBLE.value
    assert {one["code"] for one in scenario.outcome["conflict"]} == {
        "conflict_budget",
        "conflict_local_target",
    }
    text = client.get(url(gears, scenario)).content.decode()
    assert "le budget de 1" in text
    assert "objectif" in text


def test_trade_offs_are_a_slider_and_links(planned, client, gears):
    scenario = planned(points="5")
    page = client.get(url(gears, scenario))
    points = page.context["points"]
    assert len(points) >= 2
    assert [one.cost for one in points] == sorted(one.cost for one in points)
    assert 'type="range"' in page.content.decode()
    last = points[-1]
    chosen = client.get(url(gears, scenario) + f"?point={last.number}")
    assert chosen.context["told"].local_share == pytest.approx(last.local_share)
    fragment = client.get(url(gears, scenario) + f"?point={last.number}", headers={"HX-Request": "true"})
    assert fragment.content.decode().lstrip().startswith('<section class="stack" id="point"')
    for wrong in ("999", "-1", "x", "9" * 50):
        assert client.get(url(gears, scenario) + f"?point={wrong}").context["chosen"] is None


def test_a_line_to_keep_stays(planned, gears, no_scope):
    Line.objects.filter(version__project=gears, line=4).update(must_keep=True)
    scenario = planned(local_target="50")
    offers = scenario.problem["offers"]
    pairs = zip(offers["part"], offers["supplier"], strict=True)
    assert [supplier for part, supplier in pairs if part == "4"] == ["Beta CANARYOURS 4"]
    assert "4" not in {move["part"] for move in scenario.outcome["moves"]}


def test_a_scenario_of_a_cost_that_was_chosen_sets_the_local_price(planned, gears, territory, no_scope):
    plain = planned(local_target="50")
    CostScenario.objects.create(
        organisation=territory.firm, project=gears, line=1, name="devis", in_plan=True, figures={},
        case={
            "price": 50.0, "currency": "EUR", "country": "CN", "annual_quantity": 400.0, "local_price": 20.0,
            "today": "2026-11-23",
        },
    )  # fmt: skip
    quoted = planned(local_target="50")
    assert quoted.pk != plain.pk

    def cost(scenario):
        offers = scenario.problem["offers"]
        rows = zip(offers["part"], offers["supplier"], offers["annual_cost"], strict=True)
        return {(part, supplier): figure for part, supplier, figure in rows}

    before, after = cost(plain), cost(quoted)
    local = next(pair for pair in before if pair[0] == "1" and not pair[1].startswith("Beta"))
    assert after[local] < 0.5 * before[local]
    assert {pair: value for pair, value in after.items() if pair[0] != "1"} == pytest.approx(
        {pair: value for pair, value in before.items() if pair[0] != "1"}
    )


def test_why_not_is_answered_by_the_engine(planned, client, gears, no_scope):
    scenario = planned()
    offer = client.get(url(gears, scenario)).context["why_not"].fields["offer"].choices[0][0]
    asked = client.post(url(gears, scenario, "why-not/"), {"offer": offer})
    run_job(Job.objects.get(kind="plan_why_not").pk)
    assert asked.url == f"/jobs/{Job.objects.get(kind='plan_why_not').pk}/"
    answer = WhyNotAnswer.objects.get().answer
    assert answer["proven"] is True
    assert answer["reasons"][0]["code"].startswith("forced_")
    text = client.get(url(gears, scenario)).content.decode()
    first = client.get(url(gears, scenario)).context["answers"][0]
    assert first.found
    assert render(first.sentences[0], "fr") in unescape(text)


@pytest.mark.parametrize("offer", ["", "1|personne", "x"])
def test_an_offer_that_does_not_exist_is_refused(planned, client, gears, offer):
    scenario = planned()
    page = client.post(url(gears, scenario, "why-not/"), {"offer": offer})
    assert page.status_code == 422
    assert page.context["why_not"].errors


def test_without_prices_moves_and_shares_but_no_amount(planned, client, territory, gears):
    scenario = planned(local_target="50", points="5", budget="50000")
    amounts = {f"{round(move['saving'])}" for move in scenario.outcome["moves"]}
    client.force_login(territory.adviser)
    for address in (url(gears), url(gears, scenario), url(gears, scenario) + "?point=1"):
        text = client.get(address).content.decode()
        plain = text.replace("\u202f", "").replace("\xa0", "")
        assert "€" not in text
        assert "50000" not in plain
        assert not any(amount in plain for amount in amounts if len(amount) > 3)
    assert "TAILLAGE DU LION" in text


def test_without_prices_no_budget_can_be_probed(signed_in, gears, no_scope):
    client = signed_in("adviser")
    page = client.get(url(gears))
    assert {"budget", "risk_cap", "quarter_budget"} & set(page.context["form"].fields) == set()
    client.post(url(gears), {"seconds": "10", "points": "0", "budget": "1"})
    assert "budget" not in PlanScenario.objects.get().wishes


def test_without_lines_no_name(planned, client, territory, gears):
    scenario = planned(local_target="50")
    client.force_login(territory.member)
    for address in (url(gears), url(gears, scenario)):
        assert "CANARYOURS" not in client.get(address).content.decode()


@pytest.mark.parametrize("name", NOBODYS)
def test_others_find_nothing(planned, client, territory, gears, name):
    scenario = planned()
    client.force_login(territory[name])
    for address in (url(gears), url(gears, scenario), url(gears, scenario, "plan.json")):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("tail", ["plan.json", "plan.xlsx"])
def test_downloads_need_prices(planned, client, territory, gears, tail):
    scenario = planned(local_target="50", points="5")
    client.force_login(territory.adviser)
    assert client.get(url(gears, scenario, tail)).status_code == 404
    client.force_login(territory.adviser_prices)
    answer = client.get(url(gears, scenario, tail))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_json_holds_the_request_and_the_outcome(planned, client, gears):
    scenario = planned(local_target="50")
    document = json.loads(client.get(url(gears, scenario, "plan.json")).content)
    assert document["asked"]["local_target"] == 0.5
    assert document["outcome"] == scenario.outcome


def test_the_workbook_opens_and_holds_the_moves(planned, client, gears, tmp_path):
    from openpyxl import load_workbook

    scenario = planned(local_target="50", points="5")
    path = tmp_path / "plan.xlsx"
    path.write_bytes(client.get(url(gears, scenario, "plan.xlsx")).content)
    book = load_workbook(path)
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert any("PIGNON CONIQUE" in str(cell) for cell in cells)
    assert len(book.worksheets) == 2


@pytest.mark.parametrize("plans", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    planned, client, territory, gears, plans, django_assert_num_queries
):
    for target in range(plans):
        planned(local_target=str(10 * target))
    with django_assert_num_queries(8):
        client.get(url(gears))


def test_enough_keeps_the_best_so_far_and_a_cancelled_job_nothing(planned, gears, no_scope):
    scenario = planned()
    watch = Watch(scenario, lambda share: None)
    assert watch.stopped() is False
    PlanScenario.objects.update(stop_asked=True)
    watch.last = 0.0
    assert (watch.stopped(), watch.cancelled) == (True, False)

    def cancelled(share):
        raise Cancelled

    watch = Watch(scenario, cancelled)
    PlanScenario.objects.update(stop_asked=False)
    assert (watch.stopped(), watch.cancelled) == (True, True)


def test_a_search_can_be_stopped_cancelled_and_started_again(signed_in, gears, no_scope):
    client = signed_in("owner")
    client.post(url(gears), {"seconds": "10", "points": "0"})
    scenario = PlanScenario.objects.get()
    assert "En attente" in client.get(url(gears, scenario)).content.decode()
    client.post(url(gears, scenario, "stop/"))
    assert PlanScenario.objects.get().stop_asked is True
    client.post(url(gears, scenario, "cancel/"))
    assert Job.objects.get().state == Job.State.CANCELLED
    assert "Annulé" in client.get(url(gears, scenario)).content.decode()
    client.post(url(gears, scenario, "again/"))
    scenario.refresh_from_db()
    assert (Job.objects.get().state, scenario.stop_asked) == (Job.State.WAITING, False)


def test_without_a_register_the_failure_is_said(signed_in, gears, no_scope, tmp_path, monkeypatch):
    monkeypatch.setenv("MAILLON_HOME", str(tmp_path))
    client = signed_in("owner")
    client.post(url(gears), {"seconds": "10", "points": "0"})
    run_job(Job.objects.get().pk)
    page = client.get(url(gears, PlanScenario.objects.get()))
    assert Job.objects.get().state == Job.State.FAILED
    assert 'role="alert"' in page.content.decode()


def test_a_plan_is_named_and_removed(planned, client, gears, no_scope):
    scenario = planned()
    assert client.post(url(gears, scenario, "name/"), {"name": ""}).status_code == 422
    client.post(url(gears, scenario, "name/"), {"name": "Prudent"})
    assert "Prudent" in client.get(url(gears)).content.decode()
    client.post(url(gears, scenario, "remove/"))
    assert PlanScenario.objects.count() == 0


def test_pages_speak_english(planned, client, gears):
    scenario = planned(local_target="50")
    client.cookies["language"] = "en"
    assert "made in France" in client.get(url(gears, scenario)).content.decode()
