"""The product's search as a system ranks as its users see; each ablation does what its name says."""

import pytest
from bench.search.corpus import make_corpus
from bench.search.ours import (
    Ours,
    ablations,
    forget_lexicon,
    keep_figures,
    tell_processes,
    unstemmed,
    without,
)
from bench.search.variants import write_variant

from factories.register import write_snapshot
from maillon.method.search.suppliers import Filters, read_need, search_suppliers, standard_profile
from maillon.reference.register import open_register
from maillon.reference.register.index import build_index
from maillon.reference.register.index.text import analyse

TURNED = "AXE TOURNÉ Ø20 INOX 316L REF 778-B"


@pytest.fixture
def register(tmp_path, establishments, capabilities):
    folder = write_snapshot(tmp_path / "snapshot", establishments, capabilities)
    build_index(folder)
    return open_register(folder)


@pytest.fixture
def corpus(establishments, capabilities, one_part):
    return make_corpus(establishments, capabilities, enriched=True)


@pytest.mark.parametrize("designation", [TURNED, "RESSORT DE COMPRESSION", "zingage blanc", "pièce injectée"])
def test_the_ranking_is_the_one_that_users_see(register, corpus, need, designation):
    ours = Ours(register)
    ours.prepare(corpus)
    ranked = ours.rank([need(designation, "turning")], corpus.candidates(["25"], "test"))[0]
    shown = search_suppliers(register, designation, filters=Filters(departements=frozenset({"25"})), limit=50)
    sirets = corpus.firms["siret"].to_list()
    assert ranked
    assert [sirets[row] for row in ranked] == [candidate.siret for candidate in shown.candidates]


def test_firms_outside_the_part_are_passed_over(register, corpus, need):
    ours = Ours(register)
    ours.prepare(corpus)
    rows = corpus.candidates(["25"], "test")
    both = ours.rank([need("RESSORT", "spring-coiling")], rows)[0]
    less = ours.rank([need("RESSORT", "spring-coiling")], rows[rows != both[0]])[0]
    assert less == both[1:]


def test_without_lexicon_only_written_words_are_left(need):
    read = read_need(TURNED)
    bare = forget_lexicon(read, need(TURNED, "turning"))
    assert read.processes
    assert (bare.processes, bare.treatments, bare.activities) == ((), (), ())
    assert {"axe", "tourné"} <= {word for word, _ in bare.words} <= {"axe", "tourné", "inox", "ref"}
    assert len(bare.words) < len(read.words), "the other names of the part are gone"
    assert bare.material == read.material


def test_without_cleaning_figures_are_words(need):
    words = dict(keep_figures(read_need(TURNED), need(TURNED, "turning")).words)
    assert {"316l", "ø20", "778", "axe"} <= words.keys()
    assert "778" not in dict(read_need(TURNED).words)


def test_a_perfect_reading_knows_the_labels(need):
    told = tell_processes(read_need(TURNED), need(TURNED, "bar-turning", "grinding", "milling"))
    assert [(share.code, share.probability) for share in told.processes] == [
        ("bar-turning", 0.5), ("grinding", 0.25), ("milling", 0.25),
    ]  # fmt: skip
    alone = tell_processes(read_need(TURNED), need(TURNED, "bar-turning"))
    assert [share.probability for share in alone.processes] == [1.0]


def test_a_term_that_counts_for_nothing_gives_no_points(register):
    profile = without(standard_profile(), "activity")
    assert profile.weights["activity"] == 0
    assert {**profile.weights, "activity": standard_profile().weights["activity"]} == dict(
        standard_profile().weights
    )
    assert profile.version != standard_profile().version
    shown = search_suppliers(
        register, TURNED, filters=Filters(departements=frozenset({"25"})), profile=profile
    )
    points = [r.weight for c in shown.candidates for r in c.reasons if r.code == "supplier-activity"]
    assert set(points) <= {0.0}


def test_each_ablation_has_its_name(register):
    names = [system.name for system in ablations(register)]
    assert len(set(names)) == len(names) == 6


def test_words_keep_their_endings_only_inside():
    assert analyse("ressorts") == ["ressort"]
    with unstemmed():
        assert analyse("Ressorts coniques") == ["ressorts", "coniques"]
    assert analyse("ressorts") == ["ressort"]


def test_a_bare_variant_forgets_what_sources_say(register, tmp_path, capabilities, establishments):
    bare = write_variant(register, capabilities.clear(), tmp_path / "bare")
    nameless = write_variant(register, capabilities, tmp_path / "nameless", named=False)
    assert nameless.establishments()["name"].null_count() == len(nameless.establishments())
    assert (
        nameless.establishments()
        .drop("name", "legal_name", "acronym", "trade_names")
        .equals(establishments.sort("siret").drop("name", "legal_name", "acronym", "trade_names"))
    )
    assert bare.capabilities().is_empty()
    assert bare.establishments().equals(establishments.sort("siret"))
    places = Filters(departements=frozenset({"25"}))
    assert any(c.has_evidence for c in search_suppliers(register, "fraisage", filters=places).candidates)
    assert not any(c.has_evidence for c in search_suppliers(bare, "fraisage", filters=places).candidates)
