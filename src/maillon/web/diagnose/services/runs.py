"""Making a diagnosis and printing its documents."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.core.files import File
from django.db import transaction

from maillon.web.diagnose.models import DiagnosisRun, Document
from maillon.web.diagnose.queries.dossiers import behind_lines, dossier_of, shown_of
from maillon.web.diagnose.queries.marks import Marks
from maillon.web.follow.models import Project, Stage
from maillon.web.intake.models import Version
from maillon.web.journal.services.record import record

Progress = Callable[[float], None]


def diagnose_version(version: Version, user: UUID | None, progress: Progress) -> DiagnosisRun:
    """Diagnose the lines of a version, with and without prices, and keep what pages show."""
    revision = version.revision
    dossier, marks = dossier_of(version), Marks(behind_lines(version))
    progress(0.3)
    priced = shown_of(dossier, marks)
    progress(0.6)
    unpriced = shown_of(dossier_of(version, prices=False), marks)
    progress(0.9)
    with transaction.atomic():
        run = DiagnosisRun.objects.create(
            organisation_id=version.organisation_id,
            project=version.project,
            version=version,
            revision=revision,
            engine=dossier.version,
            seed=dossier.seed,
            priced=priced,
            unpriced=unpriced,
            marks=marks.by_key(),
            made_by_id=user,
        )
        Project.objects.filter(pk=version.project_id, stage=Stage.SELECT).update(stage=Stage.DIAGNOSE)
        record("diagnosed", version.organisation_id, user, run, version=version.number)
    return run


def print_document(run: DiagnosisRun, form: str, language: str, progress: Progress) -> Document:
    """Print a document of a diagnosis; the one already printed is kept."""
    from maillon.report import write_dossier  # noqa: PLC0415 - the engine loads in the worker only

    known: Document | None = Document.objects.filter(run=run, form=form, language=language).first()
    if known is not None:
        return known
    dossier = dossier_of(run.version)
    progress(0.4)
    with tempfile.TemporaryDirectory(prefix="document-") as folder:
        (path,) = write_dossier(dossier, Path(folder), language=language, formats=[form])
        progress(0.9)
        document = Document(organisation_id=run.organisation_id, run=run, form=form, language=language)
        with path.open("rb") as written, transaction.atomic():
            document.file.save(path.name, File(written), save=False)
            document.save()
    return document
