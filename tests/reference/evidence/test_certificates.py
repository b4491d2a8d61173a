"""Certificates found in texts, and what is only wished for left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillon.reference.classifications.certificates import (
    all_certificates,
    certificate_label,
    find_certificates,
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ISO 9001", ("iso-9001",)),
        ("NF EN ISO9001:2015", ("iso-9001",)),
        ("ISO 9001, 14001 et 45001", ("iso-9001", "iso-14001", "iso-45001")),
        ("ISO 9001-14001", ("iso-9001", "iso-14001")),
        ("AS9100D / NADCAP", ("en-9100", "nadcap")),
        ("EN/AS 9100", ("en-9100",)),
        ("ISO/TS 16949", ("iatf-16949",)),
        ("ISO 3834-2 et EN 1090-1 EXC3", ("iso-3834", "en-1090")),
        ("Entreprise du Patrimoine Vivant", ("epv",)),
        ("label RGE ; Qualiopi", ("rge", "qualiopi")),
        ("OEA-F", ("oea",)),
        ("", ()),
        ("lot 9001", ()),
        ("chargement 14001 pièces", ()),
        ("isolation 9001", ()),
    ],
)
def test_written_forms(text, codes):
    assert find_certificates(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "ISO 9001 en cours",
        "ISO 9001 (en cours)",
        "ISO 9001 : certification en cours",
        "pas de certification ISO 9001",
        "non certifié ISO 9001",
        "objectif ISO 9001",
        "ISO 9001 prévue",
        "not ISO 9001 certified",
        "ISO 9001 expirée",
    ],
)
def test_what_is_not_held_is_left_out(text):
    assert find_certificates(text) == ()


def test_a_denial_touches_its_own_certificate_only():
    assert find_certificates("ISO 9001, EN 9100 en cours, ISO 14001") == ("iso-9001", "iso-14001")


@pytest.mark.parametrize("certificate", all_certificates(), ids=lambda c: c.code)
def test_every_word_of_the_sheet_finds_its_certificate(certificate):
    for word in certificate.words:
        assert certificate.code in find_certificates(f"Atelier certifié : {word}, depuis 2010")
        assert certificate.code in find_certificates(word.upper())


@given(st.text(max_size=300))
def test_no_text_stops_the_search(text):
    known = {certificate.code for certificate in all_certificates()}
    assert set(find_certificates(text)) <= known


def test_labels_in_both_languages():
    assert [certificate_label("en-9100", language) for language in ("fr", "en")] == [
        "EN 9100 (aéronautique)",
        "EN 9100 (aerospace)",
    ]
