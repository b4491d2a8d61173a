"""The page "who sees what" is read off the rules and the settings: when they change, it does."""

import re

import pytest
from django.conf import settings

from maillon.web.people import rights
from maillon.web.people.queries.who_sees import WORDS, who_sees_what
from maillon.web.people.rights import Right

pytestmark = pytest.mark.django_db
#: Owner, member, adviser with a mandate, adviser waiting, everybody else.
EXPECTED = {
    Right.PROFILE: "yes no no no no",
    Right.RESULTS: "yes yes yes no no",
    Right.RANKING: "yes yes yes no no",
    Right.BOM: "yes granted yes no no",
    Right.PRICES: "yes granted granted no no",
    Right.FILES: "yes granted granted no no",
    Right.UPLOAD: "yes granted yes yes no",
    Right.BOM_WRITE: "yes granted yes no no",
    Right.RESULTS_WRITE: "yes granted yes no no",
    Right.FILES_DELETE: "yes no no no no",
    Right.MANDATES: "yes no no no no",
    Right.MEMBERS: "yes no no no no",
    Right.JOURNAL: "yes no no no no",
}
FRENCH = {"yes": "oui", "no": "non", "granted": "si accordé"}


def table(client) -> list[list[str]]:
    html = client.get("/privacy/").content.decode()
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    return [re.findall(r"<td>(.*?)</td>", row) for row in body.split("<tr")[1:]]


def test_every_right_has_its_words():
    assert set(WORDS) == set(Right)
    assert len({str(word) for word in WORDS.values()}) == len(Right)


def test_the_page_says_what_the_matrix_says(client, db):
    assert table(client) == [[FRENCH[w] for w in EXPECTED[right].split()] for right in WORDS]


@pytest.mark.parametrize(
    ("name", "column"), [("OWNER", 0), ("MEMBER", 1), ("MANDATE", 2), ("UNCONFIRMED", 3)]
)
def test_a_rule_that_changes_changes_the_page(client, monkeypatch, name, column):
    before = [row.cells for row in who_sees_what()]
    changed = getattr(rights, name) ^ {Right.JOURNAL}
    monkeypatch.setattr(rights, name, changed)
    after = table(client)[list(WORDS).index(Right.JOURNAL)]
    assert after[column] == ("oui" if Right.JOURNAL in changed else "non")
    assert [row.cells for row in who_sees_what()] != before


def test_it_names_who_hosts_and_how_long(client, monkeypatch):
    environment = settings.ENVIRONMENT
    for name, value in {"host_name": "CCI inventée", "contact_email": "dpo@example.invalid"}.items():
        monkeypatch.setattr(environment, name, value)
    for name, days in {"sealed_days": 5, "rollback_days": 21, "draft_days": 33, "journal_days": 400}.items():
        monkeypatch.setattr(environment, name, days)
    html = client.get("/privacy/").content.decode()
    for said in (
        "CCI inventée traite ces données pour le compte de l’entreprise (sous-traitant, RGPD, article 28)",
        "L’entreprise est responsable du traitement",
        "dpo@example.invalid",
        "5 jours",
        "21 jours",
        "33 jours",
        "400 jours",
        "365 jours",
        "14 jours",
    ):
        assert said in html, said
