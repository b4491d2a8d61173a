"""Saying which establishment a vendor is: its lines take the number and the place, and the firm remembers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.web.intake.models import Line, VendorDecision, VendorMatch, Version
from maillon.web.intake.queries.lines_columns import PLACE_FIELDS, value_of
from maillon.web.intake.services.lines_edit import Cell, Changed, hold_version, write_cells

#: A vendor, the SIRET chosen or nothing for none of the register, and who chose.
Answered = tuple[VendorMatch, str, UUID | None]


@transaction.atomic
def answer_vendor(version: Version, match: VendorMatch, siret: str, by: UUID) -> Changed:
    """Choose a candidate of a vendor by its SIRET, or none with an empty one, for this and later versions."""
    hold_version(version)
    if siret and siret not in {one["siret"] for one in match.candidates}:
        raise InvalidRequest(message("This establishment is not among the candidates of the vendor."))
    return _remember(version, [(one, siret, by) for one in _written_alike(version, match, siret)], by)


def _written_alike(version: Version, match: VendorMatch, siret: str) -> list[VendorMatch]:
    """Return a vendor and its other writings not yet decided: one decision is filed for all of them."""
    others = VendorMatch.objects.filter(version=version, key=match.key, answer=VendorMatch.Answer.OPEN)
    return [
        match,
        *(
            one
            for one in others.exclude(pk=match.pk)
            if not siret or siret in {each["siret"] for each in one.candidates}
        ),
    ]


@transaction.atomic
def accept_sure(version: Version, by: UUID) -> tuple[Changed, int]:
    """Choose the first candidate of each vendor found for sure and not yet decided, as one batch."""
    hold_version(version)
    sure = VendorMatch.objects.filter(
        version=version, said=VendorMatch.Said.ACCEPT, answer=VendorMatch.Answer.OPEN
    )
    chosen = [(one, one.candidates[0]["siret"], by) for one in sure if one.candidates]
    return _remember(version, chosen, by), len(chosen)


def _remember(version: Version, answers: Sequence[Answered], by: UUID) -> Changed:
    changed = apply_answers(version, answers)
    VendorDecision.objects.bulk_create(
        VendorDecision(
            organisation_id=version.organisation_id, key=key, siret=siret, by_id=by, batch=changed.batch
        )
        for key, siret in {one.key: siret for one, siret, _ in answers}.items()
    )
    return changed


def apply_answers(version: Version, answers: Sequence[Answered]) -> Changed:
    """Write the answers, and what they change in the lines, as one batch. Runs inside a transaction."""
    cells = [cell for one, siret, _ in answers if siret for cell in _cells(version, one, siret)]
    by = next((who for _, _, who in answers if who), None)
    changed = write_cells(version, cells, by, "vendors decided")
    for one, siret, who in answers:
        one.answer = VendorMatch.Answer.KEPT if siret else VendorMatch.Answer.NONE
        one.siret, one.by_id, one.decided_at, one.batch = siret, who, timezone.now(), changed.batch
    fields = ["answer", "siret", "by", "decided_at", "batch"]
    VendorMatch.objects.bulk_update([one for one, _, _ in answers], fields, batch_size=200)
    return changed


def lines_of_vendor(version: Version, match: VendorMatch) -> list[Line]:
    """Return the lines that write this vendor: the same name at the same site."""
    lines = Line.objects.filter(version=version, supplier=match.name)
    return [line for line in lines if str(line.more.get("supplier_site") or "") == match.site]


def _cells(version: Version, match: VendorMatch, siret: str) -> Iterator[Cell]:
    found = next((one for one in match.candidates if one["siret"] == siret), {"siret": siret})
    for line in lines_of_vendor(version, match):
        yield Cell(line, "supplier_id", siret)
        yield Cell(line, "supplier_country", "FR")
        if value_of(line, "supplier_site") and line.supplier_country in (None, "FR"):
            continue  # the firm's own word on where it is served from is kept
        town = f"{found.get('postcode') or ''} {found.get('commune_name') or ''}".strip()
        if town:
            yield Cell(line, "supplier_site", town)
        if version.kind != Version.Kind.LEDGER and "region" in found:
            for name in PLACE_FIELDS:
                yield Cell(line, f"supplier_{name}", found.get(name))
