"""Errors of the register: reported by anybody with an account, applied only once an adviser confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from maillon.web.people.viewer import Viewer
from maillon.web.search.models import ProposedCorrection

if TYPE_CHECKING:
    from maillon.reference.register.overlay import Correction

State = ProposedCorrection.State


def propose_correction(correction: ProposedCorrection, viewer: Viewer) -> ProposedCorrection:
    """Queue a report; ``InvalidRequest`` where its value is none of its column."""
    from maillon.reference.register.overlay import check_correction  # noqa: PLC0415 - Polars loads here

    check_correction(_as_written(correction))
    correction.reported_by_id = viewer.user
    correction.save(force_insert=True)
    return correction


@transaction.atomic
def decide_correction(correction: ProposedCorrection, viewer: Viewer, *, confirmed: bool) -> None:
    """Confirm or refuse a report that waits; confirmed, it is written beside the register's snapshots."""
    from maillon.reference.register.overlay import add_corrections  # noqa: PLC0415 - Polars loads here

    waiting = ProposedCorrection.objects.select_for_update().filter(pk=correction.pk, state=State.WAITING)
    decided = waiting.update(
        state=State.CONFIRMED if confirmed else State.REFUSED,
        decided_by=viewer.user,
        decided_at=timezone.now(),
    )
    if decided and confirmed:
        # inside the transaction: where the file cannot be written, the report waits again
        add_corrections([_as_written(correction)])


def _as_written(correction: ProposedCorrection) -> Correction:
    """Return the line of the overlay that a report asks for."""
    from maillon.reference.register.overlay import Correction  # noqa: PLC0415 - Polars loads here

    today = timezone.localdate().isoformat()
    return Correction(today, correction.siret, correction.column, correction.value, correction.note)
