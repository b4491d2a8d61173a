"""What a sheet is for: a list of parts, a ledger, or what only looks like one (recap, pivot, options)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from maillon.intake.understand.cells import as_text, fold
from maillon.intake.understand.layout import MONEY, NAMING
from maillon.intake.understand.seller_columns import is_ledger
from maillon.intake.understand.table import Table

#: A list of this many parts, of which this share stands on another, is taken from that other.
_FEW, _MOST = 5, 0.8
#: Share of names from which a list without prices only repeats one of about its length that has prices.
_SEVERAL = 0.6
_PIVOT = re.compile(
    r"etiquettes? de lignes?|etiquettes? de colonnes?|row labels?|column labels?|zeilenbeschriftungen"
    r"|spaltenbeschriftungen|etiquetas de (?:fila|columna)|etichette di (?:riga|colonna)|^somme de "
    r"|^nombre de .*\d"
    r"|^sum of |^count of |^summe von |^suma de |^somma di |^anzahl von |^moyenne de |^average of "
)
_OPTIONS = re.compile(
    r"\boptions?\b|\bcompar|\bconfigurations?\b|\bvergleich|\bopcion|\bopzion|\bchoix\b|\bbenchmark|\balternativ"
    r"|\bdevis compar|\betude de prix|\bcandidat"
)
_RECAP = re.compile(
    r"\brecap|\bresume\b|\bsummary\b|\bsynthese\b|\bubersicht|\bzusammenfassung|\bresumen\b|\briepilogo|\boverview"
    r"|\bpivot|\btcd\b|\bdashboard|\btotaux\b|\bstatist"
)
_ASIDE = re.compile(
    r"\bcopy of\b|^copie\b|\bkopie von\b|^copia de\b|\bstock\b|\binventaire\b|\binventory\b"
    r"|\bold\b|\bancien|\barchiv|\bobsolet|\bbackup|\bresearch|\brecherche|\bbrouillon|\bdraft|\bnotes?\b|\blisez|\breadme"
    r"|\binstruction|\bhistori|\bchangelog|\bparametr"
    r"|\bmenus? deroulant|\bdropdown|\bdonnees de ref|\blookup|\bimport"
)


def kind_of(table: Table, others: Sequence[Table]) -> str:
    """Return bom, ledger, recap, options or other for a table, seen beside the other tables of its file."""
    if _is_pivot(table):
        return "recap"
    if not table.rows:
        return "other"
    lists = [t for t in others if t is not table and _is_list(t)]
    name = fold(table.grid.sheet.name)
    title = fold(table.title())
    if lists and (_OPTIONS.search(name) or _OPTIONS.search(title)):
        return "options"
    if lists and (
        _RECAP.search(name) or _RECAP.search(title) or _repeats(table, lists) or _is_held_by(table, lists)
    ):
        return "recap"
    if lists and (_ASIDE.search(name) or not _is_list(table)):
        return "other"
    return "ledger" if is_ledger(table.layout.roles) else "bom"


def _is_pivot(table: Table) -> bool:
    cells = [t for r in range(min(table.grid.height, 12)) for c in table.grid.row(r) if (t := as_text(c))]
    return any(_PIVOT.search(fold(t)) for t in cells)


def _is_list(table: Table) -> bool:
    """Whether a table names things and says how many, at what price, or by whom."""
    if not table.rows:
        return False
    said = (
        "quantity", "annual_quantity", "supplier", "material", "process", "manufacturer", "parent", "level",
        "manufacturer_reference", "supplier_reference", "designators", "lead_time", "reference", *MONEY,
    )  # fmt: skip
    filled = [r for r in said if r in table.layout.roles and table.layout.roles[r].column.profile.count]
    named = [r for r in NAMING if r in table.layout.roles and table.layout.roles[r].column.profile.count]
    return bool(named) and bool(set(filled) - set(named[:1]))


def _repeats(table: Table, lists: Sequence[Table]) -> bool:
    # A list that counts nothing, beside one that does, only recapitulates it.
    if "quantity" not in table.layout.roles:
        return False
    counted = any(v is not None for v in table.values.get("quantity", ()))
    return not counted and any(any(v is not None for v in t.values.get("quantity", ())) for t in lists)


def _is_held_by(table: Table, lists: Sequence[Table]) -> bool:
    """Whether most parts of a table stand on a longer list of another sheet, which would count them twice."""
    own = _identities(table)
    if len(own) < _FEW:
        return False
    for other in lists:
        if other.grid is table.grid:
            continue
        shared = len(own & _identities(other)) / len(own)
        longer = len(other.rows) > len(table.rows) and shared >= _MOST
        if longer or (shared >= _SEVERAL and _tells_more(other, table)):
            return True
    return False


def _tells_more(table: Table, other: Table) -> bool:
    """Whether a table gives prices where another, of about as many parts, gives none."""
    priced = [any(v is not None for r in MONEY for v in t.values.get(r, ())) for t in (table, other)]
    return priced == [True, False] and len(table.rows) >= _MOST * len(other.rows)


def alike(tables: Sequence[Table]) -> list[tuple[Table, Table, int]]:
    """Return the pairs of lists on different sheets that name mostly the same parts, and how many.

    They may be two versions of one list, or two assemblies made alike: only the firm knows.
    """
    named = [(table, _identities(table)) for table in tables]
    pairs = []
    for (first, one), (second, other) in combinations(named, 2):
        if first.grid is second.grid or min(len(one), len(other)) < _FEW:
            continue
        if len(one & other) >= _SEVERAL * len(one | other):
            pairs.append((first, second, len(one & other)))
    return pairs


def _identities(table: Table) -> set[object]:
    role = next((r for r in ("reference", "designation") if any(table.values.get(r, ()))), None)
    return {v for v in table.values[role] if v} if role else set()
