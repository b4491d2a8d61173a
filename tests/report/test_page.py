"""The page: valid, whole in itself, readable without the drawings, and deaf to what names contain."""

import itertools
import re
from collections import Counter
from functools import cache

import pytest
from lxml import etree, html

from factories.dossiers import EVERY, HOSTILE
from maillon.report.page import dossier_html

#: Attributes that make a browser fetch or follow something.
LEADING = ("href", "src", "srcset", "action", "data", "poster", "formaction", "ping", "background")


@cache
def page(name: str, language: str) -> str:
    return dossier_html(EVERY[name](), language)


@cache
def tree(name: str, language: str) -> etree._Element:
    """Parse as HTML; only tags of HTML 5 that libxml2 does not know may be reported."""
    parser = html.HTMLParser(recover=True)
    root = html.document_fromstring(page(name, language).encode(), parser=parser)
    faults = [e for e in parser.error_log if not re.fullmatch(r"Tag \w+ invalid", e.message)]
    faults = [e for e in faults if e.type_name not in {"ERR_INVALID_CHAR"}]
    assert not faults, [(e.line, e.message) for e in faults[:5]]
    return root


every_page = pytest.mark.parametrize(
    ("name", "language"), [(n, lang) for n in EVERY for lang in ("fr", "en")]
)


@every_page
def test_one_title_one_heading_and_its_language(name, language) -> None:
    root = tree(name, language)
    assert root.get("lang") == language
    assert len(root.xpath("//h1")) == 1
    assert len(root.xpath("//main")) == 1
    assert root.xpath("string(//title)").startswith({"fr": "Diagnostic", "en": "Diagnosis"}[language])
    levels = [int(heading.tag[1]) for heading in root.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@every_page
def test_ids_are_unique_and_every_link_has_its_target(name, language) -> None:
    root = tree(name, language)
    ids = Counter(root.xpath("//@id"))
    assert [key for key, count in ids.items() if count > 1] == []
    links = root.xpath("//@href")
    assert links
    assert sorted({link for link in links if not (link.startswith("#") and link[1:] in ids)}) == []
    painted = set(re.findall(r"url\(#([\w-]+)\)", page(name, language)))
    assert painted <= set(ids)


@every_page
def test_every_figure_has_its_finding_its_words_and_its_data(name, language) -> None:
    for figure in tree(name, language).xpath("//figure"):
        assert figure.xpath("string(./figcaption/b)").strip()
        assert figure.xpath(".//details//table//tbody/tr")
        assert figure.xpath(".//svg[@role='img']/@aria-label")
    for drawing in tree(name, language).xpath("//svg"):
        assert drawing.get("aria-label")


@every_page
def test_nothing_runs_and_nothing_is_fetched(name, language) -> None:
    root = tree(name, language)
    assert not root.xpath("//script | //iframe | //object | //embed | //link | //base | //form | //img")
    assert not [a for a in root.xpath("//@*") if a.attrname.lower().startswith("on")]
    leading = [a for a in root.xpath("//@*") if a.attrname.lower().split(":")[-1] in LEADING]
    assert [str(a) for a in leading if not a.startswith("#")] == []
    assert len(root.xpath("//style")) == 1
    style = root.xpath("string(//style)")
    assert "@import" not in style
    fetched = [url.strip("\"'") for url in re.findall(r"url\(([^)]*)\)", style)]
    assert [url[:40] for url in fetched if not url.startswith("data:")] == []
    assert set(root.xpath("//meta/@http-equiv")) <= {"Content-Security-Policy"}  # no refresh


@every_page
def test_tables_have_headers_and_rows_of_their_width(name, language) -> None:
    for table in tree(name, language).xpath("//table"):
        width = len(table.xpath("./thead/tr/th[@scope='col']"))
        assert width
        assert {len(row) for row in table.xpath("./tbody/tr")} <= {width}


def test_hostile_names_are_shown_as_they_are() -> None:
    root = tree("hostile", "fr")
    shown = {" ".join(cell.text_content().split()) for cell in root.xpath("//*[@id='lines']//tbody//th")}
    assert shown == {" ".join(text.replace("\x01", "").split()) for text in HOSTILE} or shown == {
        " ".join(text.split()) for text in HOSTILE
    }
    assert root.xpath("string(//title)") == f"Diagnostic\u202f: {HOSTILE[12]}"
    assert HOSTILE[12] in root.xpath("string(//h1)")


def test_a_name_cannot_leave_the_style_sheet() -> None:
    style = tree("hostile", "fr").xpath("string(//style)")
    assert "<script" not in style
    assert style.count("{") == style.count("}")


def test_unknown_is_said_in_words_never_as_zero() -> None:
    root = tree("unknown", "fr")
    cells = root.xpath("//*[@id='lines']//tbody/tr/td[4]")
    assert [cell.text_content() for cell in cells] == ["inconnu"] * 4


def test_pages_differ_by_language_in_every_sentence() -> None:
    said = {}
    for language in ("fr", "en"):
        nodes = tree("known", language).xpath("//h1 | //h2 | //h3 | //p | //summary | //li | //figcaption")
        texts = {node.text_content().strip() for node in nodes}
        said[language] = {text for text in texts if len(text.split()) > 3}
    assert len(said["en"]) > 20
    assert said["fr"] & said["en"] == set()
