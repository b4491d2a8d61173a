"""From goods to products and makers, and from year to year: the project's sheet and the user's files."""

import csv
from pathlib import Path

import polars as pl
import pytest

from maillon.core.errors import InvalidRequest, MissingData, RefusedFile
from maillon.reference.classifications import cn, naf
from maillon.reference.classifications.links import (
    changes_from_rows,
    maker_classes,
    product_shares,
    read_product_table,
    update_cn,
)
from maillon.reference.classifications.links.imported import PRODUCTS, save_table
from maillon.reference.classifications.links.vintages import CHANGES, read_change_rows
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path

OFFICIAL = Path(__file__).parents[4] / "shared/data/ref"


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("MAILLON_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_sheet_names_known_codes_and_whole_shares():
    known = set(cn.codes())
    for row in read_rows(sheet_path("maillon.reference.classifications.links", "headings.csv")):
        assert row["code"] in known
        shares = maker_classes(row["code"])
        assert set(shares) <= set(naf.codes()), row
        assert sum(shares.values()) == pytest.approx(1), row


def test_every_heading_has_makers():
    """Chapters 98 and 99 hold codes of declaration, not goods."""
    assert {code[:2] for code in cn.codes() if len(code) == 4 and not maker_classes(code)} <= {"98", "99"}


def test_the_sheet_agrees_with_the_official_correspondence():
    """It was written without it: nine codes in ten have the official class first."""
    path = OFFICIAL / "cn8_prodcom_cpa6_nace4_2021.csv"
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    official: dict[str, set[str]] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        official.setdefault(row["cn8"], set()).add(row["nace4"])
    first = [
        max(maker_classes(code), key=maker_classes(code).get) in right for code, right in official.items()
    ]
    assert sum(first) / len(first) > 0.9


def test_products_come_from_the_makers_until_a_table_is_imported(own_home):
    assert dict(product_shares("84821090")) == {"28.15": 1.0}
    table = pl.DataFrame(
        {"cn8": ["84821010", "84821090", "84821090"], "cpa": ["28.15.10", "28.15.10", "28.15.99"],
         "share": [1.0, 0.75, 0.25]}
    )  # fmt: skip
    save_table(table, PRODUCTS)
    assert product_shares("84821090") == {"28.15.10": 0.75, "28.15.99": 0.25}
    assert product_shares("848210") == {"28.15.10": 0.875, "28.15.99": 0.125}
    assert product_shares("84821077") == product_shares("848210")
    assert dict(product_shares("731815")) == {"25.94": 1.0}
    assert [path.name for path in (own_home / "classifications").iterdir()] == [PRODUCTS]


def test_eurostats_correspondence_is_read(tmp_path):
    path = tmp_path / "links.csv"
    path.write_text("cn8,prodcom8,cpa6,nace4\n84821010,28151030,28.15.10,28.15\n84821010,1,28.15.39,28.15\n")
    assert read_product_table(path).rows() == [("84821010", "28.15.10", 0.5), ("84821010", "28.15.39", 0.5)]


def test_customs_files_share_by_value(tmp_path):
    path = tmp_path / "National_2025_Import.txt"
    path.write_text(
        "I;1;2025;281510;C28;84821090;DE;300;10;5\nI;2;2025;281510;C28;84821090;IT;600;10;5\n"
        "I;2;2025;281599;C28;84821090;IT;100;10;5\nI;2;2025;;C28;84829999;IT;100;10;5\n",
        encoding="latin-1",
    )
    assert read_product_table(path).rows() == [("84821090", "28.15.10", 0.9), ("84821090", "28.15.99", 0.1)]


def test_comext_is_read_by_its_headers_without_totals_nor_secrets(tmp_path):
    path = tmp_path / "full202552.dat"
    path.write_text(
        "REPORTER,PARTNER,PRODUCT_NC,PRODUCT_CPA2_1,FLOW,VALUE_IN_EUROS\n"
        "FR,DE,84821090,2815,1,50\nFR,DE,TOTAL,2815,1,50\nFR,DE,8482R109,2815,1,50\nFR,DE,73181595,25941,1,7\n"
    )
    assert read_product_table(path).rows() == [("73181595", "25.94.1", 1.0), ("84821090", "28.15", 1.0)]


@pytest.mark.parametrize(
    "content",
    [b"", b"a;b\n1;2\n", b"\x00\x01\x02", b"PK\x03\x04\rcn8\r\r,", "désignation\nvis\n".encode("latin-1")],
)
def test_other_files_are_refused_with_a_hint(tmp_path, content):
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    with pytest.raises(RefusedFile) as refused:
        read_product_table(path)
    assert refused.value.hint
    with pytest.raises(RefusedFile):
        read_product_table(tmp_path / "absent.csv")


def test_codes_split_join_and_stay():
    changes = changes_from_rows(
        [
            ("from", "to", "obsolete", "new"),
            ("2010", "2011", "11111111", "22222222"),
            ("2010", "2011", "11111111", "33333333"),
            ("2011", "2012", "22222222", "44444444"),
            ("2011", "2012", "33333333", "44444444"),
            ("2011", "2012", "33333333", "33333333"),
        ]
    )
    assert update_cn("1111 11 11", 2010, 2011, changes) == ("22222222", "33333333")
    assert update_cn("11111111", 2010, 2012, changes) == ("33333333", "44444444")
    assert update_cn("99999999", 2010, 2012, changes) == ("99999999",)
    assert update_cn("22222222", 2012, 2012, changes) == ("22222222",)


def test_both_layouts_tell_the_same_changes():
    plain = read_change_rows([("1988", "1989", "02012011", "02012021")])
    packed = read_change_rows(
        [("Period", "Origin code", "Destination code"), (19881989.0, 2012011.0, "02012021")]
    )
    assert plain.rows() == packed.rows() == [(1988, 1989, "02012011", "02012021")]


@pytest.mark.parametrize(
    "asked", [("84821090", 2009, 2012), ("84821090", 2011, 2010), ("8482", 2010, 2011), ("vis", 2010, 2011)]
)
def test_senseless_questions_are_refused(asked):
    changes = changes_from_rows(
        [("2010", "2011", "11111111", "22222222"), ("2011", "2012", "11111111", "22222222")]
    )
    with pytest.raises(InvalidRequest):
        update_cn(*asked, changes)


def test_changes_are_imported_once_and_replaced(own_home):
    with pytest.raises(MissingData) as missing:
        update_cn("84821090", 2010, 2011)
    assert "codes import" in str(missing.value.hint)
    save_table(read_change_rows([("2010", "2011", "84821090", "84821099")]), CHANGES)
    assert update_cn("84821090", 2010, 2011) == ("84821099",)
    with pytest.raises(RefusedFile):
        read_change_rows([("a", "b")])


def test_official_changes_lead_to_codes_of_the_shipped_year():
    path = OFFICIAL / "cn8_concordances_1988_2022.csv"
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter=";"))
    changes = changes_from_rows(rows)
    assert (changes.first, changes.last) == (1988, 2022)
    assert changes.update("02012011", 1988, 2022) == ("02012020",)
    ended = sorted({row[2] for row in rows[1:] if row[0] == "2005"})
    later = [new for old in ended for new in changes.update(old, 2005, 2022)]
    assert sum(cn.nearest(code) in {code, code[:6]} for code in later) / len(later) > 0.85
