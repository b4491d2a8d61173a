"""Diagnoses by the version that they are of."""

from __future__ import annotations

from maillon.web.diagnose.models import DiagnosisRun
from maillon.web.intake.models import Version


def latest_run(version: Version) -> DiagnosisRun | None:
    """Return the latest diagnosis of a version, None while there is none."""
    found: DiagnosisRun | None = DiagnosisRun.objects.filter(version=version).defer("marks").first()
    return found


def is_stale(run: DiagnosisRun) -> bool:
    """Whether lines were changed after the diagnosis was made."""
    return run.revision != run.version.revision
