"""The columns of who sells and whose codes they are, settled once every column has spoken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maillon.intake.understand.cells import as_text
from maillon.intake.understand.roles import Choice, Column
from maillon.intake.understand.suppliers import distributor_of_code, find_distributor, split_order_code
from maillon.intake.understand.vocabulary import LIKELY

#: A country so many columns after the seller is the seller's.
_BESIDE = 3


def country_of_the_seller(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    """Tell whose country a column headed just "Country" names, the seller's or the maker's.

    Beside a seller's town, in a list of purchases, or where the origin has a column of its own, it is where
    the seller is. Taking it for an origin would make every part of a French reseller French.
    """
    choice = roles.get("making_site") or roles.get("supplier_country")
    said = choice.column.words.roles if choice else {}
    if choice is None or not 0 < said.get("making_site", 0.0) == said.get("supplier_country", 0.0):
        return
    role = "supplier_country" if _is_the_sellers(columns, roles, choice.column) else "making_site"
    for other in {"making_site", "supplier_country"} - {role}:
        if roles.get(other) is choice:
            del roles[other]
    roles.setdefault(role, choice)


def _is_the_sellers(columns: Sequence[Column], roles: Mapping[str, Choice], country: Column) -> bool:
    if {"supplier_site", "postcode", "supplier_id"} & set(roles) or is_ledger(roles):
        return True
    origin = roles.get("making_site")
    if origin is not None and origin.column is not country:
        return True
    order = {c.place: i for i, c in enumerate(columns)}
    before = {
        r: order[country.place] - order[roles[r].column.place]
        for r in ("supplier", "manufacturer")
        if r in roles
    }
    nearest = min((r for r in before if before[r] > 0), key=lambda r: before[r], default=None)
    return nearest == "supplier" and before["supplier"] <= _BESIDE


def is_ledger(roles: Mapping[str, Choice]) -> bool:
    """Whether the columns are those of a list of purchases: dated documents or accounts, and money."""
    dated = "date" in roles and ("document" in roles or "account" in roles)
    return ("account" in roles or dated) and bool({"amount", "price", "unit_price"} & set(roles))


def orders_in_a_journal(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    """Take "Order number" beside a date for the number of the purchase order.

    In a list of parts it is what to write on the order: the seller's code of the part.
    """
    code = roles.get("supplier_reference")
    if code is None or "document" in roles or "date" not in roles:
        return
    if code.column.words.roles.get("document", 0.0) >= LIKELY and {"reference", "designation"} & set(roles):
        roles["document"] = roles.pop("supplier_reference")


def codes_beside_designators(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    """Take references that look like a distributor's codes, on a list of electronics, for its codes."""
    reference = roles.get("reference")
    if reference is None or "designators" not in roles or "supplier_reference" in roles:
        return
    held = [t for c in reference.column.cells[:300] if (t := as_text(c))]
    if held and sum(distributor_of_code(t) is not None for t in held) >= 0.8 * len(held):
        roles["supplier_reference"] = roles.pop("reference")


def codes_of_the_seller(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    """Give the seller the reference right after it, if the maker has his own or it is for a board."""
    seller, reference = roles.get("supplier"), roles.get("reference")
    if seller is None or reference is None or {"supplier_reference", "parent", "level"} & set(roles):
        return
    order = [c.place for c in columns]
    if order.index(reference.column.place) != order.index(seller.column.place) + 1:
        return
    named = bool({"designation", "description", "value"} & set(roles))
    held = [t for c in seller.column.cells[:300] if (t := as_text(c))]
    resold = sum(find_distributor(t) is not None for t in held) >= 0.6 * max(len(held), 1)
    if named and ("manufacturer_reference" in roles or ("designators" in roles and resold)):
        roles["supplier_reference"] = roles.pop("reference")


def codes_of_distributors(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    """Read firm and code from a supplier column that holds nothing but a distributor's codes."""
    seller = roles.get("supplier")
    if not seller or "supplier_reference" in roles:
        return
    held = [t for c in seller.column.cells[:300] if (t := as_text(c))]
    if held and sum(distributor_of_code(t) is not None for t in held) >= 0.8 * len(held):
        roles["supplier_reference"] = seller


def order_codes(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    """Read firm and code from a column of "Farnell 2614454"."""
    for role in ("order_code", "supplier_reference", "supplier"):
        choice = roles.get(role)
        if choice is None:
            continue
        held = [t for c in choice.column.cells[:300] if (t := as_text(c))]
        if held and sum(split_order_code(t) is not None for t in held) >= 0.5 * len(held):
            roles.setdefault("supplier", choice)
            roles.setdefault("supplier_reference", choice)
            roles["order_code"] = choice
            return
    if choice := roles.pop("order_code", None):
        roles.setdefault("supplier_reference", choice)


def sellers_for_makers(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    """Take a column headed "manufacturer" that names distributors for the sellers."""
    maker = roles.get("manufacturer")
    if maker is None or "supplier" in roles:
        return
    held = [t for c in maker.column.cells[:300] if (t := as_text(c))]
    if held and sum(find_distributor(t) is not None for t in held) >= 0.5 * len(held):
        roles["supplier"] = roles.pop("manufacturer")
