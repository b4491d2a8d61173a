"""The rows of the invented ERP export: what each line of the bill shows in each column, and the totals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale

from maillon.core.evidence import Evidence
from maillon.demo.articles import Article
from maillon.demo.bill import Line
from maillon.demo.draws import draws
from maillon.demo.firm import VALTRENNE
from maillon.demo.handwriting import price_cell, quantity_cell
from maillon.demo.suppliers import Supplier, misspell

Cell = str | float | None

_KINDS = {"maker": "Fabricant", "distributor": "Distributeur", "trader": "Négoce", "subcontractor": "S/T"}
_FRENCH = Locale("fr")
_LEVELS = {Evidence.DOCUMENTED: "documenté", Evidence.DECLARED: "déclaré"}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the bill and the cells that show it; ``price`` is the unit price shown, None when missing."""

    line: Line
    cells: tuple[Cell, ...]
    price: float | None

    @property
    def cost(self) -> float:
        """What the line adds to the cost of one product, as far as the sheet tells, labour included."""
        return self.line.total * ((self.price or 0.0) if self.line.article else self.line.labour)


def shown_lines(lines: list[Line], seed: int) -> list[ShownLine]:
    """Return every line with its cells."""
    return [_assembly(line) if line.article is None else _part(line, line.article, seed) for line in lines]


def _assembly(line: Line) -> ShownLine:
    cells: list[Cell] = [None] * len(COLUMNS)
    cells[:4] = [line.level, line.number, f"VT6-{line.number.replace('.', '-')}", line.designation]
    cells[5:7] = [line.quantity, "P"]
    cells[9] = line.labour
    cells[-1] = line.total * VALTRENNE.yearly
    return ShownLine(line, tuple(cells), None)


def _part(line: Line, article: Article, seed: int) -> ShownLine:
    chance = draws(seed, f"cells {line.number}")
    priced = draws(seed, f"price {article.reference}")
    price = price_cell(article.part.price, priced)
    supplier = article.supplier
    cells: tuple[Cell, ...] = (
        line.level,
        line.number,
        article.reference,
        article.part.designation,
        article.part.material or None,
        quantity_cell(line.quantity, article.part.unit, chance),
        article.part.unit,
        price,
        None if price is None else round(line.quantity * article.part.price, 4),
        None,
        article.part.mass if draws(seed, f"mass {article.reference}").random() < 0.7 else None,
        misspell(supplier.name, supplier.legal_form, chance),
        article.supplier_reference if chance.random() < 0.8 else None,
        _KINDS[supplier.kind],
        _purchase_country(supplier, article, seed),
        article.manufacturer or None,
        article.manufacturer_reference or None,
        *_origin_cells(article, seed),
        line.total * VALTRENNE.yearly,
    )
    return ShownLine(line, cells, None if price is None else article.part.price)


def _purchase_country(supplier: Supplier, article: Article, seed: int) -> Cell:
    chance = draws(seed, f"country {article.reference}")
    known = article.imported or chance.random() < 0.6
    return chance.choice((supplier.country, _in_french(supplier.country))) if known else None


def _origin_cells(article: Article, seed: int) -> tuple[Cell, Cell, Cell]:
    """Return making site, level of evidence and paper: three empty cells where nothing is known."""
    if article.evidence is Evidence.UNKNOWN:
        blank = draws(seed, f"origin {article.reference}").choices((None, "?", "à demander"), (90, 5, 5))[0]
        return blank, None, None
    place = article.supplier.plant_city or _in_french(article.true_country)
    return place, _LEVELS[article.evidence], article.proof


def _in_french(country: str) -> str:
    return str(_FRENCH.territories[country])


#: Two-line header: the title of the group, then that of the column, and its width in characters.
COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("Article", "Niv.", 5),
    ("Article", "Repère", 11),
    ("Article", "Référence", 13),
    ("Article", "Désignation", 50),
    ("Article", "Matière", 14),
    ("Besoin", "Qté", 9),
    ("Besoin", "Un.", 5),
    ("Valorisation", "P.U. HT (€)", 12),
    ("Valorisation", "Montant HT (€)", 14),
    ("Valorisation", "Main d'oeuvre (€)", 12),
    ("Valorisation", "Masse unit. (kg)", 12),
    ("Approvisionnement", "Fournisseur", 30),
    ("Approvisionnement", "Réf. fournisseur", 14),
    ("Approvisionnement", "Type fourn.", 12),
    ("Approvisionnement", "Pays fournisseur", 12),
    ("Fabrication", "Fabricant", 24),
    ("Fabrication", "Réf. fabricant", 14),
    ("Fabrication", "Lieu de fabrication", 24),
    ("Fabrication", "Preuve d'origine", 14),
    ("Fabrication", "Justificatif", 40),
    ("Prévision", "Besoin annuel", 12),
)


@dataclass(frozen=True, slots=True)
class Block:
    """One of the product's main assemblies: its lines, and its cost and labour in one product (euro)."""

    title: str
    lines: tuple[ShownLine, ...]

    @property
    def cost(self) -> float:
        """Bought parts and labour as far as the sheet gives their prices, to the cent."""
        return round(sum(shown.cost for shown in self.lines), 2)

    @property
    def bought(self) -> int:
        """Number of bought lines."""
        return sum(shown.line.article is not None for shown in self.lines)


def blocks_of(shown: list[ShownLine]) -> Iterator[Block]:
    """Cut the list where a line of level 1 opens a new main assembly."""
    starts = [place for place, one in enumerate(shown) if one.line.level == 1]
    for start, stop in zip(starts, [*starts[1:], len(shown)], strict=True):
        yield Block(shown[start].line.designation, tuple(shown[start:stop]))
