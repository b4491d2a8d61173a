"""The invented register on which the search is measured: bare and enriched, indexed, with its truth."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.search.baselines import Rows
from bench.search.contract_tier import Tier, choose_cutoff, forget_contracts, make_tier
from bench.search.corpus import Corpus, Judge, judge_activities, make_corpus, read_judge
from bench.search.evaluation import Asked, Territory, ask_everywhere
from bench.search.labelled_set import read_labelled
from bench.search.notices import read_notices
from bench.search.variants import write_variant
from maillon.core.errors import MissingData
from maillon.core.message import message
from maillon.demo.register import Mix, write_register_files
from maillon.reference.register import Register, build_register, open_register

#: One of each pilot region: Doubs, Nord, Seine-Saint-Denis, Seine-Maritime.
DEPARTEMENTS = ("25", "59", "93", "76")
SIZE = (
    20_000  # rows written; less than half are active and of use to industry: some 500 a département and half
)
SEED = 20_261_123


@dataclass
class Setting:
    """One invented register: with all that its sources say, or bare; and who judges."""

    folder: Path
    built: Register
    truth: Path
    departements: tuple[str, ...]
    decp: Path | None = None
    _registers: dict[bool, Register] = field(default_factory=dict)
    _corpora: dict[bool, Corpus] = field(default_factory=dict)

    def register(self, *, enriched: bool) -> Register:
        """Return the register with its sources, or as SIRENE alone gives it."""
        if enriched:
            return self.built
        if enriched not in self._registers:
            nothing = self.built.capabilities().clear()
            self._registers[enriched] = write_variant(self.built, nothing, self.folder / "bare")
        return self._registers[enriched]

    def nameless(self) -> Register:
        """Return the register with its sources and without names.

        Invented names are drawn from the activity, not from what a firm makes: weights fitted with them would
        learn to mistrust names, which in reality tell much.
        """
        return write_variant(self.built, self.built.capabilities(), self.folder / "nameless", named=False)

    def contracts(self, part: str) -> tuple[Register, Tier]:
        """Return the register as it was when half the contracts were signed, nameless, and the later ones.

        The documents of ``corpus`` know every contract; only the register returned has forgotten.
        ``MissingData`` where the setting has no file of contracts.
        """
        if self.decp is None:
            raise MissingData(message("There is no file of public contracts."))
        read = read_notices(self.decp, lambda buyer: None, dt.datetime.now(dt.UTC).date())
        cutoff = choose_cutoff(read.notices, 0.5)
        known = forget_contracts(self.built.capabilities(), cutoff)
        then = write_variant(self.built, known, self.folder / f"then-{part}", named=False)
        tier = make_tier(read.notices, self.corpus(enriched=True), {}, cutoff)
        return then, tier.of(self.corpus(enriched=True), part)

    def corpus(self, *, enriched: bool) -> Corpus:
        """Return the documents that the baselines read."""
        if enriched not in self._corpora:
            tables = self.built.establishments(), self.built.capabilities()
            self._corpora[enriched] = make_corpus(*tables, enriched=enriched)
        return self._corpora[enriched]

    def judge(self, *, enriched: bool, by_activity: bool = False) -> Judge:
        """Return who judges: the hidden truth, or the classes labelled by hand."""
        corpus = self.corpus(enriched=enriched)
        return judge_activities(corpus) if by_activity else read_judge(self.truth, corpus)

    def territories(self, part: str, *, enriched: bool, together: bool = False) -> Mapping[Territory, Rows]:
        """Return the rows of a part's firms: of each département, or of all of them together."""
        every: Sequence[Territory] = [self.departements] if together else [(d,) for d in self.departements]
        corpus = self.corpus(enriched=enriched)
        return {territory: corpus.candidates(territory, part) for territory in every}

    def ask(self, part: str, *, enriched: bool) -> tuple[list[Asked], Mapping[Territory, Rows]]:
        """Return the designations of a part asked in each département among the firms of the same part."""
        rows = self.territories(part, enriched=enriched)
        asked, _ = ask_everywhere(read_labelled(part), self.judge(enriched=enriched), rows)
        return asked, rows


@contextmanager
def open_setting(
    size: int = SIZE,
    seed: int = SEED,
    departements: tuple[str, ...] = DEPARTEMENTS,
    mix: Mix | None = None,
) -> Iterator[Setting]:
    """Write, build and index an invented register in a folder that is gone afterwards.

    ``mix`` tells how many makers any source tells of; by default about one in eight, as in reality.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_register_files(
            folder / "files", size=size, seed=seed, departements=departements, mix=mix
        )
        built = build_register(files.sources, enrichment=files.enrichment, folder=folder / "snapshots")
        decp = next(path for path in files.enrichment if path.name.startswith("decp"))
        yield Setting(folder, open_register(built), files.truth, departements, decp)
