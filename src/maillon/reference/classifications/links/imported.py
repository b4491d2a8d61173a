"""The products (CPA) of a good: from the table that the user imported, else the classes of its makers."""

from __future__ import annotations

from collections.abc import Mapping

from maillon.reference.classifications.links.makers import maker_classes


def product_shares(code: str) -> Mapping[str, float]:
    """Return the CPA codes of a good and their shares."""
    return maker_classes(code)
