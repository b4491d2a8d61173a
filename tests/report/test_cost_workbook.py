"""The workbook of a cost: recomputed apart, it says what the library says, whatever a buyer changes."""

import datetime as dt
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from factories.costs import factors_of
from factories.dossiers import HOSTILE
from factories.worksheet_formulas import Recomputed
from maillon.core.estimate import Estimate
from maillon.core.quotation import PriceBreak, Quotation
from maillon.method.cost.arithmetic import FACTORS, cost_arrays
from maillon.method.cost.assumptions import CostAssumptions
from maillon.method.cost.compare import Comparison, compare_offers
from maillon.method.cost.layers import LAYER_OF
from maillon.method.cost.need import Demand
from maillon.method.cost.offers import rank_offers
from maillon.report.workbook.cost_book import write_cost_workbook

DAY = dt.date(2026, 11, 23)
TAKEN = CostAssumptions(rates={"USD": Estimate(0.85, 0.92, 1.0, "EUR/USD", "invented", DAY)}, today=DAY)
ENGLISH = ["Comparison", "Import", "Import, computed", "Local", "Local, computed", "Break-even"]


def quotations(name: str = "Invented Ltd") -> tuple[Quotation, Quotation]:
    far = Quotation(
        name, "bracket", (PriceBreak(1, 12.0),), "USD", "CN", "sea", "FOB", tooling=3000.0, mass=0.8,
        annual_quantity=1200.0,
    )  # fmt: skip
    near = Quotation("Atelier inventé", "bracket", (PriceBreak(1, 13.5),), "EUR", "FR", "road", mass=0.8)
    return far, near


def compared(name: str = "Invented Ltd") -> Comparison:
    return compare_offers(*quotations(name), Demand(1200.0), TAKEN)


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("cost") / "cost.xlsx"
    write_cost_workbook(compared(), path, "en")
    return path


def rows_of(book, sheet):
    """Row of each label of the first column."""
    return {row[0].value: row[0].row for row in book[sheet].iter_rows(max_col=1) if row[0].value}


def test_every_formula_recomputed_gives_the_figure_stored_beside_it(written) -> None:
    recomputed = Recomputed(written)
    stored = openpyxl.load_workbook(written, data_only=True)
    assert stored.sheetnames == ENGLISH
    checked = 0
    for sheet, cell, _ in recomputed.formulas():
        assert recomputed.at(sheet, cell) == pytest.approx(stored[sheet][cell].value, rel=1e-9, abs=1e-9), (
            f"{sheet}!{cell}"
        )
        checked += 1
    assert checked > 7_000


def test_the_first_sheet_says_what_the_library_says(written) -> None:
    found, recomputed = compared(), Recomputed(written)
    rows = rows_of(recomputed.book, "Comparison")
    first = rows["Item"] + 1
    for rank, code in enumerate(LAYER_OF):
        for column, cost in ((3, found.imported), (6, found.local)):
            one = cost.item(code).estimate
            said = [recomputed.value("Comparison", first + rank, column + at) for at in range(3)]
            assert said == pytest.approx([one.low, one.mid, one.high], rel=1e-9, abs=1e-12), code
    for label, wanted in (
        ("Total a piece", found.imported.per_unit),
        ("Local price at which both cost the same, EUR a piece", found.break_even),
        ("What local may cost beyond the import price", found.margin),
        ("Saved by the local source, EUR a year", found.saving),
    ):
        said = [recomputed.value("Comparison", rows[label], column) for column in (3, 4, 5)]
        assert said == pytest.approx([wanted.low, wanted.mid, wanted.high], rel=1e-9), label


@pytest.mark.parametrize("seed", range(3))
def test_a_buyer_who_changes_any_factor_gets_the_formula_of_the_library(written, tmp_path, seed) -> None:
    changed = factors_of(
        seed=seed, currency_drift=(0.0, 0.02, 0.01)[seed], disruption_cover_days=15.0 + 30 * seed
    )
    if seed == 1:  # a time to recover that is known
        changed |= dict.fromkeys(("recovery_low", "recovery_high"), changed["recovery_mode"])
    book = openpyxl.load_workbook(written)
    top = rows_of(book, "Import")["Factor"] + 1
    for rank, name in enumerate(FACTORS):
        for column, bound in ((2, "low"), (3, "mid"), (4, "high")):
            book["Import"].cell(top + rank, column, getattr(changed[name], bound))
    path = tmp_path / "changed.xlsx"
    book.save(path)
    recomputed, sheet = Recomputed(path), "Import, computed"
    columns = range(3, recomputed.book[sheet].max_column + 1)
    start = 3
    factors = {
        name: np.array([float(recomputed.value(sheet, start + rank, column)) for column in columns])
        for rank, name in enumerate(FACTORS)
    }
    assert factors["price"][0] == changed["price"].mid
    wanted = cost_arrays(factors)
    rows = range(start + len(FACTORS), recomputed.book[sheet].max_row + 1)
    items = [row for row in rows if recomputed.book[sheet].cell(row, 2).value]
    layers = [recomputed.book[sheet].cell(row, 2).value for row in items]
    assert len(items) == len(LAYER_OF)
    assert len(set(layers)) == 4
    labels = rows_of(recomputed.book, "Comparison")
    for rank, code in enumerate(LAYER_OF):
        label = recomputed.book["Comparison"].cell(labels["Item"] + 1 + rank, 1).value
        (row,) = [row for row in items if recomputed.book[sheet].cell(row, 1).value == label]
        said = [float(recomputed.value(sheet, row, column)) for column in columns]
        assert said == pytest.approx(np.broadcast_to(wanted[code], len(said)), rel=1e-9, abs=1e-12), code


def test_it_speaks_french_and_lists_the_quotations(tmp_path) -> None:
    path = tmp_path / "fr.xlsx"
    write_cost_workbook(compared(), path, "fr", rank_offers(quotations(), 1200.0, TAKEN))
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names[:3] == ["Comparaison", "Devis", "Import"]
    factors = book.get_sheet_by_name("Import").to_python()
    freight = next(row for row in factors if row[0] == "Fret de porte à porte")
    assert freight[4] == "EUR par kg"
    life = next(row for row in factors if row[0].startswith("Années pendant"))
    assert life[5].startswith("hypothèse du projet\u00a0: ")
    assert (life[6], life[7]) == ("2026-11-23", "oui")
    devis = book.get_sheet_by_name("Devis").to_python()
    names = [row[0] for row in devis]
    assert {"Invented Ltd", "Atelier inventé"} <= set(names)
    recomputed = Recomputed(path)
    first = names.index("Fournisseur") + 2
    for rank, (_, cost) in enumerate(rank_offers(quotations(), 1200.0, TAKEN).offers):
        assert recomputed.value("Devis", first + rank, 12) == pytest.approx(cost.per_unit.mid, rel=1e-9)


@pytest.mark.parametrize("name", [text for text in HOSTILE if "\x01" not in text])
def test_no_text_of_a_quotation_comes_alive(tmp_path, name) -> None:
    path = tmp_path / "hostile.xlsx"
    write_cost_workbook(compared(name), path, "en")
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert name not in cell.value
    with zipfile.ZipFile(path) as archive:
        assert not [part for part in archive.namelist() if "externalLink" in part]
