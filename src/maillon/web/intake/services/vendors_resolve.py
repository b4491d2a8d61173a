"""Comparing the vendors of a version with the company register, and keeping what it says of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from maillon.web.intake.models import Line, VendorDecision, VendorMatch, Version
from maillon.web.intake.services.vendors_answer import apply_answers

if TYPE_CHECKING:
    from maillon.method.search.resolve import Decisions, Resolution
    from maillon.method.search.resolve import VendorMatch as Found

#: What the page shows of an establishment, and what a line takes from it.
_SHOWN = (
    "siret", "address", "postcode", "commune", "commune_name", "departement", "region", "lat", "lon", "naf",
    "active", "head_office",
)  # fmt: skip


@dataclass(slots=True)
class Written:
    """A vendor as the lines of a version write it."""

    name: str
    site: str
    number: str | None = None
    country: str | None = None
    lines: int = 0
    amounts: list[float] = field(default_factory=list)
    currencies: set[str] = field(default_factory=set)

    @property
    def spend(self) -> float | None:
        """The amounts added up; unknown where there is none, or where they are in several currencies."""
        return sum(self.amounts) if self.amounts and len(self.currencies) < 2 else None


def written_vendors(version: Version) -> list[Written]:
    """Return the vendors of a version's lines by name and site; the first number and country stated count."""
    found: dict[tuple[str, str], Written] = {}
    columns = (
        "supplier",
        "supplier_id",
        "supplier_country",
        "amount",
        "quantity",
        "unit_price",
        "currency",
        "more",
    )
    lines = Line.objects.filter(version=version, supplier__isnull=False).order_by("line")
    for name, number, country, amount, quantity, price, currency, more in lines.values_list(*columns):
        site = str(more.get("supplier_site") or "")
        one = found.setdefault((name, site), Written(name, site))
        one.lines += 1
        one.number, one.country = one.number or number, one.country or country
        value = amount if amount is not None else _product(quantity, price)
        if value is not None:
            one.amounts.append(value)
            one.currencies.add(currency or "")
    return list(found.values())


def _product(quantity: float | None, price: float | None) -> float | None:
    return quantity * price if quantity is not None and price is not None else None


def resolve_version(version: Version, progress: Callable[[float], None]) -> int:
    """Compare the vendors of a version with the register and store a match for each; return how many.

    What the firm decided before is applied. Raises ``MissingData`` where there is no register.
    """
    from maillon.method.search.resolve import (  # noqa: PLC0415 - Polars and the index load in the worker only
        resolve_vendors,
        vendor_key,
    )
    from maillon.reference.register import open_register  # noqa: PLC0415 - as above

    written = written_vendors(version)
    register = open_register()
    frame = _frame(written)
    found = resolve_vendors(
        register, frame, decisions=_decisions(version), progress=lambda x: progress(x * 0.8)
    )
    places = _establishments(register, found)
    matches = [
        _match(version, one, match, vendor_key(match.name, match.town), places)
        for one, match in zip(written, found.matches, strict=True)
    ]
    progress(0.9)
    _store(version, matches)
    return len(matches)


def _frame(written: list[Written]) -> Any:
    import polars as pl  # noqa: PLC0415 - as above

    rows = [
        {"name": w.name, "vat": w.number, "city": w.site or None, "country": w.country, "spend": w.spend}
        for w in written
    ]
    texts = ("name", "vat", "city", "country")
    return pl.DataFrame(rows, schema={**dict.fromkeys(texts, pl.String), "spend": pl.Float64})


def _decisions(version: Version) -> Decisions:
    """Return what the firm decided, as the library takes it; nothing is ever written to its path."""
    from maillon.method.search.resolve import Decisions  # noqa: PLC0415 - as above

    kept = VendorDecision.objects.filter(organisation_id=version.organisation_id)
    return Decisions(Path(), {key: siret or None for key, siret in kept.values_list("key", "siret")})


def _establishments(register: Any, found: Resolution) -> dict[str, dict[str, Any]]:
    import polars as pl  # noqa: PLC0415 - as above

    asked = {one.siret for match in found.matches for one in match.candidates}
    rows = register.establishments(list(_SHOWN)).filter(pl.col("siret").is_in(list(asked)))
    return {row["siret"]: row for row in rows.iter_rows(named=True)}


def _match(
    version: Version, one: Written, found: Found, key: str, places: dict[str, dict[str, Any]]
) -> VendorMatch:
    return VendorMatch(
        organisation_id=version.organisation_id,
        version=version,
        name=one.name,
        site=one.site,
        key=key,
        lines_count=one.lines,
        spend=one.spend,
        currency=next(iter(one.currencies), None) or None,
        said=str(found.decision),
        p=found.p,
        candidates=[
            {"name": each.name, "p": each.p, "reasons": _reasons(each.reasons)}
            | places.get(each.siret, {"siret": each.siret, "commune_name": each.commune_name})
            for each in found.candidates
        ],
        reasons=_reasons(found.reasons),
    )


def _reasons(reasons: Any) -> list[dict[str, Any]]:
    return [{"code": one.code, "weight": one.weight, "params": dict(one.params)} for one in reasons]


@transaction.atomic
def _store(version: Version, matches: list[VendorMatch]) -> None:
    """Replace the matches not yet answered; answers stay, and remembered ones are applied."""
    stored = VendorMatch.objects.filter(version=version)
    answered = {(one.name, one.site): one for one in stored.exclude(answer=VendorMatch.Answer.OPEN)}
    stored.filter(answer=VendorMatch.Answer.OPEN).delete()
    fresh = [one for one in matches if (one.name, one.site) not in answered]
    VendorMatch.objects.bulk_create(fresh, batch_size=500)
    decided: dict[str, VendorDecision] = {
        one.key: one for one in VendorDecision.objects.filter(organisation_id=version.organisation_id)
    }
    known = [one for one in fresh if one.key in decided]
    apply_answers(version, [(one, decided[one.key].siret, decided[one.key].by_id) for one in known])
