"""Who sold what in one entry: each purchase line goes to the suppliers of its entry, split by amount.

Lines of one entry that carry the same document (``PieceRef``) belong together first: some software writes a
month of invoices as a single entry. What remains is split in proportion to what each supplier is owed, by
largest remainder, so that the parts sum to the line to the cent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from maillon.intake.fec.entries import Entry, Row

#: Above this many supplier × line pairs in one document, a split by amount would mean nothing.
_MOST_PAIRS = 10_000


@dataclass(frozen=True, slots=True)
class Share:
    """A part of one purchase line bought from one supplier; None where the entry names no supplier."""

    row: Row
    cents: int
    supplier: Row | None


def split_entry(
    entry: Entry, document: Callable[[Row], bytes], vendor: Callable[[Row], bytes]
) -> list[Share]:
    """Return the purchases of ``entry`` shared out among its suppliers.

    ``document`` and ``vendor`` give the document number and the supplier's identity of a row.
    """
    if len(entry.suppliers) <= 1:
        only = entry.suppliers[0] if entry.suppliers else None
        return [Share(row, row.cents, only) for row in entry.purchases]
    shares: list[Share] = []
    left: list[Row] = []
    sellers = _by(entry.suppliers, document)
    for number, rows in _by(entry.purchases, document).items():
        if number and number in sellers:
            shares += _share(rows, sellers[number], vendor)
        else:
            left += rows
    return shares + list(_share(left, entry.suppliers, vendor))


def _by(rows: Sequence[Row], key: Callable[[Row], bytes]) -> dict[bytes, list[Row]]:
    groups: dict[bytes, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _share(
    purchases: Sequence[Row], suppliers: Sequence[Row], vendor: Callable[[Row], bytes]
) -> Iterator[Share]:
    owed = [(rows[0], -sum(row.cents for row in rows)) for rows in _by(suppliers, vendor).values()]
    if len(owed) * len(purchases) > _MOST_PAIRS:
        yield from (Share(row, row.cents, None) for row in purchases)
        return
    for row in purchases:
        # An invoice is owed to the supplier (credit), a credit note is owed by them: like goes with like.
        same = [pair for pair in owed if pair[1] * row.cents > 0] or owed
        parts = apportion(row.cents, [abs(cents) for _, cents in same])
        found = zip(same, parts, strict=True)
        yield from (Share(row, part, seller) for (seller, _), part in found if part or len(same) == 1)


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Split ``total`` in proportion to ``weights`` into whole numbers that sum to it (largest remainder).

    Equal shares where every weight is zero.

    >>> apportion(100, [1, 1, 1]), apportion(-7, [2, 5]), apportion(3, [0, 0])
    ([34, 33, 33], [-2, -5], [2, 1])
    """
    if not any(weights):
        weights = [1] * len(weights)
    whole, sign = sum(weights), -1 if total < 0 else 1
    parts = [abs(total) * weight // whole for weight in weights]
    remainders = [abs(total) * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: -remainders[index])
    for index in order[: abs(total) - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]
