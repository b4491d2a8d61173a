"""Keeping the files that a firm gives: measured while they come in, named harmlessly, each content once."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Sequence

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.web.follow.models import Project
from maillon.web.intake.models import Upload
from maillon.web.journal.services.record import record
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer

#: The largest file taken, as the reader's own limit.
LARGEST = 100 * 1024 * 1024
_LONGEST_NAME = 200


def store_uploads(project: Project, files: Sequence[UploadedFile], viewer: Viewer) -> list[Upload]:
    """Keep files given together; where one of them is refused none is kept."""
    for file in files:
        _check_size(file)
    return [store_upload(project, file, viewer) for file in files]


def _check_size(file: UploadedFile) -> None:
    name, size = harmless_name(file.name or ""), file.size or 0
    if not size:
        raise RefusedFile(message("The file {name} is empty.", name=name))
    if size > LARGEST:
        raise RefusedFile(
            message("The file {name} is larger than {most} MB.", name=name, most=LARGEST // 1024**2),
            message("Split it, or leave out sheets and pictures that are not needed."),
        )


@transaction.atomic
def store_upload(project: Project, file: UploadedFile, viewer: Viewer) -> Upload:
    """Keep one file of a project; the same content is the same upload, whatever its name.

    Raises ``RefusedFile`` for an empty file or one above ``LARGEST``. What an adviser brings in before the
    firm has confirmed is sealed: it is erased after a few days unless the firm says yes.
    """
    _check_size(file)
    name, size = harmless_name(file.name or ""), file.size or 0
    sha = hashlib.sha256()
    for chunk in file.chunks():
        sha.update(chunk)
    file.seek(0)
    sealed = not viewer.may(Right.BOM, project.organisation_id)
    upload = Upload(
        organisation_id=project.organisation_id, project=project, name=name, sha256=sha.hexdigest(),
        size=size, given_by_id=viewer.user, erase_at=_erase_at() if sealed else None,
    )  # fmt: skip
    known: Upload | None = Upload.objects.filter(project=project, sha256=upload.sha256).first()
    if known is not None:
        return known
    upload.file.save(name, file, save=False)
    upload.save()
    record("file_given", project.organisation_id, viewer.user, upload, size=size, sealed=sealed)
    return upload


def _erase_at() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=settings.ENVIRONMENT.sealed_days)


def harmless_name(name: str) -> str:
    r"""Return a file's name without folders, line ends or marks that turn the writing round, cut to length.

    >>> harmless_name("C:\\achats\\2025\r\n.xlsx"), harmless_name("a\u202exslx.exe")
    ('2025.xlsx', 'axslx.exe')
    """
    last = re.split(r"[\\/]", name)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    stem, dot, suffix = shown.strip().rpartition(".")
    kept = f"{stem[: _LONGEST_NAME - len(suffix) - 1]}{dot}{suffix[:20]}" if dot else shown[:_LONGEST_NAME]
    return kept or "file"
