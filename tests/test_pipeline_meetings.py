"""Meetings proposed from what a firm looks for and what another can make."""

from pathlib import Path

import pytest

from factories.register import capabilities_frame, establishments_frame, siret_of, write_snapshot
from maillon.core.event import Origin
from maillon.intake.event import read_event
from maillon.method.meet.propose import propose_meetings
from maillon.pipeline import propose_wishes
from maillon.reference.register import open_register
from maillon.reference.register.index import build_index

BUYER, GEARS, MOULDER, ELSEWHERE = (siret_of(number) for number in (21, 22, 23, 24))
SESSIONS = "Session;Date;Début;Fin;Durée (min)\nMatin;26/11/2026;09:00;11:00;20\n"
FIRMS = (
    "Entreprise;Nom;Type;SIRET;Besoins\n"
    f"Robots du Lion;Acheteur A;donneur d'ordre;{BUYER};pignon conique 42CrMo4 | capot plastique injecté\n"
    f"Taillage;Vendeur B;sous-traitant;{GEARS};\n"
    f"Plasturgie;Vendeur C;sous-traitant;{MOULDER[:9]};\n"
    "Sans numéro;Vendeur D;sous-traitant;;\n"
)


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    firms = [
        {"siret": siret, "siren": siret[:9], "name": name, "naf": naf}
        for siret, name, naf in (
            (BUYER, "ROBOTS DU LION", "28.99B"),
            (GEARS, "TAILLAGE DE LA SAVOUREUSE", "28.15Z"),
            (MOULDER, "PLASTURGIE DU DOUBS", "22.29A"),
            (ELSEWHERE, "ENGRENAGES ABSENTS", "28.15Z"),
        )
    ]
    told = [
        {"siret": GEARS, "kind": "process", "code": "gear-cutting", "text": "taillage"},
        {"siret": ELSEWHERE, "kind": "process", "code": "gear-cutting", "text": "taillage"},
        {"siret": MOULDER, "kind": "process", "code": "injection-moulding", "text": "injection"},
    ]
    folder = write_snapshot(
        tmp_path_factory.mktemp("register") / "s", establishments_frame(*firms), capabilities_frame(*told)
    )
    build_index(folder)
    return open_register(folder)


def event_of(folder: Path, wishes: str = "", firms: str = FIRMS):
    for name, content in (("participants.csv", firms), ("sessions.csv", SESSIONS), ("souhaits.csv", wishes)):
        if content:
            (folder / name).write_text(content, encoding="utf-8")
    (folder / "reglages.csv").write_text("Paramètre;Valeur\nNombre de tables;3\n", encoding="utf-8")
    return read_event(sorted(folder.glob("*.csv")))


def test_each_need_proposes_the_participant_who_can_and_nobody_absent(tmp_path, register):
    event, count = propose_wishes(event_of(tmp_path).event, register)
    assert count == 2
    told = {(event.firms[w.asker].name, event.firms[w.asked].name): w for w in event.wishes}
    assert set(told) == {("Robots du Lion", "Taillage"), ("Robots du Lion", "Plasturgie")}
    gears = told["Robots du Lion", "Taillage"]
    assert (gears.origin, gears.why) == (Origin.PROPOSED, "pignon conique 42CrMo4")
    assert 0.5 < gears.score < 1
    held = propose_meetings(event)
    assert len(held.meetings) == 2


def test_a_wish_already_made_is_not_proposed_again(tmp_path, register):
    wishes = "Demandeur;Demandé;Rang\nRobots du Lion;Taillage;1\n"
    event, count = propose_wishes(event_of(tmp_path, wishes).event, register)
    assert count == 1
    assert sum(w.origin is Origin.ASKED for w in event.wishes) == 1


def test_without_numbers_or_needs_nothing_is_proposed(tmp_path, register):
    firms = "Entreprise;Nom;Type;Besoins\nA;Alpha;acheteur;pignon\nB;Bêta;fournisseur;\n"
    event, count = propose_wishes(event_of(tmp_path, firms=firms).event, register)
    assert (count, event.wishes) == (0, ())


def test_a_number_that_cannot_be_is_doubted_and_left_out(tmp_path):
    firms = "Entreprise;Nom;SIRET\nA;Alpha;12345678901234\nB;Bêta;\n"
    reading = event_of(tmp_path, firms=firms)
    assert [firm.siret for firm in reading.event.firms] == ["", ""]
    assert [doubt.code for doubt in reading.doubts] == ["siret-wrong"]
