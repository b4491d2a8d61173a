"""Duties and the CBAM: which row wins, what is unknown, which line is wrong."""

import datetime as dt

import pytest

from maillon.core.errors import InvalidRequest
from maillon.reference.trade.cbam import find_cbam_goods, find_cbam_year
from maillon.reference.trade.duties import COLUMNS, find_duty

DAY = dt.date(2026, 6, 1)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "duties.csv"
    rows = [
        "7318,,0.037,,,,,,,TARIC",
        "73181588,,0.05,,,,,,,TARIC",
        "73,CN,0.037,2.5,kg,0.8,1.5,2026-01-01,2026-12-31,AD",
    ]
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n")
    return path


def test_the_origin_first_then_the_longest_prefix(file):
    assert find_duty("7318 15 88", "VN", DAY, file).rate.mid == 0.05
    assert find_duty("7318 16", "VN", DAY, file).rate.mid == 0.037
    chinese = find_duty("7318 15 88", "CN", DAY, file)
    assert (chinese.specific_eur, chinese.unit, chinese.anti_dumping, chinese.anti_dumping_eur) == (
        2.5,
        "kg",
        0.8,
        1.5,
    )
    assert find_duty("7318 15 88", "CN", dt.date(2027, 1, 1), file).rate.mid == 0.05


def test_chapters_are_ranges_and_leave_anti_dumping_unknown(file):
    duty = find_duty("8482", "CN", DAY, file)
    assert duty.rate.low < duty.rate.mid < duty.rate.high
    assert duty.anti_dumping is None
    assert find_duty("8482", "DE", DAY).rate.high == 0
    assert find_duty("77", "CN", DAY) is None


def test_a_bad_line_is_named(file):
    with file.open("a") as target:
        target.write("73x,,0.1,,,,,,,x\n")
    with pytest.raises(InvalidRequest, match=r"Line 5 of .*73x is not a code of goods"):
        find_duty("8482", "CN", DAY, file)
    with pytest.raises(InvalidRequest, match="is not a code of goods"):
        find_duty("screws", "CN", DAY)


def test_cbam_goods_years_and_a_users_values(tmp_path):
    assert find_cbam_goods("7604 10", "CN").sector == "aluminium"
    assert find_cbam_goods("7204 10", "CN") is None
    assert [find_cbam_year(year).phase_in for year in (2026, 2030, 2034)] == [0.025, 0.485, 1.0]
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "code,country,sector,low,mid,high,source,date\n7318,,iron_steel,1,2,3,x,2026-01-01\n"
        "73,IN,iron_steel,4,4,4,y,2026-01-01\n"
    )
    assert find_cbam_goods("731815", "IN", mine).emissions.mid == 4
    assert find_cbam_goods("731815", "CN", mine).emissions.mid == 2
