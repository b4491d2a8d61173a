"""The words of titles: cut, counted, found again under other spellings."""

import numpy as np
import polars as pl
import pytest

from maillon.reference.builders.title_goods import goods_nodes
from maillon.reference.classifications import cn, naf
from maillon.reference.classifications.titles.coverage import cover_sisters, cover_titles, fill_titles
from maillon.reference.classifications.titles.spelling import title_words_like
from maillon.reference.classifications.titles.tables import ACTIVITY, titles
from maillon.reference.classifications.titles.words import content_words, split_label


def test_the_levels_hold_every_code_once():
    table = titles()
    headings = [code for code in cn.codes() if len(code) == 4]
    assert list(table.codes[table.span(4)]) == headings
    assert sorted(table.codes[table.span(ACTIVITY)]) == sorted(c for c in naf.codes() if len(c) == 5)
    for level, above in ((6, 4), (8, 6)):
        span = table.span(level)
        assert len(set(table.codes[span])) == span.stop - span.start
        assert {len(code) for code in table.codes[span]} == {level}
        for code, place in zip(table.codes[span], table.above[span], strict=True):
            assert table.codes[place] == code[:above]


def test_exclusions_draw_nothing():
    words = dict(split_label("Ouvrages en zinc, autres que les vis et boulons", "fr"))
    assert words == {"ouvrage": 0.7071, "zinc": 0.4243}
    assert "screw" not in dict(split_label("Articles of zinc (other than screws)", "en"))


def test_english_items_are_named_by_their_last_word_before_a_preposition():
    assert dict(split_label("Ball bearings for wheels", "en")) == {
        "ball": 0.3464,
        "bearing": 0.5774,
        "wheel": 0.3464,
    }


def test_a_small_nomenclature_gives_its_words_level_by_level():
    rows = [
        ("84", "80", None, "Machines", "Machines", None),
        ("8482", "80", 0, "Roulements", "Bearings", None),
        ("848210", "80", 1, "à billes", "Ball", None),
        ("84821010", "80", 2, "petits", "Small", None),
        ("84821090", "80", 2, "autres", "Other", None),
        ("848220", "80", 1, "coniques", "Tapered", None),
    ]
    headings, subheadings, leaves = goods_nodes(rows)
    assert list(headings) == ["8482"]
    assert headings["8482"].words == {
        "fr:machine": 0.15, "en:machine": 0.15, "fr:roulement": 1.0, "en:bearing": 1.0, "fr:bille": 0.7,
        "en:ball": 0.7, "fr:petit": 0.7, "en:small": 0.7, "fr:conique": 0.7, "en:tapered": 0.7,
    }  # fmt: skip
    assert list(subheadings) == ["848210", "848220"]
    assert subheadings["848210"].words == {
        "fr:bille": 1.0, "en:ball": 1.0, "fr:petit": 0.7, "en:small": 0.7,
    }  # fmt: skip
    assert list(leaves) == ["84821010", "84821090", "84822000"]
    assert leaves["84821090"].words == {}


@pytest.mark.parametrize(("written", "meant"), [("roulemen", "roulement"), ("condensateu", "condensateur")])
def test_near_spellings_find_their_word(written, meant):
    assert title_words_like(written)[0][0] == f"fr:{meant}"


def test_coverage_is_a_share_and_needs_the_words():
    words = content_words("Courroie crantée HTD")
    scores = cover_titles(words)
    assert scores.shape == (titles().size,)
    assert 0 <= scores.min() <= scores.max() <= 1
    assert cover_titles([]).max() == 0
    assert fill_titles([]).max() == 0
    assert titles().codes[int(scores[titles().span(4)].argmax())] in {"4010", "5910"}


def test_what_every_sister_says_tells_none_apart():
    table = titles()
    first = table.codes.index("848210")
    sisters = slice(first, first + 8)
    alone, with_common = (
        cover_sisters(words, sisters) for words in ({"conique": 1}, {"roulement": 1, "conique": 1})
    )
    assert int(alone.argmax()) == int(with_common.argmax()) == 1
    assert cover_sisters({"xyzzy": 3}, sisters).tolist() == [0.0] * 8
    assert np.all(alone <= 1)


def test_the_shipped_words_are_those_of_the_shipped_nomenclature():
    """Rebuilt from the table itself, the words of one heading in twenty are the same."""
    from maillon.reference.tables import read_table

    headings, *_ = goods_nodes(list(read_table("classifications/data/cn.parquet").iter_rows()))
    table = titles()
    shipped = pl.DataFrame({"node": table.nodes, "weight": table.weights})
    sums = dict(shipped.group_by("node").agg(pl.col("weight").sum()).iter_rows())
    for place in range(0, table.span(4).stop, 20):
        expected = sum(round(weight * 100) / 100 for weight in headings[table.codes[place]].words.values())
        assert sums[place] == pytest.approx(expected, abs=0.02)


def test_a_word_of_one_language_finds_no_title_of_the_other():
    hatchets = titles().codes.index("8201")
    assert cover_titles(["en:axe"])[hatchets] > 0
    assert cover_titles(["fr:axe"])[hatchets] == 0
