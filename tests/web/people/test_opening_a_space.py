"""An adviser opens the space of a firm: from the register by its number, or by hand within the territory."""

import pytest

from factories.register import establishments_frame, siret_of, write_snapshot
from maillon.web.journal.models import Event
from maillon.web.people.models import Organisation

pytestmark = pytest.mark.django_db
PAGE = "/people/organisations/new/"
OPEN, CLOSED, AWAY, MANY = (siret_of(20_000_000 + n) for n in range(4))
SECOND = siret_of(20_000_003, nic=2)
LYON = {"commune": "69123", "commune_name": "LYON", "departement": "69", "region": "84"}


@pytest.fixture
def register(tmp_path, monkeypatch):
    rows = (
        {"siret": OPEN, "name": "ATELIERS INVENTES", "naf": "25.62B"},
        {"siret": CLOSED, "name": "FONDERIE FERMEE", "active": False},
        {"siret": AWAY, "name": "LOIN", **LYON},
        {"siret": MANY, "name": "DEUX SITES", "head_office": True},
        {"siret": SECOND, "name": "DEUX SITES", "head_office": False},
    )
    folder = write_snapshot(
        tmp_path / "snapshots" / "register-20261101-invented", establishments_frame(*rows)
    )
    (tmp_path / "snapshots" / "register.current").write_text(folder.name, encoding="utf-8")
    monkeypatch.setenv("MAILLON_HOME", str(tmp_path))


def look(client, number, **told):
    return client.post(PAGE, {"kind": "firm", "number": number, "look": "", **told})


def test_a_number_looked_up_fills_the_form_and_keeps_the_rest(signed_in, register):
    answer = look(signed_in("adviser_without"), OPEN[:9], kind="supplier")
    assert answer.status_code == 200
    assert answer.context["chosen"].siret == OPEN
    initial = answer.context["form"].initial
    assert initial == {"kind": "supplier", "number": OPEN, "name": "ATELIERS INVENTES", "town": "BELFORT"}
    assert not Organisation.objects.filter(siren=OPEN[:9]).exists()


def test_several_establishments_are_chosen_from(signed_in, register):
    client = signed_in("adviser_without")
    answer = look(client, MANY[:9])
    assert [one.siret for one in answer.context["several"]] == [MANY, SECOND]
    assert f'name="look" value="{SECOND}"' in answer.content.decode()
    assert client.post(PAGE, {"look": SECOND}).context["chosen"].siret == SECOND


def test_a_closed_firm_warns(signed_in, register):
    answer = look(signed_in("adviser_without"), CLOSED)
    assert answer.context["chosen"].active is False
    assert 'class="err"' in answer.content.decode()


def test_what_the_register_knows_is_taken_from_there(signed_in, register, no_scope):
    told = {"kind": "firm", "number": OPEN, "name": "AUTRE NOM", "town": "Delle"}
    answer = signed_in("adviser_without").post(PAGE, told)
    opened = Organisation.objects.get(siren=OPEN[:9])
    assert answer["Location"] == f"/people/organisations/{opened.pk}/"
    assert (opened.name, opened.commune, opened.commune_code, opened.departement) == (
        "ATELIERS INVENTES", "Belfort", "90010", "90",
    )  # fmt: skip
    assert Event.objects.filter(action="space_opened", organisation_id=opened.pk).count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"number": AWAY}, "number"),
        ({"number": "123456789"}, "number"),
        ({"number": "35600000049838"}, "number"),
        ({"name": "X", "town": "Lyon"}, "town"),
        ({"name": "X", "town": "nulle part du tout"}, "town"),
        ({"name": "X", "town": "90400"}, "town"),
        ({"name": "", "town": "Belfort"}, "name"),
        ({"name": "valtrenne", "town": "Belfort"}, "name"),
        ({"kind": "chamber", "name": "X", "town": "Belfort"}, "kind"),
    ],
)
def test_what_cannot_be_opened_says_why_and_keeps_what_was_typed(signed_in, register, told, field):
    before = Organisation.objects.count()
    answer = signed_in("adviser_without").post(PAGE, {"kind": "firm", **told})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Organisation.objects.count() == before


def test_numbers_of_la_poste_have_their_own_rule(signed_in, register):
    told = {"kind": "firm", "number": "356 000 000 49837", "name": "Agence inventée", "town": "Belfort"}
    assert signed_in("adviser_without").post(PAGE, told).status_code == 302
    assert Organisation.objects.get(siren="356000000").departement == "90"


def test_a_startup_without_number_is_written_by_hand(signed_in):
    told = {"kind": "startup", "name": "Jeune pousse inventée", "town": "belfort"}
    assert signed_in("adviser_without").post(PAGE, told).status_code == 302
    assert Organisation.objects.get(name="Jeune pousse inventée").commune_code == "90010"


def test_a_firm_that_is_here_is_said_to_be_and_its_card_linked_where_it_may_be_seen(
    signed_in, register, territory
):
    territory.firm.siren = OPEN[:9]
    territory.firm.save()
    client = signed_in("adviser_without")
    answer = client.post(PAGE, {"kind": "firm", "number": OPEN})
    assert answer.status_code == 422
    assert answer.context["here"] == territory.firm
    assert "CANARY" not in answer.content.decode()
    territory.firm.departement = "69"
    territory.firm.save()
    answer = client.post(PAGE, {"kind": "firm", "number": OPEN})
    assert (answer.status_code, answer.context["here"]) == (422, None)
    assert "Valtrenne" not in answer.content.decode()
