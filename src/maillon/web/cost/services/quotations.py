"""Keeping the quotations of a line: typed in, or read from a table."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.core.quotation import PriceBreak, Quotation
from maillon.web.cost.cases import ENTERED
from maillon.web.cost.models import CostLine, CostQuotation
from maillon.web.cost.offers import offer_to_json
from maillon.web.follow.models import Project
from maillon.web.journal.services.record import record
from maillon.web.people.viewer import Viewer

#: A table with more suppliers than this for one part is no table of quotations.
_MOST = 100


def typed_offer(values: dict[str, Any]) -> Quotation:
    """Return the quotation that a form holds; ``InvalidRequest`` where its figures make no sense."""
    breaks = [PriceBreak(0, values["price"])]
    if values["price_2"] is not None:
        breaks.append(PriceBreak(values["quantity_2"], values["price_2"]))
    return Quotation(
        supplier=values["supplier"],
        part="",
        breaks=tuple(breaks),
        currency=values["currency"],
        country=values["country"],
        mode=values["mode"] or None,
        incoterm=values["incoterm"] or None,
        minimum_order=values["minimum_order"],
        tooling=values["tooling"],
        first_article=values["first_article"],
        lead_time=values["lead_time"],
        source=ENTERED,
        date=timezone.localdate(),
    )


@transaction.atomic
def keep_quotations(
    project: Project, line: int, offers: list[tuple[Quotation, float | None]], viewer: Viewer
) -> None:
    """Write quotations for a line; one that is there already is not written twice."""
    here = CostQuotation.objects.filter(project=project, line=line)
    held = list(here.values_list("offer", flat=True))
    for offer, rate in offers:
        data = offer_to_json(offer, rate)
        if data not in held:
            CostQuotation.objects.create(
                organisation_id=project.organisation_id, project=project, line=line,
                supplier=offer.supplier[:200], offer=data, made_by_id=viewer.user,
            )  # fmt: skip
            held.append(data)
    record("quotations_kept", project.organisation_id, viewer.user, project, quotations=len(offers))


def read_offers(file: UploadedFile, line: CostLine) -> list[tuple[Quotation, float | None]]:
    """Return the quotations of a table for one line. The library reads the file in a child of its own.

    A table of one part is for this line; of several, the part must bear the line's designation.
    """
    from maillon.intake.quotation import read_quotations  # noqa: PLC0415 - readers load where a file is read

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"quotations{PurePath(file.name or '').suffix.lower()[:10]}"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        found = read_quotations(path).quotations
    parts = {offer.part for offer in found}
    mine = [
        offer for offer in found if len(parts) == 1 or offer.part.casefold() == line.designation.casefold()
    ]
    if not mine or len(mine) > _MOST:
        raise InvalidRequest(
            message(
                "The table holds quotations for several parts, and none is called “{part}”.",
                part=line.designation,
            ),
            message("Keep the rows of this part alone, or name the part as the line is."),
        )
    return [(offer, None) for offer in mine]


@transaction.atomic
def remove_quotation(quotation: CostQuotation, viewer: Viewer) -> None:
    """Delete a quotation."""
    record("quotation_removed", quotation.organisation_id, viewer.user, quotation)
    quotation.delete()
