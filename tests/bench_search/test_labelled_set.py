"""The frozen designations: sums, codes, sides, and the kappa that their page tells."""

import csv
import re

import pytest
from bench.search.labelled_set import FOLDER, FROZEN, measure_sum, read_labelled
from bench.search.metrics import kappa

from maillon.reference.classifications import cn, naf
from maillon.reference.classifications.families import find_family
from maillon.reference.classifications.processes import find_process

PARTS = ("dev", "test")
#: Nouns with one head in another language stand on one side.
SAME_HEAD = [{"vanne", "clapet", "électrovanne"}, {"tube", "tuyau"}, {"circlips", "anneau"}]


@pytest.fixture(scope="module")
def labelled():
    return {part: read_labelled(part) for part in PARTS}


@pytest.mark.parametrize("part", PARTS)
def test_the_set_is_frozen(part):
    assert measure_sum(part) == FROZEN[part]
    assert FROZEN[part] in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_set_is_large_enough_and_of_several_languages(labelled):
    every = labelled["dev"] + labelled["test"]
    assert len(every) == 744
    shares = {lang: sum(row.language == lang for row in every) / len(every) for lang in ("fr", "en")}
    assert shares["fr"] == pytest.approx(0.74, abs=0.01)
    assert shares["en"] == pytest.approx(0.19, abs=0.01)
    assert {row.language for row in every} == {"fr", "en", "de", "es", "it"}
    assert len(labelled["dev"]) / len(every) == pytest.approx(0.45, abs=0.01)


def test_no_head_word_is_on_both_sides(labelled):
    heads = {part: {re.split(r"[ '’-]", row.noun)[0] for row in rows} for part, rows in labelled.items()}
    assert heads["dev"].isdisjoint(heads["test"])
    for group in SAME_HEAD:
        assert sum(bool(group & heads[part]) for part in PARTS) == 1


def test_no_line_is_twice(labelled):
    every = labelled["dev"] + labelled["test"]
    assert len({row.id for row in every}) == len(every)
    assert len({row.designation.casefold() for row in every}) == len(every)


def test_every_code_exists(labelled):
    for row in labelled["dev"] + labelled["test"]:
        assert 1 <= len(set(row.processes)) == len(row.processes) <= 3, row.id
        assert 1 <= len(set(row.naf)) == len(row.naf) <= 3, row.id
        assert 1 <= len(set(row.hs4)) == len(row.hs4) <= 3, row.id
        assert all(find_process(code) for code in row.processes)
        assert all(naf.level(code) == 4 and not naf.is_wholesale(code) for code in row.naf), row.id
        assert all(cn.label(code, "fr") for code in row.hs4), row.id
        assert find_family(row.family)


def test_the_kappa_told_is_the_kappa_of_the_two_passes():
    with (FOLDER / "passes.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| (process|NAF)[^|]*\|[^|]*\| ([\d.]+) \|", page, re.MULTILINE))
    for name, column in (("process", "process"), ("NAF", "naf")):
        first, second = ([row[f"{nth}_{column}"] for row in rows] for nth in ("first", "second"))
        assert f"{kappa(first, second):.3f}" == told[name]
