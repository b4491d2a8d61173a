"""The example: a project of an invented cobot in a firm's own space, brought in and removed in one click."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from maillon.web.follow.models import Project
from maillon.web.follow.services.projects import open_project
from maillon.web.intake.models import Upload, Version
from maillon.web.intake.services.imports import begin_import, understand_import, write_version
from maillon.web.intake.services.uploads import store_upload
from maillon.web.journal.services.record import record
from maillon.web.people.models import Organisation
from maillon.web.people.viewer import Viewer

FILE = "cobot.xlsx"
SEED = 1
PER_YEAR = 120.0


def open_example(firm: Organisation, viewer: Viewer) -> Project:
    """Return the firm's project of the example, opened if it has none."""
    known: Project | None = Project.objects.filter(organisation=firm, example=True, closed_at=None).first()
    if known is not None:
        return known
    name = _("Cobot, invented example")
    return open_project(Project(organisation=firm, name=name, per_year=PER_YEAR, example=True), viewer)


@transaction.atomic
def import_example(project: Project, viewer: Viewer, progress: Callable[[float], None]) -> Version:
    """Import the example's bill of materials as any file: all of it or nothing."""
    content = _workbook()
    progress(0.1)
    upload = store_upload(project, ContentFile(content, FILE), viewer)
    importing = begin_import(project, [upload], viewer)
    understand_import(importing, lambda share: progress(0.1 + 0.4 * share))
    importing.refresh_from_db()
    return write_version(importing, lambda share: progress(0.5 + 0.5 * share))


def _workbook() -> bytes:
    from maillon.demo.bill import build_bill  # noqa: PLC0415 - only the worker writes the example
    from maillon.demo.workbook import write_workbook  # noqa: PLC0415 - as above

    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        write_workbook(path, build_bill(SEED), SEED)
        return path.read_bytes()


def remove_example(project: Project, viewer: Viewer) -> None:
    """Remove an example with all that was made of it; a firm's own project is never removed so."""
    if not project.example:
        raise ValueError("not an example")
    firm: UUID = project.organisation_id
    with transaction.atomic():
        files = list(Upload.objects.filter(project=project))
        record("example_removed", firm, viewer.user, project)
        project.delete()
    for upload in files:
        upload.file.delete(save=False)
