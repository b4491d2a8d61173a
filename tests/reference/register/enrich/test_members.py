"""The member file: words become codes, figures measures; nothing is lost."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.enrichment import facts, make_siren, make_siret, spoil, write_rows
from maillon.reference.register.enrich import read_enrichment, read_enrichment_rows
from maillon.reference.register.enrich.members.measures import (
    read_hours,
    read_lots,
    read_size,
    read_tolerance,
)
from maillon.reference.register.enrich.members.words import (
    read_certificates,
    read_materials,
    read_processes,
    split_words,
)

DAY = date(2025, 6, 1)
SAME = {"source": "members", "siret": make_siret(1), "siren": make_siren(1), "date": DAY}


def tell(**cells):
    """Kind, code, text, low, ideal, high, unit of what one firm tells."""
    rows = [["SIRET", *cells], [make_siret(1), *cells.values()]]
    read = read_enrichment_rows(rows, "members.xlsx", source="members", day=DAY)
    return [
        {k: v for k, v in fact.items() if k not in SAME} for fact in facts(read.capabilities)
    ], read.report.aside.select("reason", "value").rows()


def test_a_french_file_whole(tmp_path):
    header = ("SIRET", "Procédés", "Machines", "Matières", "Dimension max (mm)", "Poids max", "Tolérance")
    header += ("Certifications", "Lot mini", "Lot idéal", "Lot maxi", "Capacité disponible")
    row = dict(
        zip(
            header,
            (
                make_siret(1),
                "tournage CN, rectification",
                "Tour CN Ø 400 mm",
                "inox 316L",
                "Ø 400 x 1 200",
                "2 t",
                "±0,02",
                "ISO 9001",
                "1",
                "50",
                "1 000",
                "40 h/semaine",
            ),
            strict=True,
        )
    )
    read = read_enrichment(write_rows(tmp_path / "x.csv", header, [row], encoding="cp1252"), day=DAY)
    assert read.source == "members"
    assert facts(read.capabilities) == [
        {**SAME, "kind": "process", "code": "turning", "text": "tournage CN"},
        {**SAME, "kind": "process", "code": "grinding", "text": "rectification"},
        {**SAME, "kind": "machine", "code": "turning", "text": "Tour CN Ø 400 mm"},
        {**SAME, "kind": "material", "code": "stainless", "text": "inox 316L"},
        {**SAME, "kind": "certificate", "code": "iso-9001", "text": "ISO 9001"},
        {**SAME, "kind": "size", "high": 1200.0, "unit": "mm", "text": "Ø 400 x 1 200"},
        {**SAME, "kind": "size", "high": 2000.0, "unit": "kg", "text": "2 t"},
        {**SAME, "kind": "tolerance", "high": 0.02, "unit": "mm", "text": "±0,02"},
        {
            **SAME,
            "kind": "lot",
            "low": 1.0,
            "ideal": 50.0,
            "high": 1000.0,
            "unit": "pieces",
            "text": "1 / 50 / 1 000",
        },
        {
            **SAME,
            "kind": "capacity",
            "high": pytest.approx(40 * 52 / 12),
            "unit": "hours a month",
            "text": "40 h/semaine",
        },
    ]
    assert read.report.aside.is_empty()


def test_english_headers_give_the_same_codes():
    told, _ = tell(
        Capabilities="CNC milling; injection moulding", Materials="stainless steel", Certificates="AS9100D"
    )
    assert [(fact["kind"], fact["code"]) for fact in told] == [
        ("process", "milling"),
        ("process", "injection-moulding"),
        ("material", "stainless"),
        ("certificate", "en-9100"),
    ]


def test_unknown_words_and_figures_are_kept_as_text():
    told, aside = tell(
        procédés="jardinage", matières="kryptonite", tolérance="IT7", capacité="20 %", lot="variable"
    )
    assert told == [
        {"kind": "process", "text": "jardinage"},
        {"kind": "material", "text": "kryptonite"},
        {"kind": "tolerance", "text": "IT7"},
        {"kind": "capacity", "text": "20 %"},
    ]
    assert aside == [
        ("unknown-word", "jardinage"),
        ("unknown-word", "kryptonite"),
        ("unread-figure", "IT7"),
        ("unread-figure", "variable"),
        ("unread-figure", "20 %"),
    ]


def test_units_of_headers_count_where_cells_have_none():
    told, _ = tell(**{"Longueur max (m)": "3", "Diamètre max (cm)": "40", "Poids max (t)": "1,5"})
    assert [(fact["high"], fact["unit"]) for fact in told] == [(3000.0, "mm"), (1500.0, "kg")]


def test_a_firm_that_tells_nothing_and_a_false_number_are_set_aside():
    rows = [
        ["SIREN", "Nom", "Procédés"],
        [make_siren(1), "Vide", ""],
        [spoil(make_siren(2)), None, "tournage"],
    ]
    rows.append([None, "Sans numéro", "tournage"])
    read = read_enrichment_rows(rows, "x.xlsx", day=DAY)
    assert facts(read.by_name) == [
        {
            "source": "members",
            "kind": "process",
            "code": "turning",
            "text": "tournage",
            "name": "Sans numéro",
            "date": DAY,
        }
    ]
    assert read.report.aside.rows() == [
        (2, "no-capability", "Vide", False),
        (3, "false-number", spoil(make_siren(2)), False),
    ]
    assert (read.report.rows_read, read.report.rows_kept) == (3, 1)


@pytest.mark.parametrize(
    ("cell", "mm", "kg"),
    [
        ("Ø 400 mm", 400, None),
        ("800x600x500", 800, None),
        ("3 x 1,5 m", 3000, None),
        ("2 t", None, 2000),
        ("500 kg, 1,2 m", 1200, 500),
        ("1.500 mm", 1500, None),
        ("1 500 mm", 1500, None),
        ("1,5 m", 1500, None),
        ("12 in", 304.8, None),
        ("1 500 x 3 000 mm", 3000, None),
        ("petites pièces", None, None),
    ],
)
def test_sizes(cell, mm, kg):
    assert read_size(cell) == (pytest.approx(mm) if mm else None, kg)


@pytest.mark.parametrize(
    ("cell", "mm"),
    [
        ("±0,02", 0.02),
        ("+/- 0.05 mm", 0.05),
        ("20 µm", 0.02),
        ("0,1 / 0,01", 0.01),
        ("1/100", 0.01),
        ("2 microns", 0.002),
        ("au centième", 0.01),
        ("IT7", None),
        ("H7", None),
        ("ISO 2768-mK", None),
        ("5 kg", None),
    ],
)
def test_tolerances(cell, mm):
    assert read_tolerance(cell) == (None if mm is None else pytest.approx(mm))


@pytest.mark.parametrize(
    ("cell", "lots"),
    [
        ("10 à 1 000", (10, 1000)),
        ("10k", (10000,)),
        ("1.000", (1000,)),
        ("2 millions", (2000000.0,)),
        ("prototype", (1,)),
        ("de 1 à 50 pièces", (1, 50)),
        ("petites séries", ()),
    ],
)
def test_lots(cell, lots):
    assert read_lots(cell) == lots


def test_hours_by_period_of_the_cell_or_the_header():
    assert read_hours("1 200 h par an") == 100
    assert read_hours("26", "Capacité (h/semaine)") == pytest.approx(26 * 52 / 12)
    assert read_hours("3 jours par semaine") == pytest.approx(3 * 7 * 52 / 12)
    assert read_hours("oui") is None


@given(st.lists(st.text("abcdefgéè ", min_size=1).map(str.strip).filter(bool), max_size=6))
def test_pieces_of_a_cell_come_back(pieces):
    assert split_words(" ; ".join(pieces)) == pieces


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=200))
def test_no_cell_stops_the_reading(cell):
    told, aside = tell(procédés=cell, machines=cell, matières=cell, taille_max=cell, tolérance=cell, lot=cell)
    kinds = {"process", "machine", "material", "size", "tolerance", "lot"}
    assert {fact["kind"] for fact in told} <= kinds
    assert {reason for reason, _ in aside} <= {"unknown-word", "unread-figure", "no-number", "no-capability"}


def test_words_as_codes():
    assert read_processes(["tôlerie fine", "forge"]) == [
        ("sheet-bending", "laser-cutting"),
        ("closed-die-forging",),
    ]
    assert read_materials("PEEK") == ("plastic",)
    assert read_materials("composites") == ("composite",)
    assert read_materials("acier et aluminium") == ("steel", "aluminium")
    assert read_certificates("ISO 9001 / EN 9100, IRIS") == (("iso-9001", "en-9100"), ["IRIS"])
