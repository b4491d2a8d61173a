"""Links between classifications: from goods (CN) to products (CPA), makers (NACE), and later years."""

from maillon.reference.classifications.links.imported import product_shares
from maillon.reference.classifications.links.makers import maker_classes
from maillon.reference.classifications.links.product_tables import read_product_table
from maillon.reference.classifications.links.vintages import CnChanges, changes_from_rows, update_cn

__all__ = [
    "CnChanges",
    "changes_from_rows",
    "maker_classes",
    "product_shares",
    "read_product_table",
    "update_cn",
]
