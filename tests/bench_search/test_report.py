"""The whole table on a register of a dozen firms: every part is there, and the frozen set is checked."""

import bench.search.report
import pytest
from bench.search.features import read_questions
from bench.search.ours import Ours
from bench.search.report import measure
from bench.search.setting import Setting

from factories.register import write_snapshot
from maillon.method.search.suppliers import standard_profile
from maillon.method.search.suppliers.search import searcher_of
from maillon.reference.register import open_register
from maillon.reference.register.index import build_index


@pytest.fixture
def setting(tmp_path, establishments, capabilities, truth, one_part):
    folder = write_snapshot(tmp_path / "snapshot", establishments, capabilities)
    build_index(folder)
    return Setting(tmp_path, open_register(folder), truth, ("25", "90"))


def test_the_table_tells_every_setting_and_stratum(setting):
    title, header, rows = measure(setting, setting)
    assert "398a6162ae6fdf9a" in title
    assert "7 invented firms" in title
    assert {len(row) for row in rows} == {len(header)}
    asked = list(dict.fromkeys(row[1].partition(":")[0] for row in rows))
    assert asked == [
        "one département, enriched",
        "a word in common",
        "no word in common",
        "all 2 départements together, enriched",
        "one département, SIRENE only",
        "one département, SIRENE only, judged by hand-labelled NAF",
        "one département, half of the makers told of",
    ]
    first = [row[0] for row in rows if row[1].startswith("one département, enriched")]
    assert first[:7] == [
        "random", "NAF popularity", "SQLite FTS5", "BM25 words", "BM25 French stems (tantivy)",
        "char 3-4-grams TF-IDF", "Maillon",
    ]  # fmt: skip
    assert first[7:] == [
        "without cleaning", "without lexicon", "without NAF link", "without evidence of processes",
        "without text", "(told the labelled processes)", "without stemming",
    ]  # fmt: skip


def test_an_altered_set_is_refused(setting, monkeypatch):
    monkeypatch.setattr(bench.search.report, "measure_sum", lambda part: "0")
    with pytest.raises(ValueError, match="frozen"):
        measure(setting)


def test_features_give_the_ranking_of_the_search(setting):
    """The nDCG that the tuning reads from weights is the one that the search itself gets."""
    asked, rows = setting.ask("test", enriched=True)
    corpus, register = setting.corpus(enriched=True), setting.register(enriched=True)
    questions = read_questions(searcher_of(register), corpus, asked, rows, standard_profile())
    ours = Ours(register)
    ours.prepare(corpus)
    from bench.search.evaluation import evaluate

    told = evaluate([ours], asked, rows).scores[0].ndcg
    assert [q.score(standard_profile().weights) for q in questions] == pytest.approx(told)
    assert [q.noun for q in questions] == [one.need.noun for one in asked]


def test_a_bare_register_says_nothing_of_its_firms(setting):
    assert setting.register(enriched=False).capabilities().is_empty()
    assert not setting.register(enriched=True).capabilities().is_empty()
    assert "fraisage" not in " ".join(setting.corpus(enriched=False).texts)
