"""The PDF as a reader gets it: tagged, titled, two pages of diagnosis before the annex."""

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from factories.boms import large_bom
from factories.dossiers import EVERY, HOSTILE, dossier_of
from maillon.report.page import dossier_html
from maillon.report.pdf import html_to_pdf

ANNEX = {"fr": "Annexe", "en": "Annex:"}


@pytest.fixture(scope="module", autouse=True)
def poppler() -> None:
    missing = [tool for tool in ("pdfinfo", "pdftotext") if shutil.which(tool) is None]
    if missing and os.environ.get("MAILLON_CI") != "1":
        pytest.skip(f"{', '.join(missing)} is missing: install poppler-utils to test the PDF")
    assert not missing, f"{missing}: poppler-utils is required in continuous integration"


def large() -> object:
    return dossier_of(large_bom(2200), name="grand")


@cache
def made(name: str, language: str) -> bytes:
    dossier = large() if name == "large" else EVERY[name]()
    return html_to_pdf(dossier_html(dossier, language))


def told(*command: str | Path) -> str:
    program = shutil.which(command[0])
    assert program is not None
    return subprocess.run([program, *command[1:]], capture_output=True, text=True, check=True).stdout


def facts(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([^:\n]+):\s*(.*)$", told("pdfinfo", path), re.MULTILINE))


def pages(path: Path) -> list[str]:
    return told("pdftotext", "-layout", path, "-").split("\f")[:-1]


@pytest.fixture
def written(tmp_path):
    def write(name: str, language: str) -> Path:
        path = tmp_path / "made.pdf"
        path.write_bytes(made(name, language))
        return path

    return write


@pytest.mark.parametrize(("name", "language"), [("known", "fr"), ("large", "en"), ("hostile", "fr")])
def test_the_pdf_is_tagged_titled_and_of_a4(written, name, language) -> None:
    found = facts(written(name, language))
    assert found["Tagged"] == "yes"
    assert found["Title"].startswith({"fr": "Diagnostic", "en": "Diagnosis"}[language])
    assert found["Page size"].endswith("(A4)")
    assert found["JavaScript"] == "no"
    assert "Author" not in found


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("known", "fr"),
        ("known", "en"),
        ("large", "fr"),
        ("hostile", "en"),
        ("empty", "fr"),
        ("unknown", "en"),
    ],
)
def test_two_pages_stand_before_the_annex(written, name, language) -> None:
    texts = pages(written(name, language))
    starts = [number for number, text in enumerate(texts, 1) if ANNEX[language] in text]
    assert starts[0] == 3


def test_hostile_names_are_text_in_the_pdf_and_nothing_more(written) -> None:
    path = written("hostile", "fr")
    text = "".join(pages(path))
    assert "<script>alert(1)</script>" in text
    assert HOSTILE[7][:12] in text
    raw = path.read_bytes()
    assert not re.search(rb"/(JavaScript|JS|Launch|SubmitForm|GoToR|EmbeddedFile|URI)\b", raw)


def test_no_mark_is_left_empty_of_glyphs(written) -> None:
    text = "".join(pages(written("known", "fr")))
    for sign in ("●", "◐", "?", "€"):
        assert sign in text
