"""The files of the invented register: in the exact form of INSEE's and of the other sources."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.demo.firm import INVENTED
from maillon.demo.register.columns import LAYOUTS, establishment_columns, unit_columns
from maillon.demo.register.coverage import choose_sources
from maillon.demo.register.draws import Dice
from maillon.demo.register.establishments import write_establishments
from maillon.demo.register.facts import World, draw_known, draw_stretch
from maillon.demo.register.geolocation import write_geolocation, write_successions
from maillon.demo.register.known_firms import known_firms, known_processes
from maillon.demo.register.mix import Mix
from maillon.demo.register.numbers import LARGEST_RANK
from maillon.demo.register.sites import communes
from maillon.demo.register.source_tables import append_sources, begin_sources
from maillon.demo.register.structure import BLOCK
from maillon.demo.register.tables import FORMS, TableWriter
from maillon.demo.register.truth import draw_truth, truth_frame
from maillon.demo.register.units import write_units
from maillon.reference.register.manifest import INVENTED_LABEL
from maillon.reference.tables import read_table

Progress = Callable[[float], None]

#: Rows drawn and written at once.
STRETCH = 2_000 * BLOCK

_ESTABLISHMENTS = "StockEtablissement_utf8"
_UNITS = "StockUniteLegale_utf8"
_GEOLOCATION = "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8"
_SUCCESSION = "StockEtablissementLiensSuccession_utf8"
_TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class RegisterFiles:
    """The files written. ``sources`` are the official ones, ``enrichment`` tell what firms make.

    ``truth`` (columns: ``maillon.demo.register.truth.TRUTH``) is for benches and tests: the product never
    reads it.
    """

    establishments: Path
    units: Path
    geolocation: Path
    successions: Path
    insolvencies: Path
    enrichment: tuple[Path, ...]
    truth: Path
    label: Path  # says that all is invented

    @property
    def sources(self) -> tuple[Path, ...]:
        """What a register is built from: the stock, the points, the successions, the insolvencies."""
        return (self.establishments, self.units, self.geolocation, self.successions, self.insolvencies)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file."""
        return (*self.sources, *self.enrichment, self.truth, self.label)


@dataclass(frozen=True, slots=True)
class _Plan:
    world: World
    layout: str
    stretches: tuple[tuple[int, int], ...]


def write_register_files(  # noqa: PLR0913 - each option is one a user sets
    folder: Path,
    *,
    size: int,
    seed: int = 1,
    layout: str = "current",
    form: str = "parquet",
    departements: Sequence[str] | None = None,
    mix: Mix | None = None,
    stretch: int = STRETCH,
    progress: Progress = lambda share: None,
) -> RegisterFiles:
    """Write an invented register of ``size`` establishments into ``folder`` (made when absent).

    The firms of the example files come first. The content depends on ``size``, ``seed``, ``layout``,
    ``departements`` and ``mix`` alone; ``stretch`` (rows at once) bounds the memory. Files are written aside
    and moved when all are done: an interruption leaves those of before. ``progress`` takes 0 to 1.
    Raises ``InvalidRequest`` for an impossible size, layout, form, département or folder.
    """
    _check(folder, size, layout, form, departements)
    chosen = None if departements is None else tuple(sorted(set(departements)))
    world = World(Dice(seed), communes(chosen), communes(), mix or Mix())
    plan = _Plan(world, layout, tuple(_stretches(size - len(known_firms()), stretch)))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".draft-", dir=folder) as draft:
        files = _write(Path(draft), plan, form, progress)
        return _move(files, folder)


def _check(folder: Path, size: int, layout: str, form: str, departements: Sequence[str] | None) -> None:
    if folder.exists() and not folder.is_dir():
        raise InvalidRequest(
            message("{path} is a file.", path=str(folder)), message("Name a folder, which may be new.")
        )
    least = len(known_firms()) + 1
    if not least <= size <= LARGEST_RANK:
        raise InvalidRequest(
            message("An invented register cannot have {size} establishments.", size=size),
            message("Ask for {least} to {most} establishments.", least=least, most=LARGEST_RANK),
        )
    for value, known in ((layout, LAYOUTS), (form, FORMS)):
        if value not in known:
            raise InvalidRequest(
                message("An invented register is not written as {value}.", value=value),
                message("Give one of: {choices}.", choices=", ".join(known)),
            )
    there = set(read_table("places/data/departements.parquet")["code"])
    wrong = [code for code in departements or () if code not in there or communes((code,)).table.is_empty()]
    if wrong or (departements is not None and not departements):
        raise InvalidRequest(
            message("No commune lies in these départements: {codes}.", codes=", ".join(wrong) or "–"),
            message("Give codes of départements, such as 90, 2A or 971."),
        )


def _stretches(rows: int, stretch: int) -> Iterator[tuple[int, int]]:
    step = max(stretch // BLOCK, 1) * BLOCK
    for start in range(0, rows, step):
        yield start, min(start + step, rows)


def _write(draft: Path, plan: _Plan, form: str, progress: Progress) -> RegisterFiles:
    names = (_ESTABLISHMENTS, _UNITS, _GEOLOCATION, _SUCCESSION)
    tables = {name: TableWriter(draft, name, form) for name in names}
    tables[_TRUTH] = TableWriter(draft, _TRUTH, "parquet")
    sources = begin_sources(draft)
    progress(0.0)
    for done, (facts, firms, truth) in enumerate(_invent(plan)):
        for name, frame in _official(plan, facts, firms).items():
            tables[name].append(frame)
        tables[_TRUTH].append(truth)
        append_sources(sources, plan.world.dice.seed, _with_names(facts, firms), truth)
        progress(0.95 * (done + 1) / (len(plan.stretches) + 1))
    for table in tables.values():
        table.finish()
    progress(1.0)
    told = tuple(path for source, path in sources.items() if source != "bodacc")
    return RegisterFiles(
        establishments=tables[_ESTABLISHMENTS].path,
        units=tables[_UNITS].path,
        geolocation=tables[_GEOLOCATION].path,
        successions=tables[_SUCCESSION].path,
        insolvencies=sources["bodacc"],
        enrichment=told,
        truth=tables[_TRUTH].path,
        label=_write_label(draft),
    )


def _write_label(folder: Path) -> Path:
    """Write beside the files what their columns, which are INSEE's, have no room for."""
    path = folder / INVENTED_LABEL
    path.write_text(f"{INVENTED}\n", encoding="utf-8")
    return path


def _invent(plan: _Plan) -> Iterator[tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]]:
    """Yield facts, firms and truth: of the firms of the example files, then of each stretch."""
    dice, described = plan.world.dice, plan.world.mix.described
    facts, firms = draw_known(plan.world)
    role = pl.Series([firm.role for firm in known_firms()])
    truth = truth_frame(dice, facts, role, known_processes(), np.ones(facts.height, dtype=np.int64))
    yield facts, firms, truth.with_columns(choose_sources(dice, facts, truth, described, every=True))
    for start, stop in plan.stretches:
        facts, firms = draw_stretch(plan.world, start, stop)
        truth = draw_truth(dice, facts)
        yield facts, firms, truth.with_columns(choose_sources(dice, facts, truth, described, every=False))


def _official(plan: _Plan, facts: pl.DataFrame, firms: pl.DataFrame) -> dict[str, pl.DataFrame]:
    dice = plan.world.dice
    return {
        _ESTABLISHMENTS: write_establishments(dice, facts, establishment_columns(plan.layout)),
        _UNITS: write_units(dice, firms, unit_columns(plan.layout)),
        _GEOLOCATION: write_geolocation(dice, facts),
        _SUCCESSION: write_successions(dice, facts),
    }


def _with_names(facts: pl.DataFrame, firms: pl.DataFrame) -> pl.DataFrame:
    person = pl.concat_str("first_name", "surname", separator=" ")
    named = firms.select("firm", name=pl.when("natural").then(person).otherwise("name"))
    return facts.join(named, on="firm", how="left", maintain_order="left")


def _move(files: RegisterFiles, folder: Path) -> RegisterFiles:
    """Move every file from the draft into ``folder``."""

    def moved(path: Path) -> Path:
        return Path(shutil.move(path, folder / path.name))

    return replace(
        files,
        **{name: moved(getattr(files, name)) for name in RegisterFiles.__slots__ if name != "enrichment"},
        enrichment=tuple(moved(path) for path in files.enrichment),
    )
