"""Verdicts of firms: appended, read again, damaged lines counted."""

from datetime import date

import pytest

from maillon.core.errors import InvalidRequest
from maillon.reference.classifications.lexicon.verdicts import (
    CONFIRMED,
    REFUSED,
    Verdict,
    last_verdicts,
    read_verdicts,
    record_verdict,
    verdicts_path,
)

SIRET = "55210055400013"


def _record(folder, **changes):
    said = {"noun": "housing", "process": "milling", "siret": SIRET, "verdict": CONFIRMED} | changes
    return record_verdict("CARTER USINÉ", on=date(2026, 11, 23), folder=folder, **said)


def test_nothing_recorded_is_nothing_read(tmp_path):
    assert read_verdicts(tmp_path).records == ()


def test_what_is_recorded_is_read_in_order(tmp_path):
    first, second = _record(tmp_path), _record(tmp_path, verdict=REFUSED, siret="552 100 554 00013")
    assert read_verdicts(tmp_path).records == (first, second)
    assert first == Verdict("CARTER USINÉ", "housing", "milling", SIRET, CONFIRMED, "2026-11-23")
    assert second.siret == SIRET


def test_a_line_that_a_crash_left_open_spoils_no_other(tmp_path):
    first = _record(tmp_path)
    with verdicts_path(tmp_path).open("ab") as target:
        target.write(b'{"designation": "CAR')
    second = _record(tmp_path)
    read = read_verdicts(tmp_path)
    assert (read.records, read.damaged) == ((first, second), 1)


@pytest.mark.parametrize("changes", [
    {"noun": "no such noun"},
    {"process": "alchemy"},
    {"siret": "12345678901234"},
    {"siret": ""},
    {"verdict": "perhaps"},
])  # fmt: skip
def test_a_verdict_that_makes_no_sense_is_refused_and_not_written(tmp_path, changes):
    with pytest.raises(InvalidRequest):
        _record(tmp_path, **changes)
    assert not verdicts_path(tmp_path).exists()


def test_a_firm_that_changes_its_mind_counts_once():
    said = [
        Verdict(text, None, "milling", SIRET, said, "") for text, said in (("X", CONFIRMED), ("x", REFUSED))
    ]
    assert [v.verdict for v in last_verdicts(said)] == [REFUSED]
