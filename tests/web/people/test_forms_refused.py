"""Every form of people and projects that cannot be taken: 422, what was typed, a summary to focus."""

import pytest

pytestmark = pytest.mark.django_db
FIRM = "/people/organisations/{firm}/"

CASES = {
    "account": ("owner", "/people/", {"name": "n" * 300, "language": "fr"}, "n" * 300),
    "invite": ("owner", FIRM + "invite/", {"email": "pas-une-adresse", "role": "member"}, "pas-une-adresse"),
    "give": ("owner", FIRM + "mandates/give/", {"purpose": "achats", "ends_on": "1999-01-01"}, "achats"),
    "ask": ("adviser_without", FIRM + "mandates/ask/", {"email": "gerant chez firme"}, "gerant chez firme"),
    "ask somebody else": (
        "adviser_without", FIRM + "mandates/ask/",
        {"email": "tiers@example.invalid"}, "tiers@example.invalid",
    ),
    "confirm": ("asked", FIRM + "mandates/confirm/", {"code": "FAUX2222"}, "FAUX2222"),
    "rights": ("owner", FIRM + "members/{member}/rights/", {"{member}-lines": "tout"}, ""),
    "new project": ("owner", "/projects/new/", {"name": "Robot", "kind": "bom", "per_year": "-3"}, "Robot"),
    "stage": ("owner", "/projects/{project}/stage/", {"stage": "ailleurs"}, ""),
    "task": ("owner", "/projects/{project}/tasks/", {"title": "Appeler", "due": "demain"}, "Appeler"),
}  # fmt: skip


@pytest.fixture
def keys(territory):
    from maillon.web.people.models import Membership
    from maillon.web.people.services.mandates import ask_in_the_room

    firm, adviser = territory.firm, territory.adviser_without
    ask_in_the_room(firm, territory.office.pk, adviser.pk, "owner@example.invalid", prices=False)
    territory["asked"] = adviser
    member = Membership.objects.get(user=territory.member)
    return {"firm": firm.pk, "member": member.pk, "project": territory.project.pk}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_cannot_be_taken_comes_back_as_typed(signed_in, keys, case):
    who, page, told, kept = case
    client = signed_in(who)
    answer = client.post(page.format(**keys), {name.format(**keys): value for name, value in told.items()})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert kept in text
    assert 'role="alert"' in text
    assert text.count('class="errors" tabindex="-1"') == 1
    assert text.count("<h1") == 1
