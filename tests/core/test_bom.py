import polars as pl
import pytest

from maillon.core.bom import BOM_SCHEMA, bom_from
from maillon.core.ledger import LEDGER_SCHEMA, ledger_from


def test_missing_columns_are_null_and_typed():
    bom = bom_from({"designation": ["vis", "carter"], "quantity": [4, 1]})
    assert bom.lines.schema == pl.Schema(BOM_SCHEMA)
    assert bom.lines.select("line", "item", "level", "parent", "quantity").rows() == [
        (1, 1, 1, None, 4.0),
        (2, 2, 1, None, 1.0),
    ]


def test_an_unknown_column_is_an_error_not_a_loss():
    with pytest.raises(ValueError, match="desigation"):
        bom_from({"desigation": ["vis"]})
    with pytest.raises(ValueError, match="montant"):
        ledger_from({"montant": [1.0]})


def test_ledger_columns_are_typed():
    ledger = ledger_from({"amount": [1, 2]})
    assert ledger.purchases.schema == pl.Schema(LEDGER_SCHEMA)
    assert ledger.purchases["line"].to_list() == [1, 2]


def test_structure_follows_items_not_rows():
    """A sub-assembly used by two parents is one item with two usages."""
    bom = bom_from({"line": [1, 2, 3, 4], "item": [1, 2, 9, 9], "parent": [None, None, 1, 2]})
    structure = bom.structure()
    assert structure.n_items == 3
    assert list(zip(structure.parent.tolist(), structure.child.tolist(), strict=True)) == [
        (-1, 0),
        (-1, 1),
        (0, 2),
        (1, 2),
    ]


def test_structure_of_no_line_is_empty():
    assert bom_from({"designation": []}).structure().n_items == 0


def test_a_parent_that_is_nobodys_item_counts_as_top_level():
    bom = bom_from({"line": [1], "parent": [77]})
    assert bom.structure().parent.tolist() == [-1]
