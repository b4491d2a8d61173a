"""The purchase documents of the invented firm's year: invoices, credit notes, rebates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillon.demo.articles import Article
from maillon.demo.suppliers import Supplier

CARRIAGE_ACCOUNT = "624100"
REBATE_ACCOUNT = "609700"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a document: an article, or (``article`` None) carriage or a rebate named by ``label``.

    ``quantity`` is signed: negative on a credit note. ``price`` is in euro for ``base`` units.
    """

    article: Article | None
    label: str
    account: str
    quantity: float
    price: float
    base: int = 1

    @property
    def amount(self) -> float:
        """Net amount in euro, to the cent, signed."""
        return round(self.quantity * self.price / self.base, 2)


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice, or a credit note that ``corrects`` an earlier document; its amounts are signed."""

    supplier: Supplier
    number: str
    date: dt.date
    items: tuple[Item, ...]
    corrects: str = ""

    @property
    def credit_note(self) -> bool:
        """Whether it gives money back."""
        return self.net < 0

    @property
    def net(self) -> float:
        """Total without VAT, in euro."""
        return round(sum(item.amount for item in self.items), 2)

    @property
    def vat(self) -> float:
        """French VAT at 20 %, in euro; 0 where the buyer accounts for it (foreign seller)."""
        return round(self.net * 0.2, 2) if self.supplier.country == "FR" else 0.0
