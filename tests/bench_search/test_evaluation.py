"""Systems on a register small enough to know every right answer."""

import numpy as np
import polars as pl
import pytest
from bench.search.baselines import (
    Bm25,
    Fts5,
    Letters,
    Popularity,
    Random,
    TantivyStemmed,
    baselines,
)
from bench.search.corpus import judge_activities, make_corpus, part_of, read_judge
from bench.search.evaluation import ask_everywhere, evaluate, summarise
from bench.search.strata import content_stems, shares_words

SPRINGS, TRADER, WIRE = 2, 3, 6  # rows of the firms, in the order of SIRET


@pytest.fixture
def corpus(establishments, capabilities, one_part):
    return make_corpus(establishments, capabilities, enriched=True)


@pytest.fixture
def judge(truth, corpus):
    return read_judge(truth, corpus)


def test_a_document_is_what_the_register_says(establishments, capabilities, one_part):
    bare = make_corpus(establishments, capabilities, enriched=False)
    full = make_corpus(establishments, capabilities, enriched=True)
    assert bare.texts[0] == "MECA DOUBS . Mécanique industrielle"
    assert full.texts[0] == "MECA DOUBS . Mécanique industrielle . usinage, fraisage 5 axes"
    assert full.texts[4] == bare.texts[4]
    assert "80000000200017" not in full.rows, "a closed establishment is no candidate"


def test_masked_establishments_are_no_documents(establishments, capabilities):
    masked = establishments.with_columns(masked=pl.col("siren") == "100000009")
    assert "10000000900017" not in make_corpus(masked, capabilities, enriched=True).rows


def test_all_sites_of_a_firm_are_on_one_side():
    sides = {part_of(f"{number:09}") for number in range(50)}
    assert sides == {"dev", "test"}
    assert part_of("123456789") == part_of("123456789")


def test_territory_and_part_bound_the_candidates(corpus):
    assert corpus.candidates(["25"], "test").tolist() == [0, 1, 2, 3, 4]
    assert corpus.candidates(["25", "90"], "test").tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert corpus.candidates(["25"], "dev").tolist() == []


def test_the_first_process_is_worth_two_and_a_trader_nothing(judge, need):
    rows = frozenset(range(7))
    assert judge.grades(need("ressort", "spring-coiling", "wire-forming"), rows) == {SPRINGS: 2.0, WIRE: 1.0}
    assert judge.grades(need("ressort", "spring-coiling"), frozenset({TRADER, WIRE})) == {}


def test_activities_are_judged_by_the_classes_labelled_by_hand(corpus, need):
    judge = judge_activities(corpus)
    rows = frozenset(range(7))
    assert judge.grades(need("ressort", "turning", naf=("25.93", "25.61")), rows) == {
        SPRINGS: 2,
        WIRE: 2,
        1: 1,
    }
    assert judge.grades(need("ressort", "turning", naf=("46.74",)), rows) == {}


def test_words_find_who_says_them(corpus, need):
    rows = corpus.candidates(["25"], "test")
    asked = [need("RESSORTS compression", "spring-coiling")]
    for system in (Fts5(), Bm25(), TantivyStemmed(), Letters()):
        system.prepare(corpus)
        assert system.rank(asked, rows)[0][0] == SPRINGS, system.name
        assert set(system.rank(asked, rows)[0]) <= set(rows.tolist()), system.name


def test_plain_words_do_not_know_inflections(corpus, need):
    rows = corpus.candidates(["25"], "test")
    asked = [need("ressort", "spring-coiling")]
    found = {}
    for system in (Fts5(), Bm25(), TantivyStemmed()):
        system.prepare(corpus)
        found[system.name] = system.rank(asked, rows)[0]
    assert found["BM25 words"] == found["SQLite FTS5"] == []
    assert set(found["BM25 French stems (tantivy)"]) == {SPRINGS, TRADER}


def test_a_query_without_words_finds_nothing(corpus, need):
    rows = corpus.candidates(["25"], "test")
    for system in (Fts5(), Bm25(), TantivyStemmed(), Letters()):
        system.prepare(corpus)
        assert system.rank([need("***", "turning"), need('Ø12 "', "turning")], rows) == [[], []], system.name


def test_chance_repeats_itself_and_popularity_follows_the_labels(corpus, need):
    rows = corpus.candidates(["25", "90"], "test")
    first, again = Random().rank([need("x", "turning")], rows), Random().rank([need("x", "turning")], rows)
    assert first == again
    assert sorted(first[0]) == rows.tolist()
    popular = Popularity([need("x", "t", naf=("25.93",)), need("y", "t", naf=("25.93", "25.62"))])
    popular.prepare(corpus)
    assert popular.rank([need("x", "turning")], rows) == [[SPRINGS, WIRE, 0, 5]]


def test_only_answerable_questions_are_asked(corpus, judge, need):
    needs = [need("RESSORTS acier", "spring-coiling"), need("bol en verre", "glass-working")]
    rows = {(code,): corpus.candidates([code], "test") for code in ("25", "90")}
    asked, missing = ask_everywhere(needs, judge, rows)
    assert [(one.need.designation, one.territory) for one in asked] == [("RESSORTS acier", ("25",))]
    assert missing == 3
    told = evaluate([Random(), Bm25Ready(corpus)], asked, rows)
    assert told.scores[1].ndcg == told.scores[1].recall == told.scores[1].success == (1.0,)


class Bm25Ready(Bm25):
    def __init__(self, corpus):
        self.prepare(corpus)


def asked_in_25(systems, needs, corpus, judge):
    rows = {("25",): corpus.candidates(["25"], "test")}
    asked, _ = ask_everywhere(needs, judge, rows)
    return evaluate(systems, asked, rows)


def test_questions_are_put_in_the_order_of_the_territories(corpus, judge, need):
    rows = {(code,): corpus.candidates([code], "test") for code in ("25", "90")}
    asked, _ = ask_everywhere([need("USINAGE", "turning")], judge, rows)
    told = evaluate([Bm25Ready(corpus)], asked[::-1], rows)
    assert [one.territory for one in told.asked] == [("25",), ("90",)]
    assert told.scores[0].success == (1.0, 1.0)


def test_a_territory_without_questions_is_passed_over(corpus, judge, need):
    rows = {(code,): corpus.candidates([code], "test") for code in ("25", "90")}
    asked, _ = ask_everywhere([need("fraisage", "milling")], judge, rows)
    systems = [Letters(), Fts5(), Bm25(), TantivyStemmed()]
    for system in systems:
        system.prepare(corpus)
    assert [scores.success for scores in evaluate(systems, asked, rows).scores] == [(1.0,)] * 4


def test_firms_that_nobody_judged_do_not_push_down_in_a_condensed_list(corpus, judge, need):
    rows = {("25",): corpus.candidates(["25"], "test")}
    asked, _ = ask_everywhere([need("stock de ressorts et vis", "spring-coiling")], judge, rows)
    known = evaluate([Bm25Ready(corpus)], asked, rows, frozenset({SPRINGS})).scores[0]
    assert known.condensed == (1.0,)
    assert known.ndcg[0] < 1


def test_a_table_sets_every_system_beside_the_plain_one(corpus, judge, need):
    needs = [need("RESSORTS", "spring-coiling", noun="a"), need("fraisage", "milling", noun="b")]
    told = asked_in_25([Bm25Ready(corpus), Random()], needs, corpus, judge)
    plain, random = summarise(told, "BM25 words")
    assert (plain.ndcg.value, plain.ratio, plain.p) == (1.0, None, None)
    assert random.ratio.value == pytest.approx(np.mean(told.scores[1].ndcg), abs=1e-9)
    assert random.p >= 0.25
    assert summarise(told, "BM25 words", lambda asked: False) == []


def test_strata_look_at_the_words_of_the_right_firms(corpus, judge, need):
    needs = [need("RESSORT inox", "spring-coiling"), need("axe vert", "spring-coiling")]
    told = asked_in_25([Bm25Ready(corpus)], needs, corpus, judge)
    shares = shares_words(corpus)
    assert [shares(asked) for asked in told.asked] == [True, False]
    assert content_stems("Pièces usinées à l'AXE") == {"piece", "usine"}


def test_every_baseline_is_there():
    assert [system.name for system in baselines([])] == [
        "random", "NAF popularity", "SQLite FTS5", "BM25 words", "BM25 French stems (tantivy)",
        "char 3-4-grams TF-IDF",
    ]  # fmt: skip
