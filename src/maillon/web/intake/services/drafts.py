"""Imports that were begun and never finished: their files are not kept for ever."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django_scopes import scope, scopes_disabled

from maillon.web.intake.models import Import, Upload, Version
from maillon.web.journal.services.record import record


def erase_drafts(before: dt.datetime) -> int:
    """Erase the imports begun before that day that made no version, or whose version was undone.

    Their files go with them unless a version or another import holds them. Return how many imports.
    """
    with scopes_disabled():
        due = Import.objects.filter(version=None, begun_at__lt=before)
        found = list(due.values_list("pk", "organisation_id"))
    for pk, organisation in found:
        with scope(organisation=organisation), transaction.atomic():
            draft = Import.objects.select_for_update().get(pk=pk)
            files = [upload for upload in draft.uploads.all() if not _is_held(upload, draft)]
            draft.delete()
            for upload in files:
                storage, name = upload.file.storage, upload.file.name
                upload.delete()
                transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))
            record("draft_erased", organisation, None, files=len(files))
    return len(found)


def _is_held(upload: Upload, draft: Import) -> bool:
    others = Import.objects.filter(uploads=upload).exclude(pk=draft.pk)
    return others.exists() or Version.objects.filter(uploads=upload).exists()
