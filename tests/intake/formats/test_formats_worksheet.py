"""The short way through a worksheet sees exactly what the exact parser sees, wherever its chunks end."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.files import row, shared_texts, style_sheet, worksheet
from maillon.core.errors import RefusedFile
from maillon.intake.formats.a1 import cell_name, column_name, parse_cell
from maillon.intake.formats.xlsx_cell_events import UnplacedCell
from maillon.intake.formats.xlsx_cells import SheetCheck
from maillon.intake.formats.xlsx_strings import SharedTexts
from maillon.intake.formats.xlsx_styles import read_styles

STYLES = read_styles(
    "xl/styles.xml",
    style_sheet(
        [(0, 0), (164, 0), (0, 2), (16, 0), (9, 1)], {164: "#,##0.00 &quot;€&quot;", 165: "0.00"}
    ).encode(),
)


def texts_of(count: int) -> SharedTexts:
    texts = SharedTexts("xl/sharedStrings.xml")
    texts.read([shared_texts(f"texte {n}" for n in range(count)).encode()])
    return texts


TEXTS = texts_of(9)


@dataclass(frozen=True)
class Cell:
    column: int
    style: int
    kind: str
    value: str

    def xml(self, number: int) -> str:  # noqa: PLR0911 - one return a kind of cell
        start = f'<c r="{cell_name(number, self.column)}"'
        styled = f' s="{self.style}"' if self.style else ""
        match self.kind:
            case "blank":
                return f"{start}{styled}/>"
            case "number":
                return f"{start}{styled}><v>{self.value}</v></c>"
            case "shared":
                return f'{start}{styled} t="s"><v>{len(self.value) % 9}</v></c>'
            case "inline":
                text = self.value.replace("<", "&lt;")
                return f'{start}{styled} t="inlineStr"><is><t>{text}</t></is></c>'
            case "formula":
                return f"{start}{styled}><f>A1+{self.value}</f><v>{self.value}</v></c>"
            case "word":
                return f'{start}{styled} t="str"><f>B1</f><v>{self.value}</v></c>'
            case "shared formula":
                return f'{start}{styled}><f t="shared" si="0"/><v>{self.value}</v></c>'
            case "truth":
                return f'{start}{styled} t="b"><v>{len(self.value) % 2}</v></c>'
            case "link":
                return f'{start} t="str"><f>HYPERLINK(&quot;http://x.fr/{self.column}&quot;)</f><v>x</v></c>'
            case "no text":
                return f'{start} t="inlineStr"><is><t></t></is></c>'
            case "hollow":
                return f"{start}{styled}><f>A1*{self.value}</f></c>"
            case _:
                return f'{start}{styled} t="e"><v>#REF!</v></c>'


KINDS = (
    *("blank", "number", "shared", "inline", "formula", "hollow", "error"),
    *("word", "shared formula", "truth", "link", "no text"),
)
numbers = st.one_of(
    st.integers(-(10**9), 10**9).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["NaN", "1e400", "12345678901234567890", "1.5E-7", "0"]),
)
cells = st.builds(
    Cell,
    column=st.integers(0, 30),
    style=st.integers(0, 4),
    kind=st.sampled_from(KINDS),
    value=numbers,
)
sheets = st.dictionaries(
    st.integers(0, 40), st.lists(cells, max_size=6, unique_by=lambda c: c.column), max_size=8
)


def written(sheet: dict[int, list[Cell]]) -> str:
    return worksheet("".join(row(n + 1, *(c.xml(n) for c in sheet[n])) for n in sorted(sheet)))


def checked(xml: str, chunk: int = 1 << 20, *, exactly: bool = False) -> tuple[object, ...]:
    check = SheetCheck("Feuil1", "sheet1.xml", STYLES, TEXTS)
    data = xml.encode()
    check.read((data[n : n + chunk] for n in range(0, len(data), chunk)), exactly=exactly)
    traces = check.traces
    return (
        (check.box.cells, check.box.rows, check.box.columns),
        sorted(expand(traces.formats.runs)),
        sorted(expand(traces.indents.runs)),
        sorted(traces.shortened),
        traces.errors,
        traces.written,
        traces.valueless,
        traces.rounded,
        traces.hidden_rows,
        traces.outline,
        traces.links,
    )


def expand(runs: list[tuple[int, int, int, str | int]]) -> list[tuple[int, int, str | int]]:
    return [(r, column, value) for column, first, last, value in runs for r in range(first, last + 1)]


@given(sheets, st.integers(1, 400))
def test_short_and_exact_ways_agree(sheet: dict[int, list[Cell]], chunk: int) -> None:
    xml = written(sheet)
    exact = checked(xml, exactly=True)
    assert checked(xml) == exact
    assert checked(xml, chunk) == exact


@given(sheets)
def test_other_ways_to_write_the_same_xml(sheet: dict[int, list[Cell]]) -> None:
    """A prefix, single quotes, other attributes, comments: the same findings, by the exact parser."""
    xml = written(sheet)
    plain = checked(xml)
    assert checked(re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).replace(" xmlns=", " xmlns:x=")) == plain
    assert checked(xml.replace('"', "'").replace("&quot;", '"')) == plain
    assert checked(xml.replace("<c r", '<c  cm="0" r')) == plain
    assert checked(xml.replace("<v>", "<!-- <c r='XFE1'/> --><v>")) == plain


def test_cells_without_reference_are_counted_along_the_row() -> None:
    """The short way gives up, for it has taken out the cells that such a cell follows."""
    xml = worksheet('<row><c r="B1"><v>1</v></c><c t="e"><v>#N/A</v></c></row><row><c><v>2</v></c></row>')
    with pytest.raises(UnplacedCell):
        checked(xml)
    box, *rest = checked(xml, exactly=True)
    assert box == (3, 2, 3)
    assert rest[3] == {(0, 2): "#N/A"}


def test_surroundings_of_the_cells() -> None:
    xml = worksheet(
        '<row r="2" outlineLevel="2"><c r="A2" t="str"><f>HYPERLINK("https://exemple.fr/vis","vis")</f><v>vis</v>'
        '</c></row><row r="3" hidden="1"><c r="A3"><v>1</v></c></row>',
        after='<mergeCells><mergeCell ref="A2:B3"/></mergeCells>',
    )
    check = SheetCheck("Feuil1", "sheet1.xml", STYLES, TEXTS)
    check.read([xml.encode()])
    assert check.traces.links == {(1, 0): "https://exemple.fr/vis"}
    assert check.traces.outline == {1: 2}
    assert check.traces.hidden_rows == [2]
    assert check.traces.merged == [(1, 0, 2, 1)]


@pytest.mark.parametrize(
    "hostile",
    [
        '<c r="XFE1"><v>1</v></c>',
        '<c r="A1048577"><v>1</v></c>',
        '<c r="A1" t="s"><v>9</v></c>',
        '<c r="A1" t="b"><v>2</v></c>',
        '<c r="A1" t="zz"><v>2</v></c>',
        '<c r="A1"><c r="B1"><v>1</v></c></c>',
        f'<c r="A1" t="inlineStr"><is><t>{"x" * 32_768}</t></is></c>',
        f'<c r="A1" t="inlineStr"><is><r><t>{"x" * 20_000}</t></r><r><t>{"x" * 20_000}</t></r></is></c>',
    ],
)
@pytest.mark.parametrize("chunk", [1, 37, 1 << 20])
def test_both_ways_refuse_the_same(hostile: str, chunk: int) -> None:
    xml = worksheet(f'<row r="1">{hostile}</row>')
    told = set()
    for exactly in (False, True):
        with pytest.raises(RefusedFile) as caught:
            checked(xml, chunk if len(xml) < 5_000 else 1 << 12, exactly=exactly)
        told.add(str(caught.value.what))
    assert len(told) == 1
    assert told.pop().startswith("Sheet Feuil1, cell ")


@given(st.integers(0, 16_383), st.integers(0, 1_048_575))
def test_names_of_cells_come_back(column: int, number: int) -> None:
    assert parse_cell(cell_name(number, column)) == (number, column)
    assert parse_cell(f"${column_name(column)}${number + 1}") == (number, column)


def test_rich_and_phonetic_shared_texts_are_counted() -> None:
    texts = SharedTexts("xl/sharedStrings.xml")
    items = (
        "<si><t>a</t></si><si><r><t>b</t></r><r><t>c</t></r></si><si><t>d</t><rPh><t>long</t></rPh></si><si/>"
    )
    xml = shared_texts([]).replace("</sst>", f"{items * 100}</sst>").encode()
    for size in (1, 50, 1 << 20):
        texts = SharedTexts("xl/sharedStrings.xml")
        texts.read(xml[n : n + size] for n in range(0, len(xml), size))
        assert texts.count == 400
        assert texts.too_long == set()
