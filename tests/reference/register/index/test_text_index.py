"""The text index against a plain BM25 written from the formula."""

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.reference.register.index.text import FIELDS, TextIndex, analyse, write_text

WORDS = ["usinage", "fraisage", "tolerie", "pignon", "moulage", "fonderie"]
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
documents = st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=12)


def bm25(documents, words, k1=1.2, b=0.75):
    """Sum over words and fields of weight × boost × idf × saturated frequency; BM25 as in the docstring."""
    scores = [0.0] * len(documents)
    for place, boost in enumerate(FIELDS.values()):
        fields = [Counter(analyse(document[place])) for document in documents]
        lengths = [sum(field.values()) for field in fields]
        mean = sum(lengths) / len(lengths)
        for word, weight in words.items():
            holders = sum(1 for field in fields if field[word])
            idf = math.log(1 + (len(fields) - holders + 0.5) / (holders + 0.5))
            for row, field in enumerate(fields):
                if field[word]:
                    longness = k1 * (1 - b + b * lengths[row] / mean)
                    scores[row] += weight * boost * idf * field[word] * (k1 + 1) / (field[word] + longness)
    return scores


@settings(max_examples=20, deadline=None)
@given(documents=documents, asked=st.sets(st.sampled_from(WORDS), min_size=1, max_size=3))
def test_scores_are_those_of_the_formula(tmp_path_factory, documents, asked):
    folder = tmp_path_factory.mktemp("text") / "text"
    write_text(folder, ((row, 0, 0, *fields) for row, fields in enumerate(documents)), lambda: None)
    words = {text: 1.0 + place for place, text in enumerate(sorted(asked))}
    stems = {analyse(text)[0]: weight for text, weight in words.items()}
    expected = {row: score for row, score in enumerate(bm25(documents, stems)) if score > 0}
    hits = TextIndex(folder).find(words, limit=100)
    found = dict(zip(hits.rows.tolist(), hits.scores.tolist(), strict=True))
    assert found == pytest.approx(expected, rel=1e-4)
    assert hits.scores.tolist() == sorted(hits.scores.tolist(), reverse=True)


def test_cells_and_departements_narrow_without_changing_scores(tmp_path):
    rows = [(row, row % 3, row % 2, "usinage", None, None) for row in range(12)]
    write_text(tmp_path / "text", rows, lambda: None)
    index = TextIndex(tmp_path / "text")
    everywhere = index.find({"usinage": 1.0})
    here = index.find({"usinage": 1.0}, {"cell": [0, 2], "departement": [1]})
    assert sorted(here.rows.tolist()) == [3, 5, 9, 11]
    assert set(here.scores) == set(everywhere.scores)


def test_accents_case_endings_and_stop_words_do_not_matter(tmp_path):
    write_text(tmp_path / "text", [(7, 0, 0, None, "Taillage d'ENGRENAGES coniques", None)], lambda: None)
    index = TextIndex(tmp_path / "text")
    assert index.find({"engrenage conique": 1.0}).rows.tolist() == [7]
    assert index.find({"de la": 1.0}).rows.tolist() == []
    assert index.find({}).rows.tolist() == []
