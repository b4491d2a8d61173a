"""One column of quantities for each product or variant: a line for each variant that uses the part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from maillon.intake.understand.layout import Layout
from maillon.intake.understand.quantities import read_quantity
from maillon.intake.understand.roles import Column
from maillon.intake.understand.table import Table
from maillon.intake.understand.vocabulary import words_of

_COUNT = re.compile(
    r"(?i)\b(?:qt[ée]s?|quantit[ée]s?|quantit(?:y|ies)|qty|menge|cantidad|quantit[àa]|aantal|ilo[śs][ćc]|nbre|nb)\b\.?"
)
#: After "quantity", these words say what is counted, not for which product.
_NO_PRODUCT = frozenset(
    word
    for words in (
        "total totale unit unitaire unite par per an year annuelle annual commande commandee",
        "ordered order stock",
        "en in need needed required requise necessaire mini min max minimum lot pack moq",
        "achat purchase",
        "pcb board assembly recue received digikey mouser farnell lcsc rs restante reste remaining pcs",
        "piece unites item items part parts module line ligne article component composant sold vendue used",
        "utilisee",
        "received livree delivered package box boite bought achetee produit product prevue reelle theorique",
        "theoretical actual real extra spare rechange buffer bom",
    )
    for word in words.split()
)


def variants_of(layout: Layout) -> list[tuple[str, Column]]:
    """Return the name and the column of each variant; nothing unless at least two columns count for one.

    The columns are headed by a word for quantity and a name of their own: "Qté standard", "Qté luxe".
    """
    found: list[tuple[str, Column]] = []
    for column in layout.columns:
        name = _COUNT.sub(" ", column.label).strip(" -–:/_()[]")
        counted = column.profile.quantity >= 0.8 and column.profile.money == 0
        if _COUNT.search(column.label) and name and counted and not set(words_of(name)) & _NO_PRODUCT:
            found.append((" ".join(name.split()), column))
    named = len({n.casefold() for n, _ in found}) == len(found) >= 2
    return found if named else []


def by_variant(table: Table, variants: Sequence[tuple[str, Column]]) -> Table:
    """Return the table with a line for each variant that counts a part; a part that none counts stays.

    Structured lists are left alone: there the quantity of an assembly differs too.
    """
    if table.structured or not variants:
        return table
    uses: list[tuple[int, str | None, float | None]] = []
    for place, row in enumerate(table.rows):
        counts = [(n, read_quantity(table.grid.columns[c.place][row]).value) for n, c in variants]
        used = [(place, name, count) for name, count in counts if count]
        uses += used or [(place, None, None)]
    places = [place for place, _, _ in uses]
    values = {role: [cells[p] for p in places] for role, cells in table.values.items() if role != "amount"}
    values["quantity"] = [count for _, _, count in uses]
    values["variant"] = [name for _, name, _ in uses]
    size = len(uses)
    return replace(
        table,
        rows=[table.rows[p] for p in places],
        values=values,
        levels=[1] * size,
        parents=[None] * size,
        items=list(range(size)),
    )
