"""What a reader is told about real files and odd dossiers: sentences that agree, figures that add up."""

import re
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from factories.boms import flat_bom
from factories.dossiers import EVERY, dossier_of
from maillon.pipeline import Request, run
from maillon.report.page import dossier_html

ROOT = Path(__file__).parents[2]
BOMS = ROOT / "../shared/data/boms"
FILES = (
    "fr_insoleuse_nomenclature.xlsx",
    "fr_cealeti_pickremove_bom.xlsx",
    "maslow_bom.txt",
    "bajasae_bom.xlsx",
    "exaspim_bom.csv",
    "ultimaker_original_bom.xlsx",
)
#: Words that no reader should meet: false plurals, amounts of nothing, what a program says of nothing.
SILLY = {
    "fr": r"(?<![\d,.\u202f])[01] (?:lignes|fournisseurs|doutes|familles|variantes|pièces)\b"
    r"|(?<![\d,.\u202f])0[\s\u202f\xa0](?:€|\$)|\b(?:None|nan|null|inf)\b|\bnon calculable"
    r"|[^\s\u202f\xa0(][;!?](?=\s)",
    "en": r"(?<![\d,.])1 (?:lines|suppliers|doubts|families|variants|parts)\b|[€$]0(?![\d.,])"
    r"|\b(?:None|nan|null|inf)\b|\bnot computable\b",
}


def said(page: str) -> list[str]:
    """Every sentence of the two pages, without the annex, which repeats the words of the file."""
    root = html.document_fromstring(page)
    annex = {id(e) for part in root.xpath("//section[contains(@class, 'long')]") for e in part.iter()}
    spoken = root.xpath(
        "//h1 | //h2 | //h3 | //p | //li | //summary | //figcaption | //dt | //dd[@class='w']"
    )
    return [" ".join(e.text_content().split(" ")) for e in spoken if id(e) not in annex]


@cache
def real_page(name: str, language: str) -> str:
    if not (BOMS / name).exists():
        pytest.skip(f"{name} is not in ../shared/data/boms")
    return dossier_html(run([BOMS / name], Request()), language)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", FILES)
def test_real_files_are_told_in_sentences_that_agree(name, language) -> None:
    told = said(real_page(name, language))
    assert len(told) > 15
    assert [words for words in told if re.search(SILLY[language], words)] == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", [name for name in EVERY if name != "hostile"])
def test_odd_dossiers_are_told_in_sentences_that_agree(name, language) -> None:
    told = said(dossier_html(EVERY[name](), language))
    assert [words for words in told if re.search(SILLY[language], words)] == []


def test_a_file_without_prices_is_told_by_number_of_lines() -> None:
    page = html.document_fromstring(dossier_html(EVERY["unpriced"](), "en"))
    assert page.xpath("string(//p[@class='lead'])") == (
        "3 bought lines without a price, 2 suppliers. Origin established for 67% of the lines."
    )
    assert page.xpath("string(//*[@id='flows']//figcaption/b)") == (
        "33% of the lines is known to be made abroad, 33% is unknown"
    )
    rows = page.xpath("//*[@id='ask']//tbody/tr")
    assert [[cell.text_content() for cell in row] for row in rows] == [["B", "1", "100%"]]
    told = [" ".join(e.itertext()) for e in page.xpath("//*[@id='abroad']//tbody/tr/*")]
    assert told == ["Carte", "China"]


@pytest.mark.parametrize("name", ["known", "unpriced", "unknown", "variants"])
def test_levels_of_evidence_add_up(name) -> None:
    page = html.document_fromstring(dossier_html(EVERY[name](), "en"))
    shares = page.xpath("//ul[contains(@class, 'levels')]//b[@class='fig']/text()")
    assert len(shares) == 4
    assert sum(int(share.rstrip("%")) for share in shares) == 100


def variants_page(first: str | None, second: str | None) -> html.HtmlElement:
    bom = flat_bom(
        {"designation": "Bras", "unit_price": 50.0, "making_country": first, "variant": "V1"},
        {"designation": "Bras", "unit_price": 50.0, "making_country": second, "variant": "V2"},
    )
    return html.document_fromstring(dossier_html(dossier_of(bom), "en"))


@pytest.mark.parametrize(
    ("countries", "finding", "shares"),
    [
        (("FR", "CN"), "V1 is the variant made most in France, whatever the unknown origins", ["100%", "0%"]),
        (
            ("FR", None),
            "Variants side by side: the unknown origins decide which is made most in France",
            ["100%", "0 to 100%"],
        ),
        (("FR", "FR"), "Variants side by side: several are made in France to the same share", ["100%"] * 2),
    ],
)
def test_variants_are_told_apart_where_what_is_known_does(countries, finding, shares) -> None:
    page = variants_page(*countries)
    assert page.xpath("string(//*[@id='variants']/h2)") == finding
    assert page.xpath("//*[@id='variants']//dd[@class='w']/text()") == shares
    assert len(page.xpath("//*[@id='variants']//svg")) == 2
