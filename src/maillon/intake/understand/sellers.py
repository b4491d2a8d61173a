"""The sellers of the parts: by name, by the form of their codes, by the shops that links lead to."""

from __future__ import annotations

from functools import lru_cache

from maillon.intake.grid import Cell
from maillon.intake.understand.addresses import address_in, leads_elsewhere
from maillon.intake.understand.cells import as_text
from maillon.intake.understand.part_values import Parts
from maillon.intake.understand.suppliers import (
    distributor_in,
    distributor_of_code,
    find_distributor,
    resells,
    split_order_code,
    supplier_name,
    supplier_of_link,
)

_LONGEST_SHOP = 30
#: Share of codes from which a column headed by a distributor's name holds its part numbers.
_CODES = 0.6


def read_suppliers(parts: Parts) -> None:
    """Fill ``supplier``, ``supplier_reference`` and ``distributor``: by name, code, then link."""
    size = len(parts.rows)
    names: list[str | None] = [None] * size
    if "order_code" in parts.layout.roles:
        names = _from_order_codes(parts)
    elif (cells := parts.texts("supplier")) is not None:
        names = [_seller(t) for t in cells]
        if parts.layout.place("supplier") == parts.layout.place("supplier_reference"):
            parts.values["supplier_reference"] = list(cells)
    codes = parts.values.get("supplier_reference")
    if codes:
        firm = _firm_of_header(parts)
        names = [n or (firm if c else None) or _by_code(c) for n, c in zip(names, codes, strict=True)]
    links = _links(parts)
    names = [n or (supplier_of_link(link) if link else None) for n, link in zip(names, links, strict=True)]
    names = _from_further_codes(parts, [n or t for n, t in zip(names, _named_as_links(parts), strict=True)])
    if any(names):
        parts.values["supplier"] = list(names)
    kinds = parts.read("supplier_type", lambda c: resells(as_text(c) or "")) or [None] * size
    known = [True if n and _resells(n) else kind for n, kind in zip(names, kinds, strict=True)]
    if any(k is not None for k in known):
        parts.values["distributor"] = list(known)


def _named_as_links(parts: Parts) -> list[str | None]:
    """Return the shops named where a link was expected: a copied sheet keeps the text, not the address."""
    return parts.read("link", _shop) or [None] * len(parts.rows)


def _shop(cell: Cell) -> str | None:
    return cell if isinstance(cell, str) and find_distributor(cell) and len(cell) <= _LONGEST_SHOP else None


def _from_further_codes(parts: Parts, names: list[str | None]) -> list[str | None]:
    """Name the distributor of a line by whichever of the columns "Digikey", "Mouser", "Farnell" holds a code.

    The first column that does gives the line its supplier and code, unless it has one already.
    """
    used = {choice.column.place for choice in parts.layout.roles.values()}
    codes = parts.values.get("supplier_reference") or [None] * len(names)
    for column in parts.layout.columns:
        firm = find_distributor(column.label) if column.label and column.place not in used else None
        if firm is None or column.profile.code < _CODES:
            continue
        cells = parts.grid.columns[column.place]
        for place, row in enumerate(parts.rows):
            code = as_text(cells[row])
            if names[place] is None and codes[place] is None and code and not leads_elsewhere(code):
                names[place], codes[place] = firm.name, code
    if any(codes):
        parts.values["supplier_reference"] = codes
    return names


@lru_cache(maxsize=65536)
def _resells(name: str) -> bool:
    return find_distributor(name) is not None


@lru_cache(maxsize=65536)
def _seller(text: str | None) -> str | None:
    if text is None or (leads_elsewhere(text) and not address_in(text)):
        return None
    firm = distributor_of_code(text)
    return firm.name if firm else supplier_name(text)


def _by_code(code: object) -> str | None:
    firm = distributor_of_code(code) if isinstance(code, str) else None
    return firm.name if firm else None


def _firm_of_header(parts: Parts) -> str | None:
    choice = parts.layout.roles.get("supplier_reference")
    firm = distributor_in(choice.column.label) if choice else None
    return firm.name if firm else None


def _from_order_codes(parts: Parts) -> list[str | None]:
    texts = parts.texts("order_code") or []
    split = [split_order_code(t) if t else None for t in texts]
    own = parts.values.get("supplier_reference")
    if own is None or parts.layout.place("order_code") == parts.layout.place("supplier_reference"):
        parts.values["supplier_reference"] = [s[1] if s else t for s, t in zip(split, texts, strict=True)]
    if parts.layout.place("order_code") != parts.layout.place("supplier"):
        named = [_seller(t) for t in parts.texts("supplier") or [None] * len(texts)]
        return [n or (s[0] if s else None) for n, s in zip(named, split, strict=True)]
    return [s[0] if s else None for s in split]


def _links(parts: Parts) -> list[str | None]:
    """Return the address of each part: of its link column, its hyperlinks, or a remark that is one."""
    found: list[str | None] = [None] * len(parts.rows)
    for role in ("link", "supplier", "note", "description", "reference"):
        cells = parts.cells(role)
        if cells:
            found = [f or (address_in(c)) for f, c in zip(found, cells, strict=True)]
    targets = parts.grid.sheet.links
    if targets:
        by_row: dict[int, str] = {}
        places = _linking_places(parts)
        for (row, column), target in sorted(targets.items()):
            if column in places and target.startswith(("http://", "https://")):
                by_row.setdefault(row, target)
        found = [f or by_row.get(row) for f, row in zip(found, parts.rows, strict=True)]
    return found


def _linking_places(parts: Parts) -> set[int]:
    # The columns whose hyperlinks lead to a shop: a picture's leads to the picture.
    references = ("reference", "supplier_reference", "manufacturer_reference")
    named = ("link", "supplier", "designation", "note", *references)
    plain = {c.place for c in parts.layout.columns if not c.label}
    return {*parts.layout.places(named), *plain}
