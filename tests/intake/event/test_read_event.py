"""Events out of workbooks, text files and JSON: headings of two languages, doubts, refusals."""

import json

import pytest
import xlsxwriter

from maillon.core.doubt import Treatment
from maillon.core.errors import InvalidRequest, NoTableFound, RefusedFile
from maillon.core.event import Group, Must, Origin
from maillon.intake.event import read_event

SESSIONS = [
    ["Session", "Date", "Début", "Fin", "Durée (min)", "Battement (min)", "Créneaux tampons"],
    ["Matin", "26/11/2026", "9h00", "10h45", 20, 5, "10h15"],
    ["Après-midi", "26/11/2026", "14:00", "15:00", 30, "", ""],
]
PEOPLE = [
    ["Salon inventé, données inventées"],
    [],
    ["Entreprise", "Nom", "Type", "Ville", "Rendez-vous max", "Indisponibilités", "Stand"],
    ["Usinage Exemple", "Camille", "Donneur d'ordre", "Belfort", 3, "9h00-9h30", ""],
    ["USINAGE EXEMPLE", "Dominique", "", "", "", "Après-midi", ""],
    ["Tôlerie d'Essai", "Alix", "Sous-traitant", "Dole", "", "", "Stand 4"],
    ["Fonderie Modèle", "Sacha", "Sous-traitant", "Vesoul", "beaucoup", "un jour", ""],
]
WISHES = [
    ["Demandeur", "Demandé", "Rang", "Personne", "Session", "Origine", "Score", "Motif"],
    ["Usinage Exemple", "Tolerie d essai", 1, "", "matin", "", "", "carters"],
    ["Tôlerie d'Essai", "Usinage Exemple", "", "Dominique", "", "", "", ""],
    ["Usinage Exemple", "Fonderie Modèle", "", "", "", "recherche", "80 %", "brides en fonte"],
    ["Usinage Exemple", "Fonderie Modele SA", 2, "", "", "", "", ""],
    ["Usinage Exemple", "Tôlerie d'Essai", 3, "", "", "", "", ""],
    ["Fonderie Modèle", "Fonderie Modèle", 1, "", "", "", "", ""],
]
RULES = [
    ["Règle", "Entreprise A", "Entreprise B", "Heure"],
    ["obligatoire", "Fonderie Modèle", "Usinage Exemple", "14:30"],
    ["interdit", "Tôlerie d'Essai", "Fonderie Modèle", ""],
    ["peut-être", "Tôlerie d'Essai", "Fonderie Modèle", ""],
]
GROUPS = [
    ["Rencontre collective", "Entreprises", "Heure", "Lieu"],
    ["Présentation", "Usinage Exemple ; Fonderie Modèle", "9:25", ""],
]
CAPS = [["Type", "Avec le type", "Maximum"], ["Sous-traitant", "Donneur d'ordre", 2]]
SETTINGS = [["Paramètre", "Valeur"], ["Nom de l'événement", "Rencontres d'essai"], ["Nombre de tables", 2]]
SETTINGS += [["Lieu", "Belfort"], ["Créneaux libres par personne", 1], ["Données inventées", "oui"]]
SHEETS = {"Sessions": SESSIONS, "Qui": PEOPLE, "Souhaits": WISHES, "Règles": RULES, "Groupes": GROUPS,
          "Plafonds": CAPS, "Réglages": SETTINGS}  # fmt: skip


def workbook(path, sheets):
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                page.write_row(row, 0, cells)
    return path


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    return read_event([workbook(tmp_path_factory.mktemp("event") / "salon.xlsx", SHEETS)])


def test_sessions_are_cut_into_slots(reading):
    slots = reading.event.slots
    assert [(f"{s.start:%d %H:%M}", s.minutes, s.session, s.buffer) for s in slots] == [
        ("26 09:00", 20, 0, False),
        ("26 09:25", 20, 0, False),
        ("26 09:50", 20, 0, False),
        ("26 10:15", 20, 0, True),
        ("26 14:00", 30, 1, False),
        ("26 14:30", 30, 1, False),
    ]
    assert reading.event.sessions == ("Matin", "Après-midi")


def test_firms_of_several_rows_are_one_with_several_persons(reading):
    event = reading.event
    assert [(f.name, f.kind, f.city, f.most) for f in event.firms] == [
        ("Usinage Exemple", "donneur d ordre", "Belfort", 3),
        ("Tôlerie d'Essai", "sous traitant", "Dole", None),
        ("Fonderie Modèle", "sous traitant", "Vesoul", None),
    ]
    assert [(p.name, p.firm) for p in event.persons][:2] == [("Camille", 0), ("Dominique", 0)]
    assert event.persons[0].absent == {0, 1}
    assert {event.slots[t].session for t in event.persons[1].absent} == {1}
    assert [(place.code, place.firm) for place in event.locations] == [
        ("T01", None),
        ("T02", None),
        ("Stand 4", 1),
    ]


def test_wishes_rules_groups_caps_and_settings(reading):
    event = reading.event
    assert [(w.asker, w.asked, w.rank, w.origin, w.person, w.session, w.score) for w in event.wishes] == [
        (0, 1, 1, Origin.ASKED, None, 0, 1.0),
        (1, 0, 1, Origin.ASKED, 1, None, 1.0),
        (0, 2, 1, Origin.PROPOSED, None, None, 0.8),
    ]
    slot = next(t for t, s in enumerate(event.slots) if f"{s.start:%H:%M}" == "14:30")
    assert event.musts == (Must((0, 2), slot),)
    assert event.forbidden == {(1, 2)}
    assert event.groups == (Group("Présentation", (0, 2), 1, ""),)
    assert dict(event.caps) == {("sous traitant", "donneur d ordre"): 2}
    assert (event.name, event.place, event.spare, event.invented) == (
        "Rencontres d'essai",
        "Belfort",
        1,
        True,
    )


def test_what_was_not_understood_is_said_with_its_place(reading):
    said = {(d.code, d.sheet, d.cell, d.treatment) for d in reading.doubts}
    assert said == {
        ("not-a-count", "Qui", "7:7", Treatment.WARNED),
        ("absence-unread", "Qui", "7:7", Treatment.WARNED),
        ("unknown-firm", "Souhaits", "5:5", Treatment.QUARANTINED),
        ("wish-twice", "Souhaits", "6:6", Treatment.QUARANTINED),
        ("same-firm", "Souhaits", "7:7", Treatment.QUARANTINED),
        ("unknown-rule", "Règles", "4:4", Treatment.QUARANTINED),
    }
    (unknown,) = (d for d in reading.doubts if d.code == "unknown-firm")
    assert str(unknown.proposal) == "Did you mean “Fonderie Modèle”?"


def test_text_files_and_json_say_the_same(tmp_path, reading):
    texts = []
    for name, rows in SHEETS.items():
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(";".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")
        texts.append(path)
    assert read_event(texts).event == reading.event
    names = dict(
        zip(
            SHEETS, ("sessions", "participants", "wishes", "pairs", "groups", "caps", "settings"), strict=True
        )
    )
    heads = {"Qui": 2}
    content = {
        names[name]: [dict(zip(rows[at], row, strict=False)) for row in rows[at + 1 :]]
        for name, rows in SHEETS.items()
        for at in [heads.get(name, 0)]
    }
    path = tmp_path / "salon.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert read_event([path]).event == reading.event


SHORT = ["Matin", "26/11/2026", "9:00", "9:10", 20]
OVERLAPPING = ["Bis", "26/11/2026", "9:30", "12:00"]
AT_ONE = ["obligatoire", "Fonderie Modèle", "Usinage Exemple", "13:00"]


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"Sessions": []}, NoTableFound, "no session"),
        ({"Qui": []}, NoTableFound, "no participant"),
        ({"Réglages": [], "Qui": [row[:3] for row in PEOPLE]}, NoTableFound, "no table"),
        ({"Sessions": [SESSIONS[0], SHORT]}, InvalidRequest, "too short"),
        ({"Sessions": [*SESSIONS[:2], OVERLAPPING]}, InvalidRequest, "overlap"),
        ({"Règles": [RULES[0], AT_ONE]}, InvalidRequest, "No meeting is planned at “13:00”"),
    ],
)
def test_what_makes_no_sense_is_answered(tmp_path, change, error, words):
    with pytest.raises(error, match=words):
        read_event([workbook(tmp_path / "salon.xlsx", {**SHEETS, **change})])


def test_other_files_are_refused(tmp_path):
    broken = tmp_path / "salon.json"
    broken.write_text("[" * 100_000)
    with pytest.raises(RefusedFile):
        read_event([broken])
    other = tmp_path / "prix.csv"
    other.write_text("a;b\n1;2\n")
    with pytest.raises(NoTableFound, match=r"Nothing in prix\.csv"):
        read_event([other])
