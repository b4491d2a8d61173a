"""The meaning of a table's columns once every column has spoken: names, positions, prices, suppliers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from maillon.intake.understand.cells import as_text
from maillon.intake.understand.roles import Choice, Column
from maillon.intake.understand.seller_columns import (
    codes_beside_designators,
    codes_of_distributors,
    codes_of_the_seller,
    country_of_the_seller,
    order_codes,
    orders_in_a_journal,
    sellers_for_makers,
)
from maillon.intake.understand.vocabulary import LIKELY

_SMALL_WORD = re.compile(r"[a-zà-ÿ]{4}")
#: Roles that name a thing: a row that fills none of them is no part.
NAMING = (
    "designation",
    "description",
    "reference",
    "manufacturer_reference",
    "supplier_reference",
    "value",
    "designators",
)
#: A column of groups names two at least, in texts of such lengths; confidence in one without a label.
_GROUPS, _SHORTEST_GROUP, _LONGEST_GROUP, _GUESSED = 2, 2.5, 40, 0.5
MONEY = ("unit_price", "unit_price_vat", "price", "bulk_price", "amount", "amount_vat")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table and the role of each; two roles may share a column."""

    columns: Sequence[Column]
    roles: Mapping[str, Choice]

    def place(self, role: str) -> int | None:
        """Return the sheet column that plays ``role``, or None."""
        choice = self.roles.get(role)
        return choice.column.place if choice else None

    def places(self, roles: Sequence[str]) -> list[int]:
        """Return the sheet columns that play any of ``roles``."""
        return [place for role in roles if (place := self.place(role)) is not None]

    def with_roles(self, roles: Mapping[str, Choice]) -> Layout:
        """Return the same columns under other roles."""
        return replace(self, roles=roles)


def settle(
    columns: Sequence[Column], chosen: Mapping[str, Choice], told: Collection[str] = frozenset()
) -> Layout:
    """Return the layout after the choices that need all columns at once; those ``told`` by a person stay."""
    roles = dict(chosen)
    for step in _STEPS:
        before = frozenset(roles)
        step(columns, roles)
        for role in told:
            if roles.get(role) != chosen[role]:
                _put_back(role, chosen[role], roles, before)
    return Layout(columns, roles)


def _put_back(role: str, choice: Choice, roles: dict[str, Choice], before: Collection[str]) -> None:
    """Give a role back the column that a person named, and take the column from the role it moved to."""
    moved = [other for other, c in roles.items() if c.column is choice.column and other not in before]
    for other in moved:
        del roles[other]
    roles[role] = choice


def _name_among_materials(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    # "Material" heads the names of a parts list as often as the stuff they are made of: a column that is
    # full of distinct phrases names the parts where the one chosen for it is emptier.
    name, stuff = roles.get("designation"), roles.get("material")
    if stuff is None or not stuff.column.words.roles.get("designation"):
        return
    profile = stuff.column.profile
    if name is None or (profile.distinct > 0.8 and name.column.profile.filled < 0.6 * profile.filled):
        roles["designation"] = roles.pop("material")
        if name and name.column.words.roles.get("material"):
            roles["material"] = name


def _fuller_name(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    """Name the parts by the column that leaves fewer of them unnamed, where two are headed as names."""
    name = roles.get("designation")
    busy = {c.column.place for c in roles.values()}
    if name is None or name.column.profile.filled > 0.9:
        return
    for column in columns:
        said = column.words.roles.get("designation", 0.0)
        fuller = column.profile.count >= 1.1 * name.column.profile.count and column.profile.text > 0.6
        free = column.place not in busy and said >= LIKELY
        if free and fuller and _names_counted_lines(column, name.column, roles):
            roles.setdefault("description", name)
            roles["designation"] = Choice(
                column, round(min(0.9, 0.3 + 0.4 * _naming_power(column) + 0.2 * said), 3)
            )
            return


def _names_counted_lines(column: Column, other: Column, roles: Mapping[str, Choice]) -> bool:
    """Whether most of the cells that only ``column`` fills stand beside a figure: they are no titles."""
    figures = [roles[r].column.cells for r in ("quantity", *MONEY) if r in roles]
    more = [i for i, (a, b) in enumerate(zip(column.cells, other.cells, strict=True)) if a and not b]
    counted = sum(any(cells[i] is not None for cells in figures) for i in more)
    return bool(more) and counted >= 0.6 * len(more)


def _unlabelled_section(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    # A column without a label, left of the names, that says a few words once for many lines groups them.
    name = roles.get("designation") or roles.get("reference")
    if "section" in roles or name is None:
        return
    busy = {c.column.place for c in roles.values()}
    for column in columns:
        p = column.profile
        if column.label or column.place in busy or column.place > name.column.place or p.count < _GROUPS:
            continue
        groups = p.filled < 0.6 * name.column.profile.filled or p.distinct < 0.5
        words = (
            p.text > 0.8
            and _SHORTEST_GROUP < p.length < _LONGEST_GROUP
            and not p.url
            and p.designator < 0.3
            and p.code < 0.5
        )
        beside = sum(
            a is not None and b is not None for a, b in zip(column.cells, name.column.cells, strict=True)
        )
        if groups and words and beside >= 0.6 * p.count:
            roles["section"] = Choice(column, _GUESSED)
            return


def _name_after_maker(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    # A part number right after the manufacturer is the manufacturer's, where it has none of its own.
    maker, reference = roles.get("manufacturer"), roles.get("reference")
    if not maker or not reference or "manufacturer_reference" in roles:
        return
    order = [c.place for c in columns]
    follows = order.index(reference.column.place) == order.index(maker.column.place) + 1
    if follows and reference.column.words.roles.get("manufacturer_reference"):
        roles["manufacturer_reference"] = roles.pop("reference")


def _best_name(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    """Where a list has a short name and a description, the fuller of the two names the part."""
    name, text = roles.get("designation"), roles.get("description")
    if name is None and text is not None and text.column.profile.count:
        if text.column.words.roles.get("description", 0.0) >= 1.0 or not _better_namer(
            columns, roles, text.column
        ):
            roles["designation"] = roles.pop("description")
    elif name and text and name.column.profile.filled < 0.5 * text.column.profile.filled:
        roles["designation"], roles["description"] = text, name


def _better_namer(columns: Sequence[Column], roles: Mapping[str, Choice], column: Column) -> bool:
    """Whether a column without a role names more than ``column``, whose header hints at a description."""
    busy = {c.column.place for c in roles.values()}
    return any(_naming_power(c) > _naming_power(column) for c in columns if c.place not in busy)


def _name_by_default(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    # A list always names its parts: take the value, a wordy reference, or the fullest column of text.
    if "designation" in roles:
        return
    if "value" in roles:
        roles["designation"] = roles.pop("value")
        return
    reference = roles.get("reference")
    hinted = reference and reference.column.words.roles.get("reference", 0.0) <= LIKELY
    if reference and (hinted or _is_wordy(reference.column)):
        roles["designation"] = replace(reference, confidence=round(reference.confidence * 0.8, 3))
        return
    if reference and _reads_like_names(reference.column):
        roles["designation"] = replace(reference, confidence=round(reference.confidence * 0.7, 3))
        return
    if "description" in roles and reference:
        roles["designation"] = roles.pop("description")  # empty: the list names its parts by reference only
        return
    if reference or "manufacturer_reference" in roles:
        return
    free = {"note", "section", "other", "process"}
    busy = {c.column.place for r, c in roles.items() if r not in free}
    best = max((c for c in columns if c.place not in busy), key=_naming_power, default=None)
    if best and _naming_power(best) > 0.25:
        for role in [r for r, c in roles.items() if c.column.place == best.place]:
            del roles[role]
        roles["designation"] = Choice(best, round(0.3 + 0.4 * _naming_power(best), 3))


def _reads_like_names(column: Column) -> bool:
    """Whether half of the texts hold four small letters in a row: "GT2_Pulley", not "VS304071"."""
    held = [t for c in column.cells[:300] if (t := as_text(c))]
    return bool(held) and sum(_SMALL_WORD.search(t) is not None for t in held) >= 0.5 * len(held)


def _naming_power(column: Column) -> float:
    p = column.profile
    said = 0.7 + 0.5 * column.words.roles.get("designation", 0.0)
    if column.words.roles.get("other", 0.0) >= 1.0:
        said = 0.3
    if p.url > 0.3 or p.tick > 0.5 or p.designator > 0.5:
        return 0.0
    return p.text * (0.4 + 0.6 * p.distinct) * (0.3 + 0.7 * p.filled) * (0.8 if p.words < 1.3 else 1.0) * said


def _no_wordy_reference(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    # A column whose header only hints at a reference and whose values are phrases is none.
    name, reference = roles.get("designation"), roles.get("reference")
    if name and reference and name.column.place != reference.column.place:
        hinted = reference.column.words.roles.get("reference", 0.0) <= LIKELY
        if hinted and _is_wordy(reference.column):
            del roles["reference"]


def _is_wordy(column: Column) -> bool:
    return column.profile.words >= 1.6 and column.profile.text > 0.5


def _addresses(columns: Sequence[Column], roles: dict[str, Choice]) -> None:
    # A column of addresses is a column of links, whatever its header says.
    if "link" in roles:
        return
    busy = {choice.column.place for choice in roles.values()}
    linking = [c for c in columns if c.profile.url >= 0.3 and (c.place not in busy or c.profile.url >= 0.5)]
    best = max(linking, key=lambda c: c.profile.url, default=None)
    if best is None:
        return
    for role in [r for r, choice in roles.items() if choice.column.place == best.place]:
        if role not in ("supplier", "note"):  # these are read for their addresses as they are
            del roles[role]
    roles["link"] = Choice(best, round(0.4 + 0.5 * best.profile.url, 3))


_STEPS = (
    orders_in_a_journal,
    _unlabelled_section,
    country_of_the_seller,
    _name_after_maker,
    codes_beside_designators,
    codes_of_the_seller,
    _name_among_materials,
    _best_name,
    _name_by_default,
    _no_wordy_reference,
    _fuller_name,
    _addresses,
    sellers_for_makers,
    codes_of_distributors,
    order_codes,
)
