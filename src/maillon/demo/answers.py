"""A second version of the bill: the same cobot once its main suppliers have said where they make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from maillon.core.evidence import Evidence
from maillon.demo.articles import Article
from maillon.demo.bill import Line
from maillon.demo.suppliers import Supplier

#: How many suppliers answered.
ANSWERS = 9
_PROOF = "Réponse du fournisseur du 02/02/2026"


def answered_bill(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with every origin declared by the suppliers that answered; the rest is as it was."""
    answered = answering(lines)
    return [
        replace(line, article=_declared(line.article))
        if line.article and line.article.supplier in answered
        else line
        for line in lines
    ]


def answering(lines: Sequence[Line]) -> set[Supplier]:
    """Return the suppliers that hold most of the value whose origin is unknown."""
    unknown: dict[Supplier, float] = defaultdict(float)
    for line in lines:
        if line.article and line.article.evidence is Evidence.UNKNOWN:
            unknown[line.article.supplier] += line.cost
    return set(sorted(unknown, key=lambda supplier: -unknown[supplier])[:ANSWERS])


def _declared(article: Article) -> Article:
    if article.evidence is not Evidence.UNKNOWN:
        return article
    return replace(article, evidence=Evidence.DECLARED, proof=_PROOF)
