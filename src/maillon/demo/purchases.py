"""A year of purchases that covers exactly what the year's cobots need, then a few returns and rebates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from random import Random

from maillon.demo.articles import Article
from maillon.demo.bill import Line
from maillon.demo.documents import CARRIAGE_ACCOUNT, REBATE_ACCOUNT, Document, Item
from maillon.demo.draws import draws
from maillon.demo.firm import VALTRENNE
from maillon.demo.suppliers import Supplier
from maillon.demo.tables import rows_of

#: Electronic invoices of the year before credit notes; every supplier that sends any sends at least one.
ELECTRONIC_INVOICES = 290
_PAPER_INVOICES = 6  # of each supplier that still sends paper
_RETURNS, _REBATES = 4, 2


def year_of_purchases(lines: list[Line], seed: int) -> list[Document]:
    """Return every purchase document of the year, by date."""
    baskets = _baskets(lines)
    documents: list[Document] = []
    for supplier, count in _invoice_counts(baskets).items():
        documents += _invoices(supplier, baskets[supplier], count, draws(seed, f"orders {supplier.code}"))
    documents += _credit_notes(documents, draws(seed, "returns"))
    return sorted(documents, key=lambda document: (document.date, document.supplier.code, document.number))


def yearly_needs(lines: list[Line]) -> dict[Article, float]:
    """Return the quantity of each article that the year's cobots hold."""
    needs: dict[Article, float] = defaultdict(float)
    for line in lines:
        if line.article:
            needs[line.article] += line.total * VALTRENNE.yearly
    return {article: round(need, 3) for article, need in needs.items()}


def _baskets(lines: list[Line]) -> dict[Supplier, dict[Article, float]]:
    baskets: dict[Supplier, dict[Article, float]] = defaultdict(dict)
    for article, need in yearly_needs(lines).items():
        baskets[article.supplier][article] = need
    return dict(baskets)


def _invoice_counts(baskets: dict[Supplier, dict[Article, float]]) -> dict[Supplier, int]:
    """Share the electronic invoices out by the square root of spend, at least one each."""
    sending = [supplier for supplier in baskets if supplier.invoice != "none"]
    weight = {s: sum(a.part.price * need for a, need in baskets[s].items()) ** 0.5 for s in sending}
    left = ELECTRONIC_INVOICES - len(sending)
    exact = {s: left * weight[s] / sum(weight.values()) for s in sending}
    counts = {s: 1 + int(exact[s]) for s in sending}
    short = ELECTRONIC_INVOICES - sum(counts.values())
    for supplier in sorted(sending, key=lambda s: int(exact[s]) - exact[s])[:short]:
        counts[supplier] += 1
    return {s: counts.get(s, _PAPER_INVOICES) for s in baskets}


def _invoices(
    supplier: Supplier, basket: dict[Article, float], count: int, chance: Random
) -> Iterator[Document]:
    """Split each article over some of the supplier's deliveries; the dearest one comes with each of them."""
    content: list[list[Item]] = [[] for _ in range(count)]
    dearest = max(basket, key=lambda article: article.part.price * basket[article])
    for article, need in basket.items():
        often = 1 if article.part.price * need < 400 else min(count, 4)
        often = count if article is dearest else often
        places = sorted(chance.sample(range(count), often))
        for place, quantity in zip(places, _split(need, often, article), strict=True):
            content[place].append(_item(article, quantity))
    for place, items in enumerate(content):
        number = f"{supplier.code[1:]}-{VALTRENNE.year}-{place + 1:04d}"
        yield Document(supplier, number, _business_day(place, count, chance), (*items, *_carriage(chance)))


def _split(need: float, times: int, article: Article) -> list[float]:
    """Split a need into deliveries that add up to it exactly, whole pieces each."""
    step = round(need / times, 3) if article.part.unit != "P" else float(int(need / times))
    return [step] * (times - 1) + [round(need - step * (times - 1), 3)]


def _item(article: Article, quantity: float) -> Item:
    base = 1000 if article.part.price < 0.05 else 1
    price = round(article.part.price * base, 4)
    return Item(article, article.part.designation, _ACCOUNTS[article.part.category], quantity, price, base)


def _carriage(chance: Random) -> tuple[Item, ...]:
    if chance.random() > 0.15:
        return ()
    price = round(chance.uniform(9, 48), 2)
    return (Item(None, "FRAIS DE PORT", CARRIAGE_ACCOUNT, 1, price),)


def _business_day(place: int, count: int, chance: Random) -> dt.date:
    day = dt.date(VALTRENNE.year, 1, 6) + dt.timedelta(days=int((place + chance.random()) * 350 / count))
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def _credit_notes(documents: list[Document], chance: Random) -> Iterator[Document]:
    """Yield returned goods of dear electronic invoices, and rebates of resellers at the end of the year."""
    sent = [d for d in documents if d.supplier.invoice != "none" and d.items[0].article]
    for document in chance.sample([d for d in sent if d.items[0].quantity >= 8], _RETURNS):
        first = document.items[0]
        back = Item(first.article, first.label, first.account, -float(int(first.quantity / 4)), first.price,
                    first.base)  # fmt: skip
        date = min(document.date + dt.timedelta(days=18), dt.date(VALTRENNE.year, 12, 30))
        yield Document(document.supplier, f"AV-{document.number}", date, (back,), document.number)
    resellers = {d.supplier.code: d for d in sent if d.supplier.resells}
    for document in chance.sample(list(resellers.values()), _REBATES):
        bought = sum(d.net for d in sent if d.supplier == document.supplier)
        rebate = Item(None, "REMISE DE FIN D'ANNEE", REBATE_ACCOUNT, -1, round(bought * 0.02, 2))
        date = dt.date(VALTRENNE.year, 12, 31)
        number = f"RFA-{document.supplier.code[1:]}-{VALTRENNE.year}"
        yield Document(document.supplier, number, date, (rebate,), document.number)


_ACCOUNTS = {row["category"]: row["account"] for row in rows_of("categories")}
