"""What was brought in for a firm that never said yes: erased when its time is up."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from maillon.web.intake.models import Upload, Version
from maillon.web.journal.services.record import record


def erase_unconfirmed() -> int:
    """Erase the sealed files whose time is up, with the versions made of them; return how many files."""
    with scopes_disabled():
        due = list(Upload.objects.filter(erase_at__lte=timezone.now()).values_list("pk", "organisation_id"))
    for pk, organisation in due:
        with scope(organisation=organisation), transaction.atomic():
            upload = Upload.objects.select_for_update().get(pk=pk)
            Version.objects.filter(uploads=upload).delete()
            storage, name = upload.file.storage, upload.file.name
            upload.delete()
            record("sealed_erased", organisation, None)
            transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))
    return len(due)


def unseal(organisation: object) -> int:
    """Keep what was brought in for a firm that has now said yes; return how many files."""
    return int(Upload.objects.filter(organisation=organisation).update(erase_at=None))
