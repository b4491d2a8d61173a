"""One designation to its codes: what comes first, how fine, when nothing is said, and why."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.language import render
from maillon.method.search import classify_designation, code_label, explain_reasons, read_designation
from maillon.method.search.classify.clues import find_clues
from maillon.method.search.classify.evidence import HEADING_TERMS, heading_terms, listed_shares
from maillon.method.search.classify.model import weigh
from maillon.method.search.classify.weights import calibrate, term_weights
from maillon.reference.classifications import cn, nace, naf
from maillon.reference.classifications.titles.tables import titles

PARTS = {
    "ROULEMENT 6205-2RS": ("8482", "28.15Z"),
    "VIS CHC M6X20 CL 12.9": ("7318", "25.94Z"),
    "JOINT TORIQUE NBR 25X3": ("4016", "22.19Z"),
    "FORET HSS D8": ("8207", "25.73B"),
    "COURROIE CRANTEE HTD 5M": ("4010", "22.19Z"),
    "CABLE H07V-K 1.5MM2": ("8544", "27.32Z"),
    "CONDENSATEUR 100NF 50V": ("8532", "26.11Z"),
    "HEX BOLT M10X40": ("7318", "25.94Z"),
}


@pytest.mark.parametrize(("text", "codes"), PARTS.items())
def test_plain_parts_have_their_heading_and_their_maker(text, codes):
    found = classify_designation(text)
    assert found.cn[0].code[:4] == codes[0]
    assert found.naf[0].code == codes[1]


def test_products_follow_the_goods_not_the_makers():
    """Capacitors are CPA 27.90 in the official tables, while their makers in France are of NAF 26.11."""
    found = classify_designation("CONDENSATEUR 100NF 50V")
    assert (found.naf[0].code, found.cpa[0].code) == ("26.11Z", "27.90")
    assert classify_designation("ROULEMENT 6205-2RS").cpa[0].code == "28.15"


@pytest.mark.parametrize("text", ["", "   ", "zzqx 4711", "----", "12345678", "\x00\ufffd"])
def test_nothing_known_gives_no_code(text):
    found = classify_designation(text)
    assert (found.cn, found.cpa, found.naf, found.naf_2025) == ((), (), (), ())
    assert found.abstains


def test_the_material_decides_among_other_articles():
    headings = {m: classify_designation(f"PIECE {m}", cutoff=0).cn[0].code[:4] for m in ("ACIER", "ALU")}
    assert headings == {"ACIER": "7326", "ALU": "7616"}


def test_a_higher_cutoff_only_silences():
    text = "CARTER INOX 316L EP 2"
    free, strict = classify_designation(text, cutoff=0), classify_designation(text, cutoff=0.999)
    assert len(free.cn) == 5
    assert strict.cn == strict.naf == strict.cpa == ()
    assert classify_designation(text, cutoff=free.cn[0].probability).cn == free.cn


@pytest.mark.parametrize("text", PARTS)
def test_finer_codes_are_given_only_where_sure(text):
    coarse, fine = (classify_designation(text, cutoff=0, sure=sure) for sure in (1.0, 0.0))
    assert [len(share.code) for share in coarse.cn] == [4] * len(coarse.cn)
    assert fine.cn[0].code in _leaves()
    for heading in coarse.cn:
        (finer,) = [share for share in fine.cn if share.code[:4] == heading.code] or [None]
        assert finer is None or finer.probability <= heading.probability


def _leaves():
    return set(titles().codes[titles().span(8)])


def test_headings_follow_the_softmax_of_the_weighted_terms():
    clues = find_clues(read_designation("PALIER A SEMELLE UCP205"))
    z = heading_terms(clues).astype(float).T @ term_weights("heading", HEADING_TERMS).astype(float)
    expected = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    np.testing.assert_allclose(weigh(clues).headings, expected, atol=1e-5)


@pytest.mark.parametrize("text", PARTS)
def test_reasons_sum_to_the_score_of_the_best_code(text):
    found = classify_designation(text)
    evidence = weigh(find_clues(read_designation(text)))
    for reasons, terms in (
        (found.cn_reasons, evidence.heading_terms),
        (found.naf_reasons, evidence.class_terms),
    ):
        assert math.isclose(sum(r.weight for r in reasons), float(terms.sum(axis=0).max()), rel_tol=1e-4)


def test_reasons_are_sentences_in_both_languages():
    found = classify_designation("ROULEMENT 6205-2RS")
    french = [render(sentence, "fr") for sentence, _ in explain_reasons(found.cn_reasons, "fr")]
    assert "La famille d’achats «\u00a0Roulements\u00a0» mène à 8482." in french
    english = [render(sentence, "en") for sentence, _ in explain_reasons(found.cn_reasons, "en")]
    assert "The title of 8482 holds words of the text: roulement." in english


def test_naf_2025_are_classes_of_the_later_revision():
    found = classify_designation("PIECE USINEE ACIER", cutoff=0)
    assert found.naf_2025
    assert {share.code for share in found.naf_2025} <= set(nace.codes("2.1"))
    assert naf.label(found.naf[0].code, "fr")


def test_labels_are_said_from_the_heading_down():
    assert code_label("cn", "8482", "en") == "Ball or roller bearings"
    assert code_label("cn", "84821090", "fr") == (
        "Roulements à billes, à galets, à rouleaux ou à aiguilles > Roulements à billes > autres"
    )
    assert code_label("naf", "25.62B", "fr") == "Mécanique industrielle"
    assert code_label("naf_2025", "25.53", "fr") == "Machining of metals"


@pytest.mark.parametrize("code", ["01012100", "853400", "85340011", "49090000", "820900"])
def test_every_code_that_can_be_given_has_a_label(code):
    assert code_label("cn", code, "fr")


def test_shares_of_a_list_fall_with_rank():
    assert listed_shares(("a", "b", "c")) == pytest.approx({"a": 6 / 11, "b": 3 / 11, "c": 2 / 11})
    assert listed_shares(()) == {}


def test_calibration_never_falls_and_stays_a_probability():
    for kind in ("heading", "subheading", "class"):
        curve = calibrate(kind, np.linspace(0, 1, 201))
        assert all(a <= b for a, b in pairwise(curve))
        assert curve[0] == 0
        assert curve[-1] <= 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_classification(text):
    found = classify_designation(text, cutoff=0)
    known = set(naf.codes()) | set(nace.codes("2.1"))
    for shares in (found.naf, found.naf_2025, found.cpa):
        assert all(0 <= s.probability <= 1 and s.code in known for s in shares)
    assert all(cn.nearest(s.code) for s in found.cn)
    for shares in (found.cn, found.naf, found.cpa):
        assert [s.probability for s in shares] == sorted((s.probability for s in shares), reverse=True)
