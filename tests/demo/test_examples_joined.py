"""Bill, ledger, FEC, invoices and customs papers joined: what the papers prove, no more."""

import polars as pl
import pytest

from maillon.core.evidence import Evidence
from maillon.demo.bill import build_bill
from maillon.demo.purchases import year_of_purchases
from maillon.demo.truth import joined_origins
from maillon.pipeline import Request, run


@pytest.fixture(scope="module")
def bought(examples):
    papers = [path for name, path in examples.items() if name != "cobot-reponses"]
    lines = run(papers, Request()).bom.lines
    return lines.filter(pl.col("supplier").is_not_null())


@pytest.fixture(scope="module")
def known():
    """Level of evidence and country that the files together prove, by designation."""
    lines = build_bill(1)
    joined = joined_origins(lines, year_of_purchases(lines, 1))
    return {
        article.part.designation: (level, article.true_country if level else None)
        for article, level in joined.items()
    }


def test_no_origin_is_invented(bought, known):
    for line in bought.filter(pl.col("making_country").is_not_null()).iter_rows(named=True):
        level, country = known[line["designation"]]
        assert line["making_country"] == country, line["designation"]
        assert Evidence.from_code(line["evidence"]) <= level, line["designation"]


def test_nearly_every_proven_origin_is_found(bought, known):
    proven = [line for line in bought.iter_rows(named=True) if known[line["designation"]][0]]
    found = [line for line in proven if line["making_country"] == known[line["designation"]][1]]
    assert len(proven) == 1490
    assert len(found) >= 0.9 * len(proven)


def test_customs_papers_document_what_the_seller_only_declared(bought):
    customs = bought.filter(pl.col("evidence") == "documented")["making_country"]
    assert {"JP", "CN", "CH", "DE", "US"} <= set(customs)
