"""What follows from a changed cell: no place half in another country, no proof without its fact."""

from __future__ import annotations

from maillon.core.vendor import vendor_name
from maillon.web.intake.models import Line, Version
from maillon.web.intake.queries.lines_columns import PLACE_FIELDS, value_of

_SIDES = ("supplier", "making")


def following(line: Line, version: Version, values: dict[str, object]) -> dict[str, object]:
    """Return ``values`` that change a line, with what they make of its other columns.

    A new country or site gives the place that the text names; a new supplier loses the former one's number; a
    new country of making is declared, until somebody states better.
    """
    new = {name: value for name, value in values.items() if value != value_of(line, name)}
    found = dict(new)
    for side in _SIDES:
        if f"{side}_site" in new or f"{side}_country" in new:
            found = _place(line, side, new) | found
    if "supplier" in new and not _same_vendor(line.supplier, new["supplier"]):
        found.setdefault("supplier_id", None)
    if found.get("making_country", line.making_country) != line.making_country:
        found.setdefault("evidence", "declared" if found["making_country"] else "unknown")
        found.setdefault("evidence_source", None)
    if version.kind == Version.Kind.LEDGER:
        unknown = {f"{side}_{name}" for side in _SIDES for name in PLACE_FIELDS} | {"making_site"}
        found = {name: value for name, value in found.items() if name not in unknown}
    return found


def _same_vendor(before: str | None, after: object) -> bool:
    return vendor_name(before) == vendor_name(after if isinstance(after, str) else None)


def _place(line: Line, side: str, new: dict[str, object]) -> dict[str, object]:
    """Return the fields of one side. A country stated now wins over a site elsewhere, which goes."""
    from maillon.reference.places import locate  # noqa: PLC0415 - reads tables, only where a cell changes

    site, country = f"{side}_site", f"{side}_country"
    text = new.get(site, value_of(line, site))
    code = new.get(country, value_of(line, country))
    stated = country in new
    if stated and isinstance(text, str) and _country_of(text) not in (None, code):
        text = None
    place = locate(text, code if isinstance(code, str) else None) if isinstance(text, str) else None
    fields: dict[str, object] = {f"{side}_{name}": getattr(place, name, None) for name in PLACE_FIELDS}
    named = place.country if place is not None and not stated else None
    return fields | {site: text, country: named or code}


def _country_of(text: str) -> str | None:
    """Return the country that a site names by itself."""
    from maillon.reference.places import locate  # noqa: PLC0415 - as above

    place = locate(text)
    return place.country if place is not None else None
