"""The right answers: what a perfect reader finds in the example files, alone and joined."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from maillon.core.evidence import Evidence
from maillon.demo.answers import answered_bill
from maillon.demo.articles import Article
from maillon.demo.bill import Line, build_bill
from maillon.demo.customs_papers import arrivals, imports
from maillon.demo.documents import Document
from maillon.demo.fec import entries_of
from maillon.demo.invoice_archive import sent_files
from maillon.demo.purchases import year_of_purchases
from maillon.demo.sheet_rows import blocks_of, shown_lines

#: Accounts that a reader of purchases keeps: goods, services bought for production, and rebates on them.
_KEPT = ("601", "602", "604", "605", "606", "607", "608", "609", "611")


def joined_origins(lines: Sequence[Line], documents: Sequence[Document]) -> dict[Article, Evidence]:
    """Return the best evidence of each article's origin over all files: bill, invoices, customs papers."""
    best = _stated(lines)
    for article in _invoiced_with_origin(documents):
        best[article] = max(best[article], Evidence.DECLARED)
    for _, _, article in [*arrivals(documents), *imports(documents)]:
        best[article] = Evidence.DOCUMENTED
    return best


def _stated(lines: Sequence[Line]) -> dict[Article, Evidence]:
    """Return what the bill itself says."""
    return {line.article: line.article.evidence for line in lines if line.article}


def _invoiced_with_origin(documents: Iterable[Document]) -> set[Article]:
    return {
        item.article
        for document in documents
        if document.supplier.prints_origin and document.supplier.invoice != "none"
        for item in document.items
        if item.article
    }


def truth(seed: int) -> dict[str, object]:
    """Return counts and amounts (euro) of the bill, of the year's papers, and of both joined."""
    lines = build_bill(seed)
    documents = year_of_purchases(lines, seed)
    answered = answered_bill(lines)
    return {
        "seed": seed,
        "bill": _bill(lines, seed),
        "origins_of_the_bill": _origins(lines, _stated(lines)),
        "origins_after_answers": _origins(answered, _stated(answered)),
        "origins_joined": _origins(lines, joined_origins(lines, documents)),
        "papers": _papers(documents, seed),
    }


def _bill(lines: list[Line], seed: int) -> dict[str, object]:
    shown = shown_lines(lines, seed)
    blocks = list(blocks_of(shown))
    bought = [one for one in shown if one.line.article]
    return {
        "lines": len(lines),
        "bought_lines": len(bought),
        "levels": max(line.level for line in lines),
        "articles": len({one.line.article for one in bought}),
        "bought_lines_without_price": sum(one.price is None for one in bought),
        "bought_value": round(sum(line.cost for line in lines), 2),
        "own_value": round(sum(line.labour * line.total for line in lines), 2),
        "total_shown": round(sum(block.cost for block in blocks), 2),
    }


def _origins(lines: Sequence[Line], best: dict[Article, Evidence]) -> dict[str, object]:
    """Count bought lines, and their value in one product, by level of evidence and country."""
    count: Counter[str] = Counter()
    value: defaultdict[str, float] = defaultdict(float)
    for line in lines:
        if line.article:
            level = best[line.article]
            country = line.article.true_country if level is not Evidence.UNKNOWN else ""
            key = f"{level.code} {country}".strip()
            count[key] += 1
            value[key] += line.cost
    return {key: {"lines": count[key], "value": round(value[key], 2)} for key in sorted(count)}


def _papers(documents: list[Document], seed: int) -> dict[str, object]:
    items = [item for document in documents for item in document.items]
    files = sent_files(documents, seed)
    postings = [posting for entry in entries_of(documents, seed) for posting in entry.postings]
    kept = [posting.amount for posting in postings if posting.account.startswith(_KEPT)]
    electronic = {id(file.document): file.document for file in files}.values()
    return {
        "documents": len(documents),
        "ledger_rows": len(items),
        "ledger_total": round(sum(document.net for document in documents), 2),
        "fec_purchase_rows": len(kept),
        "fec_purchases": round(sum(kept), 2),
        "invoice_files": len(files),
        "invoice_doubles": len(files) - len(electronic),
        "invoices": sum(not document.credit_note for document in electronic),
        "credit_notes": sum(document.credit_note for document in electronic),
        "invoice_lines": sum(len(document.items) for document in electronic),
        "invoice_total": round(sum(document.net for document in electronic), 2),
        "emebi_rows": len(list(arrivals(documents))),
        "import_rows": len(list(imports(documents))),
    }
