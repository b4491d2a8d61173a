"""Which processes a firm's own words speak of."""

import string

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.reference.classifications.lexicon.folding import form_words
from maillon.reference.classifications.processes import all_processes
from maillon.reference.classifications.processes.evidence import (
    _fold_words,
    list_process_evidence,
    read_process_evidence,
    read_process_evidence_batch,
)
from maillon.reference.classifications.processes.evidence_words import check_codes, clues

WORDS = st.text(string.ascii_lowercase + "éèêàçùôîœ", min_size=1, max_size=12)
CUES = {
    "sans",
    "hors",
    "sauf",
    "excepté",
    "mais",
    "confie",
    "but",
    "no",
    "however",
    "without",
    "except",
    "cannot",
}


def codes(text):
    return {evidence.process for evidence in read_process_evidence(text)}


@pytest.mark.parametrize(
    ("text", "processes"),
    [
        ("Décolletage et rectification de précision", {"bar-turning", "grinding"}),
        ("pièces décolletées", {"bar-turning"}),
        ("Nous plions et soudons", {"sheet-bending", "welding-mig-mag"}),
        ("Parc : 3 plieuses, un laser fibre", {"sheet-bending", "laser-cutting"}),
        ("presse à injecter 200 t", {"injection-moulding"}),
        ("Acquisition de presses à injecter", {"injection-moulding"}),
        ("CNC turning and wire EDM", {"turning", "edm"}),
        ("injection molding machines", {"injection-moulding"}),
        ("Fabricant de roulements", {"bearing-manufacture"}),
        ("Hydraulic cylinder manufacturer", {"fluid-power-manufacture"}),
        ("ANODISATION DURE", {"anodising"}),
        ("Étude, livraison et installation de mobilier", set()),
        ("Restauration traditionnelle au bord du lac", set()),
    ],
)
def test_words_machines_trades_and_products(text, processes):
    assert codes(text) == processes


@pytest.mark.parametrize(
    "text",
    [
        "Nous sous-traitons la peinture",
        "nous sous-traitons le zingage, la peinture",
        "Peinture sous-traitée",
        "La peinture (sous-traitée)",
        "La peinture est externalisée",
        "Nous ne réalisons pas de peinture",
        "sans peinture",
        "Hors peinture",
        "we outsource painting",
        "We do not perform painting",
        "L'atelier n'assure plus la peinture",
        "Nous confions la peinture à un confrère",
    ],
)
def test_what_a_firm_buys_elsewhere_is_no_evidence(text):
    assert codes(text) == set()


@pytest.mark.parametrize(
    ("text", "processes"),
    [
        ("Nous sous-traitons la peinture. Fraisage.", {"milling"}),
        ("Nous sous-traitons la peinture mais réalisons le fraisage", {"milling"}),
        ("Fraisage sans peinture, zingage", {"milling", "zinc-plating"}),
        ("Fraisage, peinture sous-traitée, zingage", {"milling", "zinc-plating"}),
        ("Sous-traitance en fraisage", {"milling"}),
        ("N'hésitez pas à nous consulter pour vos besoins en fraisage", {"milling"}),
        ("Pièces hors normes en fraisage", {"milling"}),
        ("We do perform milling", {"milling"}),
        ("Tubes sans soudure, fraisage sans compromis", {"milling"}),
        ("We do milling, do not hesitate to call for zinc plating", {"milling", "zinc-plating"}),
    ],
)
def test_a_denial_ends_where_it_ends(text, processes):
    assert codes(text) == processes


def test_a_name_weighs_more_than_a_state():
    weights = {e.process: e.weight for e in read_process_evidence("pièces peintes après zingage")}
    assert weights == {"zinc-plating": 1.0, "liquid-painting": 0.5}


@pytest.mark.parametrize(
    ("text", "processes"),
    [
        (
            "Fabricant de pompes centrifuges, vannes papillon et réducteurs pour machines",
            {"pump-compressor-manufacture", "valve-tap-manufacture", "gearbox-manufacture"},
        ),
        ("Fabrication de ressorts. Nos pompes sont économes.", {"spring-coiling"}),
        ("Nous ne fabriquons plus. Fourniture de ressorts, pompes", {"spring-coiling"}),
        (
            "Manufacturer of springs, sensors and brushes",
            {"spring-coiling", "sensor-manufacture", "brush-making"},
        ),
    ],
)
def test_products_listed_after_the_first(text, processes):
    assert codes(text) == processes


def test_who_supplies_a_product_may_not_make_it():
    weights = [
        {e.process: round(e.weight, 2) for e in read_process_evidence(text)}
        for text in ("Fabricant de pompes", "Fourniture de pompes", "Les pompes du bassin")
    ]
    assert weights == [{"pump-compressor-manufacture": 0.9}, {"pump-compressor-manufacture": 0.4}, {}]


def test_the_longest_words_count_and_are_told():
    assert [tuple(e) for e in read_process_evidence("Fraisage 5 axes, fraiseuse")] == [
        ("milling", 0.95, ("fraisage 5 axes", "fraiseuse")),
        ("drilling-tapping", 0.5, ("fraiseuse",)),
    ]


@settings(deadline=None)
@given(st.lists(WORDS.filter(lambda w: w not in CUES), max_size=12))
def test_words_are_folded_as_those_of_the_lexicon(words):
    text = " ".join(words)
    folded = pl.select(_fold_words(pl.lit(text))).item().split()
    if not any(word.startswith("zz") for word in folded):
        assert tuple(folded) == form_words(text)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.text(max_size=80) | st.none(), max_size=5))
def test_a_batch_gives_what_each_text_gives(texts):
    alone = [read_process_evidence(text) if text else () for text in texts]
    assert read_process_evidence_batch(texts) == alone


def test_the_frame_has_a_row_for_each_evidence():
    frame = list_process_evidence(pl.Series(["tournage", None, "fraisage et perçage"]))
    assert frame.rows() == [
        (0, "turning", 1.0, ["tournage"]),
        (2, "drilling-tapping", 1.0, ["perçage"]),
        (2, "milling", 1.0, ["fraisage"]),
    ]
    assert list_process_evidence(pl.Series([], dtype=pl.String)).is_empty()


def test_every_process_has_words_and_every_code_exists():
    told = {code for clue in clues().values() for code in clue.processes}
    assert check_codes() == ()
    assert {process.code for process in all_processes()} - told == set()


def test_every_weight_is_a_share():
    assert all(0 < weight <= 1 for clue in clues().values() for weight in clue.processes.values())
