"""The tables of ``python -m bench search``: what is asked of which systems, and judged by whom."""

from __future__ import annotations

from collections.abc import Sequence, Set
from pathlib import Path

from bench.search.baselines import Bm25, System, baselines
from bench.search.evaluation import Evaluation, Line, ask_everywhere, evaluate, summarise
from bench.search.labelled_set import FROZEN, measure_sum, read_labelled
from bench.search.meanings import meanings
from bench.search.ours import OURS, Ours, ablations, unstemmed
from bench.search.setting import Setting, open_setting
from bench.search.strata import shares_words
from bench.search.tables import HEADER, rows_of
from bench.search.variants import write_variant
from maillon.demo.register import Mix

Table = tuple[str, list[str], list[list[str]]]
_PLAIN = Bm25.name
_STRATUM = ("BM25 words", "BM25 French stems (tantivy)", "char 3-4-grams TF-IDF", OURS, "without lexicon")


def measure(setting: Setting | None = None, told: Setting | None = None) -> Table:
    """Return the whole table, measured on ``setting`` and, if given, on ``told``, where firms are told of.

    By default both are invented: one as reality is, one where sources tell of half the makers.
    """
    if measure_sum("test") != FROZEN["test"]:
        raise ValueError("test.csv is not the frozen set: its results could not be compared with others")
    if setting is not None:
        return _table(setting, told)
    with open_setting() as usual, open_setting(mix=Mix(described=0.5)) as better:
        return _table(usual, better)


def _table(setting: Setting, told: Setting | None) -> Table:
    enriched = _enriched(setting)
    rows = [
        *_told(enriched, "one département, enriched"),
        *_strata(enriched, setting),
        *_told(
            _ask(setting, _plain(setting, enriched=True), together=True),
            f"all {len(setting.departements)} départements together, enriched",
        ),
        *_told(
            _ask(setting, _plain(setting, enriched=False), enriched=False), "one département, SIRENE only"
        ),
        *_told(
            _ask(setting, _plain(setting, enriched=False), enriched=False, by_activity=True),
            "one département, SIRENE only, judged by hand-labelled NAF",
        ),
    ]
    if told is not None:
        systems = [*_plain(told, enriched=True), *ablations(told.register(enriched=True))]
        rows += _told(_ask(told, systems), "one département, half of the makers told of")
    firms = setting.corpus(enriched=True).firms
    half = firms.filter(firms["part"] == "test").height
    title = (
        f"Supplier search: test designations (frozen {FROZEN['test'][:16]}…) asked in "
        f"{len(setting.departements)} départements among {half} invented firms of the test half; "
        "mean [95 % interval by part noun]"
    )
    return title, HEADER, rows


def _plain(setting: Setting, *, enriched: bool) -> list[System]:
    return [*baselines(read_labelled("dev")), Ours(setting.register(enriched=enriched))]


def _enriched(setting: Setting) -> Evaluation:
    """Ask in each département with all that sources say: the systems to beat, ours, and its ablations."""
    register = setting.register(enriched=True)
    systems = [*meanings(), *_plain(setting, enriched=True), *ablations(register)]
    told = _ask(setting, systems)
    with unstemmed():
        folder = Path(setting.folder) / "unstemmed"
        bare = write_variant(register, register.capabilities(), folder)
        other = _ask(setting, [Ours(bare, "without stemming")])
    return Evaluation(told.asked, told.scores + other.scores)


def _ask(
    setting: Setting,
    systems: Sequence[System],
    *,
    enriched: bool = True,
    together: bool = False,
    by_activity: bool = False,
) -> Evaluation:
    corpus = setting.corpus(enriched=enriched)
    for system in systems:
        system.prepare(corpus)
    rows = setting.territories("test", enriched=enriched, together=together)
    judge = setting.judge(enriched=enriched, by_activity=by_activity)
    asked, _ = ask_everywhere(read_labelled("test"), judge, rows)
    return evaluate(systems, asked, rows)


def _told(evaluation: Evaluation, where: str) -> list[list[str]]:
    return rows_of(summarise(evaluation, _PLAIN), f"{where}: {len(evaluation.asked)}")


def _strata(evaluation: Evaluation, setting: Setting) -> list[list[str]]:
    """Tell apart the questions that share a word with a right firm's text, and those that do not."""
    shares = shares_words(setting.corpus(enriched=True))
    common = {id(asked) for asked in evaluation.asked if shares(asked)}
    apart = {id(asked) for asked in evaluation.asked} - common
    rows = []
    for name, kept in (("a word in common", common), ("no word in common", apart)):
        lines = _among(evaluation, kept)
        rows += rows_of([line for line in lines if line.system in _STRATUM], f"{name}: {len(kept)}")
    return rows


def _among(evaluation: Evaluation, kept: Set[int]) -> list[Line]:
    return summarise(evaluation, _PLAIN, lambda asked: id(asked) in kept)
