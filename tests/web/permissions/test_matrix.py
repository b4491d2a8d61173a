"""The permission matrix: every route, every method, every person, our firm's objects and another's.

The rows are the TOML files beside this one; a route without a row fails. ``params`` name objects of the
territory (a text after ``=`` is itself); those of the other firm have the same name after ``other_``, and
``other`` names who may find something there all the same. ``visitor`` is what somebody not signed in is
answered besides the sign-in.
"""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_scopes import scopes_disabled

from factories.web_objects import make_objects
from maillon.web.cost.models import CostLine, CostQuotation, CostScenario
from maillon.web.follow.models import Task
from maillon.web.intake.models import Line
from maillon.web.plan.models import PlanScenario

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PERSONAS = (
    "owner", "member", "reader", "buyer", "other_owner", "supplier", "startup", "adviser", "adviser_prices",
    "adviser_unconfirmed", "adviser_without", "manager", "platform",
)  # fmt: skip
#: Who may read lines and suppliers' names of our firm; who may see prices.
SEE_LINES = {"owner", "reader", "buyer", "adviser", "adviser_prices"}
SEE_RESULTS = SEE_LINES | {"member"}
SEE_PRICES = {"owner", "buyer", "adviser_prices"}
#: The figure of every price of our firm, however it is written: 71717, 71 717,00, 71,717.0…
SECRET_PRICE = 71_717.0
PRICE = re.compile(rb"71(?:[ .,]|\xc2\xa0|\xe2\x80\xaf|&nbsp;|&#8239;)?717(?!\d)")
#: Routes of allauth: accounts are their own owners; which are open is tested with the accounts.
ACCOUNTS = "accounts/"
#: What a page that is not theirs answers: it is not there, or the method is not.
NOTHING = {404, 405}


def make_dear(objects: dict[str, object]) -> dict[str, object]:
    """Let everything of our firm cost the same odd amount, so that a page that tells a price is found."""
    with scopes_disabled():
        ours = {"organisation": objects["firm"]}
        Line.objects.filter(**ours).update(unit_price=SECRET_PRICE, amount=SECRET_PRICE)
        CostLine.objects.filter(**ours).update(spend=SECRET_PRICE)
        Task.objects.filter(**ours).update(title="CANARYTASK")
        for scenario in [*CostScenario.objects.filter(**ours), *CostLine.objects.filter(**ours)]:
            scenario.case = scenario.case | {"price": SECRET_PRICE}
            scenario.figures = scenario.figures | {"total": [SECRET_PRICE] * 3, "one_off": [SECRET_PRICE] * 3}
            scenario.save()
        for quotation in CostQuotation.objects.filter(**ours):
            quotation.offer = json.loads(re.sub(r"\b9\.0\b", str(SECRET_PRICE), json.dumps(quotation.offer)))
            quotation.save()
        for plan in PlanScenario.objects.filter(**ours):
            plan.problem["parts"]["spend"] = [SECRET_PRICE]
            plan.outcome["plan"]["shares"]["annual_cost"] = [SECRET_PRICE]
            plan.outcome["today"]["cost"] = plan.outcome["plan"]["objective"] = SECRET_PRICE
            plan.save()
    return objects


def routes() -> dict[str, str]:
    """Return the path of every named route of ours."""
    found: dict[str, str] = {}

    def walk(patterns: list[URLPattern | URLResolver], path: str, space: str) -> None:
        for pattern in patterns:
            here = path + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, here, f"{pattern.namespace}:" if pattern.namespace else space)
            elif not here.startswith(ACCOUNTS):
                found[f"{space}{pattern.name}"] = here

    walk(get_resolver().url_patterns, "", "")
    return found


def rows() -> dict[tuple[str, str], dict[str, object]]:
    """Return the rows by route and method."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for title, row in tomllib.loads(path.read_text(encoding="utf-8")).items():
            name, _, method = title.partition(" ")
            for each in [method] if method else row.get("methods", ["GET"]):
                found[name, each] = row
    return found


def allowed(row: dict[str, object], persona: str) -> bool:
    return row.get("allow") == "everybody" or bool(row.get("public")) or persona in row.get("allow", [])


def secrets_told(content: bytes, persona: str) -> list[str]:
    """Return what a page tells that this person may not know."""
    told = {
        "our lines": b"CANARYOURS" in content and persona not in SEE_LINES,
        "another firm's lines": b"CANARYOTHER" in content and persona != "other_owner",
        "our tasks": b"CANARYTASK" in content and persona not in SEE_RESULTS,
        "our prices": bool(PRICE.search(content)) and persona not in SEE_PRICES,
    }
    return [what for what, is_told in told.items() if is_told]


def address(name: str, row: dict[str, object], objects: dict[str, object], prefix: str = "") -> str:
    values = {}
    for param, named in row.get("params", {}).items():
        if str(named).startswith("="):
            values[param] = str(named)[1:]
            continue
        value = objects.get(f"{prefix}{named}", objects.get(str(named), named))
        values[param] = getattr(value, "pk", value)
    return reverse(name, kwargs=values)


def ask(client, method: str, url: str) -> int:
    """Ask and undo: what an allowed request writes must not answer for the next one."""
    with transaction.atomic():
        answer = client.generic(method, url)
        if answer.streaming:  # read to its end, which closes what it reads and not the connection
            list(answer)
        transaction.set_rollback(True)
    return answer.status_code


def test_every_route_has_a_row():
    known = {name for name, _ in rows()}
    assert sorted(set(routes()) - known) == []
    assert sorted(known - set(routes())) == []


@pytest.fixture
def objects(territory):
    return make_dear(make_objects(territory))


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_person_finds_what_the_rows_allow_and_nothing_else(client, objects, persona):
    client.force_login(objects[persona])
    wrong = []
    for name in routes():
        for method in METHODS:
            row = rows().get((name, method))
            known = row or next(row for (route, _), row in rows().items() if route == name)
            status = ask(client, method, address(name, known, objects))
            if row is not None and allowed(row, persona):
                wrong += [f"{method} {name}: {status}"] if status in {403, 404, 405, 500} else []
            elif status not in NOTHING:
                wrong.append(f"{method} {name}: {status}, not allowed")
    assert wrong == []


@pytest.mark.parametrize("persona", [name for name in PERSONAS if name != "other_owner"])
def test_nobody_finds_what_is_another_firms(client, objects, persona):
    client.force_login(objects[persona])
    wrong = []
    for (name, method), row in rows().items():
        firms = {value for value in row.get("params", {}).values() if f"other_{value}" in objects}
        if not firms:
            continue
        status = ask(client, method, address(name, row, objects, "other_"))
        seen = status not in NOTHING
        wrong += [f"{method} {name}: {status}"] if seen and persona not in row.get("other", []) else []
    assert wrong == []


def test_what_does_not_exist_looks_like_what_is_forbidden(client, objects):
    client.force_login(objects["owner"])
    for (name, method), row in rows().items():
        unknown = {param: uuid.uuid4() for param, named in row.get("params", {}).items() if param == "pk"}
        if unknown:
            given = {param: named for param, named in row["params"].items() if param != "pk"}
            told = row | {"params": given | unknown}
            assert ask(client, method, address(name, told, objects)) in NOTHING, (name, method)


def test_a_visitor_is_sent_to_sign_in(client, objects):
    for (name, method), row in rows().items():
        status = ask(client, method, address(name, row, objects))
        sent = {302, 405, row.get("visitor", 302)}
        assert status in ({200, 302, 404, 422} if row.get("public") else sent), (name, method, status)


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_page_holds_what_is_not_for_the_person(client, objects, persona):
    """Every line of each firm holds a word of its own, every price of ours one figure."""
    client.force_login(objects[persona])
    wrong = []
    for (name, method), row in rows().items():
        if method != "GET":
            continue
        answer = client.get(address(name, row, objects))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        wrong += [f"{name}: {what}" for what in secrets_told(content, persona)]
    assert wrong == []
