"""The claim of the cobot, put to the test: an interval, and never 99.86 %."""

from collections.abc import Callable

import pytest

from maillon.core.evidence import Evidence
from maillon.demo.answers import answered_bill
from maillon.demo.bill import Line, build_bill
from maillon.demo.sheet_rows import shown_lines
from maillon.method.diagnose.results import Basis, Share
from maillon.pipeline import Request, run


def bounds(lines: list[Line], weigh: Callable[[Line, float], float]) -> tuple[float, float]:
    """Return the least and most French share of the bought lines, each unknown origin taken either way."""
    french = foreign = whole = 0.0
    for shown in shown_lines(lines, 1):
        if (article := shown.line.article) is not None:
            weight = weigh(shown.line, shown.price or 0.0)
            whole += weight
            if article.evidence is not Evidence.UNKNOWN:
                french += weight * (article.true_country == "FR")
                foreign += weight * (article.true_country != "FR")
    return french / whole, 1 - foreign / whole


def by_value(line: Line, price: float) -> float:
    return line.total * price


def by_line(line: Line, price: float) -> float:
    return 1.0


def bracket(share: Share) -> tuple[float | None, float | None]:
    return share.min, share.max


@pytest.fixture(scope="module")
def diagnoses(examples):
    return [run([examples[name]], Request()).diagnosis for name in ("cobot", "cobot-reponses")]


@pytest.fixture(scope="module")
def bills():
    lines = build_bill(1)
    return [lines, answered_bill(lines)]


def test_french_bounds_are_exact_on_both_editions(diagnoses, bills):
    for diagnosis, lines in zip(diagnoses, bills, strict=True):
        content = diagnosis.local_content
        assert bracket(content[Basis.COUNT]["country:FR"]) == pytest.approx(bounds(lines, by_line))
        assert bracket(content[Basis.ORIGIN_VALUE]["country:FR"]) == pytest.approx(bounds(lines, by_value))


def test_three_far_parts_do_not_make_the_rest_french(diagnoses):
    count = diagnoses[0].local_content[Basis.COUNT]["country:FR"]
    assert count.min == pytest.approx(51 / 2200)
    assert count.max == pytest.approx(2182 / 2200)
    assert count.expected is None
    assert diagnoses[0].bought_lines == 2200


def test_answers_narrow_the_interval_and_never_widen_it(diagnoses):
    before, after = (diagnosis.local_content for diagnosis in diagnoses)
    for basis in Basis:
        old, new = before[basis]["country:FR"], after[basis]["country:FR"]
        assert old.min <= new.min + 1e-12
        assert new.max <= old.max + 1e-12
    value = Basis.ORIGIN_VALUE
    width = [
        content[value]["country:FR"].max - content[value]["country:FR"].min for content in (before, after)
    ]
    assert width[1] < width[0] / 2
