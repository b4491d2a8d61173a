import polars as pl
import pytest

from maillon.reference.register.index.evidence import HELD
from maillon.reference.register.index.postings import FULL, read_postings, write_postings


def postings(folder, *rows):
    names = write_postings(folder, "held", pl.DataFrame(rows, schema=HELD, orient="row"))
    return read_postings(folder, "held", names)


def test_holders_of_a_key_rise_by_row(tmp_path):
    found = postings(
        tmp_path,
        ("turning", 9, 1.0, "process", "members"),
        ("milling", 3, 0.7, "description", "relance"),
        ("turning", 2, 0.5, "name", "register"),
    )
    turning = found.find("turning")
    assert turning.rows.tolist() == [2, 9]
    assert [found.kinds[code] for code in turning.kinds] == ["name", "process"]
    assert len(found.find("forging")) == 0


def test_sources_are_witnesses_and_one_source_speaks_once(tmp_path):
    found = postings(
        tmp_path,
        ("turning", 1, 0.6, "contract", "decp"),
        ("turning", 1, 0.6, "contract", "decp"),
        ("turning", 1, 0.5, "name", "register"),
    ).find("turning")
    assert found.strengths[0] / FULL == pytest.approx(1 - 0.4 * 0.5, abs=1 / FULL)


def test_nothing_held_is_nothing_found(tmp_path):
    assert len(postings(tmp_path).find("turning")) == 0
