"""The diagnosis takes two pages and says three things, whatever the file holds."""

import datetime as dt
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.core.bom import bom_from
from maillon.core.place import EU, EUROPE, FRANCE, WORLD, Territory, TerritoryKind
from maillon.dossier import Dossier
from maillon.method.diagnose import diagnose_bom
from maillon.report.actions import propose_three
from maillon.report.figures import brief
from maillon.report.findings import find_three
from maillon.report.page import dossier_html
from maillon.report.pdf import html_to_pdf

LONG = "Société Anonyme des Établissements Réunis de Mécanique Générale et de Décolletage du Haut-Doubs "
TERRITORIES = (
    Territory(TerritoryKind.RADIUS, "90010", 47.64, 6.86, 100.0),
    Territory(TerritoryKind.REGION, "27"),
    FRANCE,
    EU,
    EUROPE,
    WORLD,
)


def dossier_of(columns: dict[str, object], name: str = "Essai") -> Dossier:
    bom = bom_from(columns)
    diagnosis = diagnose_bom(bom, territories=TERRITORIES)
    return Dossier(name, (), bom, diagnosis, (), "0.1.0", 0, dt.date(2026, 11, 22))


def crowded() -> Dossier:
    """Forty lines, each with a supplier and a part of a hundred letters, in a firm of two hundred."""
    return dossier_of(
        {
            "designation": [f"{LONG}{n}" for n in range(40)],
            "supplier": [f"{LONG}{n}" for n in range(40)],
            "supplier_country": ["FR"] * 40,
            "quantity": [1.0] * 40,
            "unit_price": [1e6 + n for n in range(40)],
            "currency": ["EUR"] * 40,
            "making_country": [None] * 30 + ["CN"] * 10,
            "evidence": [None] * 30 + ["declared"] * 10,
        },
        name=LONG * 2,
    )


def page_texts(pdf: Path) -> list[str]:
    reader = shutil.which("pdftotext")
    if reader is None:
        assert not os.environ.get("MAILLON_CI"), "pdftotext is absent: install poppler-utils"
        pytest.skip("pdftotext is absent: install poppler-utils")
    done = subprocess.run([reader, str(pdf), "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")


@pytest.mark.parametrize(("language", "annex"), [("fr", "Annexe"), ("en", "Annex")])
def test_long_names_do_not_push_the_diagnosis_past_its_second_page(
    tmp_path: Path, language: str, annex: str
) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(html_to_pdf(dossier_html(crowded(), language)))
    texts = page_texts(path)
    assert [annex in text for text in texts[:3]] == [False, False, True]


def test_the_suppliers_left_to_the_workbook_are_counted() -> None:
    dossier = crowded()
    left = len(dossier.diagnosis.questions.questions) - 10
    assert left > 0
    assert f"and {left} more, in the workbook." in dossier_html(dossier, "en")


lines = st.lists(
    st.tuples(
        st.sampled_from([None, "FR", "DE", "CN"]),
        st.sampled_from([None, "documented", "declared", "inferred"]),
        st.sampled_from([None, 1.0, 20.0, 300.0]),
        st.sampled_from([None, "Alpha", "Bravo", "Delta"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(lines)
def test_three_findings_and_three_actions_for_any_lines(rows: list[tuple[object, ...]]) -> None:
    country, evidence, price, supplier = (list(column) for column in zip(*rows, strict=True))
    dossier = dossier_of(
        {
            "designation": [f"piece {n}" for n in range(len(rows))],
            "making_country": country,
            "evidence": evidence,
            "unit_price": price,
            "quantity": [1.0] * len(rows),
            "currency": ["EUR"] * len(rows),
            "supplier": supplier,
        }
    )
    assert len({str(finding.title) for finding in find_three(dossier)}) == 3
    assert len({str(action.what) for action in propose_three(dossier)}) == 3


def test_a_priceless_file_opens_with_the_lack_of_prices() -> None:
    findings = find_three(dossier_of({"designation": ["vis", "carter"], "quantity": [4.0, 1.0]}))
    assert [str(findings[0].figure), str(findings[0].title)] == [
        "2 lines",
        "without a price that can be used",
    ]


def test_a_file_without_origins_opens_with_what_is_unknown() -> None:
    findings = find_three(
        dossier_of({"designation": ["vis"], "quantity": [1.0], "unit_price": [2.0], "currency": ["EUR"]})
    )
    assert [str(findings[0].figure), str(findings[0].title)] == ["100%", "of purchases have no known origin"]


@given(st.text(max_size=200), st.integers(5, 80))
def test_a_brief_name_is_never_longer_than_asked(name: str, most: int) -> None:
    assert len(brief(name, most)) <= most + 1
    assert brief(name, 200) == name
